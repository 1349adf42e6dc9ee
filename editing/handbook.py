"""The handbook for editors, docs/content.md, as HTML: the part of Markdown that it uses. Pure.

Its pictures are left out: they show the admin, in which it is read.
"""

import re
from collections.abc import Iterator
from html import escape

_HEADING = re.compile(r"(#+) (.+)")
_ITEM = re.compile(r"^(?:-|\d+\.) ", re.MULTILINE)
_PICTURES = re.compile(r"</?p>\n?|<img[^>]*>\n?")
#: Code, strong and emphasised words, links within the page and to other files.
_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*", re.DOTALL), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*>])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((#[\w-]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\[([^\]]+)\]\([^)]+\)"), r"\1"),
)


def html_of(markdown: str) -> str:
    """The text without its title, which the page has."""
    blocks = re.split(r"\n{2,}", _PICTURES.sub("", markdown).strip())
    return "\n".join(line for block in blocks[1:] for line in _block(block))


def _block(block: str) -> Iterator[str]:
    if heading := _HEADING.fullmatch(block):
        level, words = len(heading[1]), heading[2]
        yield f'<h{level} id="{_anchor(words)}">{_inline(words)}</h{level}>'
    elif block.startswith("    "):
        yield f"<pre>{escape(re.sub('^    ', '', block, flags=re.MULTILINE))}</pre>"
    elif block.startswith("|"):
        yield from _table(block.splitlines())
    elif _ITEM.match(block):
        kind = "ul" if block.startswith("-") else "ol"
        yield f"<{kind}>"
        yield from (f"<li>{_inline(item.strip())}</li>" for item in _ITEM.split(block) if item.strip())
        yield f"</{kind}>"
    elif block.strip():
        yield f"<p>{_inline(block)}</p>"


def _table(lines: list[str]) -> Iterator[str]:
    """A row for each line; the second line is the rule below the headings."""
    yield "<table>"
    for number, line in enumerate(lines):
        if number != 1:
            cell = "td" if number else "th"
            yield "<tr>" + "".join(
                f"<{cell}>{_inline(text.strip())}</{cell}>" for text in line.strip("| ").split(" | ")
            )
            yield "</tr>"
    yield "</table>"


def _anchor(heading: str) -> str:
    """As GitHub makes it: small letters and hyphens."""
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


def _inline(text: str) -> str:
    html = escape(text, quote=False)
    for pattern, replacement in _INLINE:
        html = pattern.sub(replacement, html)
    return html
