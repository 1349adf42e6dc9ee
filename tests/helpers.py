"""HTML pages as a reader sees them, and a walk through the site: shared by several test modules."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.test import Client

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset({"svg", "script", "style", "template"})
#: Elements that are read as one piece: a paragraph, an item, an answer, a heading, a way to do something.
PIECES = frozenset({"p", "li", "details", "article", "h1", "h2", "h3"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    #: The ids of the elements around it.
    within: frozenset[str]
    words: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        return collapse(" ".join(self.words))


class Page(HTMLParser):
    """An HTML page: its elements and the visible text of each. Fails on tags that do not match."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url = url
        self.html = html
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"{url}: <{self._open[-1].tag}> is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, frozenset(around.id for around in self._open if around.id))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"{self.url}: </{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"{self.url}: </{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if UNSEEN.isdisjoint(element.tag for element in self._open):
            for element in self._open:
                element.words.append(data)

    @property
    def main(self) -> Element:
        return next(element for element in self.elements if element.tag == "main")

    @property
    def ids(self) -> list[str]:
        return [element.id for element in self.elements if element.id]

    @property
    def links(self) -> list[str]:
        """Targets of the links inside the site: "/radios/", "/radios/#part". Downloads are left out."""
        links = [each.attributes for each in self.elements if each.tag == "a" and "download" not in each.attributes]
        hrefs = [attributes.get("href", "") for attributes in links]
        return [urljoin(self.url, href) for href in hrefs if href.startswith(("/", "#"))]

    @cached_property
    def pieces(self) -> list[str]:
        """The text of <main>, piece by piece. A procedure is read step by step."""
        inside = self.elements[self.elements.index(self.main) :]
        return [each.text for each in inside if each.tag in PIECES and "procedure" not in each.classes]

    def inside(self, anchor: str) -> list[Element]:
        """Everything inside the element of that id."""
        return [element for element in self.elements if anchor in element.within]

    def says(self, words: str) -> bool:
        """Whether one piece holds all the patterns, in any order: "fuse & cabin & first"."""
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in words.split(" & ")]
        return any(all(pattern.search(piece) for pattern in patterns) for piece in self.pieces)


def collapse(text: str) -> str:
    return " ".join(text.split())


def get_page(client: Client, url: str) -> Page:
    response = client.get(url)
    assert response.status_code == 200, f"{url} answers {response.status_code}"
    return Page(url, response.content.decode())


#: Pages whose views (single steps, practice screens, filters) are walked too. All of them would be over a thousand.
VIEWED = frozenset({"/focus/mk2/6000-cd/", "/focus/mk4/sync-3/", "/radios/sync-2/", "/practice/sony/", "/questions/"})


def walk(client: Client) -> dict[str, Page]:
    """Every page that can be reached from the home page, by address."""
    pages: dict[str, Page] = {}
    missing = set()
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        if url in pages or url in missing:
            continue
        response = client.get(url)
        if response.status_code == 200:
            pages[url] = Page(url, response.content.decode())
            waiting += map(without_anchor, links_to_follow(pages[url]))
        else:
            missing.add(url)
    return pages


def dead_links(pages: dict[str, Page]) -> set[str]:
    """The links between these pages that lead to no page or to no anchor, with the page on which each stands."""
    targets = {url: {"", *page.ids} for url, page in pages.items()}
    return {
        f"{url} -> {link}"
        for url, page in pages.items()
        for link in links_to_follow(page)
        if urldefrag(link).fragment not in targets.get(without_anchor(link), ())
    }


def links_to_follow(page: Page) -> list[str]:
    return [link for link in page.links if "?" not in link or link.partition("?")[0] in VIEWED]


def without_anchor(link: str) -> str:
    return urldefrag(link).url
