"""The handbook as HTML: all of its Markdown is known, and its links lead somewhere."""

import re
from pathlib import Path

from django.contrib import admin

from editing.admin.base import ContentAdmin
from editing.handbook import html_of

HANDBOOK = Path(__file__).parents[2] / "docs" / "content.md"


def test_a_block_of_each_kind() -> None:
    blocks = (
        "# Title",
        "## A *b*",
        "<img src=x>",
        "Use **this** or [that](#a-b), <b>.",
        "- one\n  more\n- `two`",
        "| a | b |\n| - | - |\n| 1 | 2 |",
    )
    assert html_of("\n\n".join(blocks)).splitlines() == [
        '<h2 id="a-b">A <em>b</em></h2>',
        '<p>Use <strong>this</strong> or <a href="#a-b">that</a>, &lt;b&gt;.</p>',
        "<ul>",
        "<li>one",
        "  more</li>",
        "<li><code>two</code></li>",
        "</ul>",
        "<table>",
        "<tr><th>a</th><th>b</th>",
        "</tr>",
        "<tr><td>1</td><td>2</td>",
        "</tr>",
        "</table>",
    ]


def test_the_handbook_leaves_no_mark_and_no_dead_link() -> None:
    html = html_of(HANDBOOK.read_text(encoding="utf-8"))
    words = re.sub(r"<(code|pre)>.*?</\1>", "", html, flags=re.DOTALL)
    assert re.findall(r"[^\n]*(?:\*\w|`|\]\(|^#|<img)[^\n]*", words, flags=re.MULTILINE) == []
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors)) > 20
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)


def test_each_form_links_to_a_heading_of_the_handbook() -> None:
    headings = set(re.findall(r'<h\d id="([\w-]+)"', html_of(HANDBOOK.read_text(encoding="utf-8"))))
    named = {row_admin.handbook for row_admin in admin.site._registry.values() if isinstance(row_admin, ContentAdmin)}
    assert "add-a-radio" in named
    assert named <= headings
