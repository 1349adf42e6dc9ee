"""What several test modules need: pages as a reader sees them, and a walk through the whole site."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.test import Client

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset({"svg", "script", "style", "template"})
#: What a reader takes in as one piece: a paragraph, an item, an answer, a heading, one way to do something.
PIECES = frozenset({"p", "li", "details", "article", "h1", "h2", "h3"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    #: The ids of everything around it.
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
    """An HTML page: its elements, and the text that can be seen in <main>. Tags that do not match are an error."""

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
        """Where the links of the page lead inside the site: "/radios/", "/radios/#part". A file to keep is no page."""
        links = [each.attributes for each in self.elements if each.tag == "a" and "download" not in each.attributes]
        hrefs = [attributes.get("href", "") for attributes in links]
        return [urljoin(self.url, href) for href in hrefs if href.startswith(("/", "#"))]

    @property
    def pieces(self) -> list[str]:
        """The text of <main> in the pieces in which it is read. A procedure is read step by step."""
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


def walk(client: Client, *, views: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """Every page that can be reached from the start, each once, with the links on it that lead nowhere. Without views,
    single steps and stills of practice radios are left out: over a thousand that only show a part of their page."""

    def links(page: Page) -> list[str]:
        return [link for link in page.links if views or "?" not in link]

    pages: dict[str, Page | None] = {}
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        if url in pages:
            continue
        response = client.get(url)
        found = Page(url, response.content.decode()) if response.status_code == 200 else None
        pages[url] = found
        if found:
            waiting += [urldefrag(link).url for link in links(found)]
    targets = {url: {"", *found.ids} for url, found in pages.items() if found}
    for found in filter(None, pages.values()):
        dead = []
        for link in links(found):
            url, anchor = urldefrag(link)
            if anchor not in targets.get(url, ()):
                dead.append(link)
        yield found, dead


@cache
def page_of(url: str) -> Page:
    """The page as the starting content makes it: for tests that change nothing."""
    return get_page(Client(), url)


@cache
def whole_site() -> list[tuple[Page, list[str]]]:
    """The site as the starting content makes it, with its dead links."""
    return list(walk(Client()))


def dead_links(pages: Iterable[tuple[Page, list[str]]]) -> set[str]:
    return {f"{page.url} -> {link}" for page, dead in pages for link in dead}
