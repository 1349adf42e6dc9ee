"""What a change does to a page, marked in its HTML. Pure: two pages in, one out."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

#: The attribute of what was changed; its value is "gone" if what followed is no longer there.
MARK = "data-changed"
#: A tag of an element that stands on its own line. Templates write no ">" in attributes and close each element.
_TAG = re.compile(
    r"<(/?)(main|div|section|figure|details|summary|form|fieldset|h[1-6]|p|[ou]l|li|dl|d[td]|table|t(?:head|body|r|d|h))"
    r"(?=[\s>])[^>]*>"
)
#: What does not tell two elements apart: blanks, and addresses, which differ when steps are counted anew.
_ALIKE = re.compile(r'\s+(?:(?:data-hx-get|href)="[^"]*")?')


class _Block(NamedTuple):
    """A part of a page between two such tags, with the tag that begins it."""

    html: str
    #: Where the start tags of the elements around it are, the innermost last.
    tags: tuple[int, ...]


def marked(now: str, then: str) -> str:
    """The page `then`, with a mark on each element that `now` does not have, in rows that are open."""
    old, new = list(_blocks(now)), list(_blocks(then))
    comparison = SequenceMatcher(None, [block.html for block in old], [block.html for block in new], autojunk=False)
    marks: dict[int, str] = {}
    rows: set[int] = set()
    for what, _, _, start, end in comparison.get_opcodes():
        changed = [] if what == "equal" else new[start:end] or new[max(start - 1, 0) : start]
        for block in changed:
            marks.setdefault(block.tags[-1], f' {MARK}="gone"' if what == "delete" else f" {MARK}")
            rows.update(place for place in block.tags if then.startswith("<details", place))
    for place in sorted({*marks, *rows}, reverse=True):  # from the end, so that the places before it stay right
        end = then.index(">", place)
        opened = " open" if place in rows and not then[place:end].endswith(" open") else ""
        then = f"{then[:end]}{opened}{marks.get(place, '')}{then[end:]}"
    return then


def _blocks(html: str) -> Iterator[_Block]:
    """The parts of <main> that hold something. The rest of the page does not tell what was changed."""
    start, end = html.find("<main"), html.find("</main>")
    tags: list[int] = []
    tag, after = "", start
    for found in _TAG.finditer(html, start, end):
        text = _ALIKE.sub(" ", html[after : found.start()]).strip()
        if tags and (text or tag):
            yield _Block(tag + text, tuple(tags))
        tag, after = "", found.end()
        if found[1]:
            tags.pop()
        else:
            tags.append(found.start())
            tag = found[0]
