"""Every word that a visitor reads or hears is marked for translation, or comes from the database."""

import ast
import re
from collections.abc import Iterator

from django.utils.translation.template import templatize

from .site import ROOT

TEMPLATES = ROOT / "templates"

#: Words that are the same in every language: the site's name; in some templates, displays, serials, units and signs.
NAME = "Focus Help"
SAME_EVERYWHERE = {
    "base.html": {"CODE"},
    "guides/_evidence_row.html": {"i"},  # signs of rows
    "guides/_fuses.html": {"A"},
    "guides/_it_shows.html": {"CODE"},
    "guides/check.html": {"V123456", "WAIT"},
    "guides/message.html": {"Aa"},
    "guides/sources.html": {"i"},
}

COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")
#: Attributes that are shown or read aloud.
SPOKEN = re.compile(r'\s(?:aria-(?:label|description|roledescription|valuetext)|alt|title|placeholder|label)="([^"]*)"')
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
LETTERS = re.compile(r"[^\W\d_]")


def left_over(text: str, *, same_everywhere: frozenset[str] = frozenset()) -> list[str]:
    """The words, between tags or in their attributes, that are not marked for translation."""
    text = TEMPLATE_CODE.sub("", TRANSLATED.sub("", COMMENTS.sub("", text)))
    found = [*SPOKEN.findall(text), *DESCRIPTION.findall(text), *TAGS.sub("\n", text).splitlines()]
    for word in same_everywhere:
        found = [re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", each) for each in found]
    return [each.strip() for each in found if LETTERS.search(re.sub(r"&#?\w+;", "", each))]


def templates() -> dict[str, str]:
    """The source of each template, without comments."""
    return {
        path.relative_to(TEMPLATES).as_posix(): COMMENTS.sub("", path.read_text())
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


def test_every_word_of_a_template_is_marked() -> None:
    unmarked = {
        name: left_over(source, same_everywhere=frozenset({NAME, *SAME_EVERYWHERE.get(name, ())}))
        for name, source in templates().items()
    }
    assert len(unmarked) > 50
    assert {name: words for name, words in unmarked.items() if words} == {}


def test_every_exception_is_needed() -> None:
    for name, words in SAME_EVERYWHERE.items():
        found = " ".join(left_over(templates()[name]))
        assert [word for word in words if not re.search(rf"(?<!\w){word}(?!\w)", found)] == [], name


def test_no_translation_holds_markup_but_emphasis() -> None:
    """Any other tag in a translated text is one more thing that a translator can break."""
    allowed = {"<strong>", "</strong>", "<em>", "</em>"}
    for name, source in templates().items():
        strings = [*TRANSLATED.findall(source), *re.findall(r'{%\s*translate\s+"([^"]*)"', source)]
        assert {tag for string in strings for tag in TAGS.findall(string)} <= allowed, name


MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}


def calls_of_gettext() -> Iterator[tuple[str, ast.Call]]:
    for app in ("accounts", "editing", "focushelp", "guides"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_makemessages_can_extract_every_text() -> None:
    """What makemessages does before it starts the gettext programs, which not every machine has."""
    for name, source in templates().items():
        templatize(source, origin=name)  # raises on a tag inside blocktranslate, or on one that never ends
    places = list(calls_of_gettext())
    assert len(places) > 100
    literal = {"pgettext": 2, "pgettext_lazy": 2, "ngettext": 2, "ngettext_lazy": 2, "npgettext": 3}
    for place, call in places:
        texts = call.args[: literal.get(call.func.id, 1)]  # type: ignore[attr-defined]
        assert all(isinstance(text, ast.Constant) for text in texts), f"{place}: xgettext reads literal strings only"


def test_an_unmarked_word_is_noticed() -> None:
    expected = {
        "<p>Hello</p>": ["Hello"],
        '<p>{% translate "Hello" %}</p>': [],
        '<p>{% translate "Hello" %} you</p>': ["you"],
        "<p>{% blocktranslate with a=b %}Hello <b>{{ a }}</b>{% endblocktranslate %}</p>": [],
        "{% if x %}Yes{% else %}{{ no }}{% endif %}": ["Yes"],
        "{# a note #}{% comment %}a note{% endcomment %}<!-- a note -->": [],
        '<nav aria-label="Main"></nav>': ["Main"],
        '<nav aria-label="{% translate "Main" %}"></nav>': [],
        '<img alt="A car" src="x">': ["A car"],
        '<img alt="" src="x">': [],
        '<a title="More" href="/">{{ more }}</a>': ["More"],
        '<meta name="description" content="Words">': ["Words"],
        '<meta name="viewport" content="width=device-width">': [],
        "<p>1 + 6 – 15&nbsp;</p>": [],
        "<p>Ärger</p>": ["Ärger"],
    }
    assert {template: left_over(template) for template in expected} == expected
    assert left_over("<p>15 A</p>", same_everywhere=frozenset({"A"})) == []
    assert left_over("<p>A fuse</p>", same_everywhere=frozenset({"A"})) == ["fuse"]
