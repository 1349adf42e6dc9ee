"""Every word that a visitor reads or hears is marked for translation, or is a row's."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"

#: What is no word of any language: the site's name; in some templates, what lit displays and fronts show, and units.
NAME = "Focus Help"
SAME_EVERYWHERE = {
    "base.html": {"CODE"},
    "guides/_fuses.html": {"A"},
    "guides/check.html": {"V123456", "WAIT"},
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
    """Words that are in no translation, in tags' attributes or between tags."""
    text = TEMPLATE_CODE.sub("", TRANSLATED.sub("", COMMENTS.sub("", text)))
    found = [*SPOKEN.findall(text), *DESCRIPTION.findall(text), *TAGS.sub("\n", text).splitlines()]
    for word in same_everywhere:
        found = [re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", each) for each in found]
    return [each.strip() for each in found if LETTERS.search(re.sub(r"&#?\w+;", "", each))]


def templates() -> list[str]:
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def test_there_are_templates_to_look_at() -> None:
    assert {"base.html", "404.html", "guides/guide.html", "guides/verdicts/serial.html"} <= set(templates())


@pytest.mark.parametrize("name", templates())
def test_every_word_of_a_template_is_marked_for_translation(name: str) -> None:
    allowed = frozenset({NAME, *SAME_EVERYWHERE.get(name, ())})
    assert left_over((TEMPLATES / name).read_text(), same_everywhere=allowed) == []


@pytest.mark.parametrize("name", SAME_EVERYWHERE)
def test_every_exception_is_still_needed(name: str) -> None:
    words = " ".join(left_over((TEMPLATES / name).read_text()))
    assert {word for word in SAME_EVERYWHERE[name] if not re.search(rf"(?<!\w){word}(?!\w)", words)} == set()


# A translated text that holds a tag is one more thing to break for a translator; only emphasis may stand in one.
@pytest.mark.parametrize("name", templates())
def test_no_translation_holds_markup_but_emphasis(name: str) -> None:
    text = COMMENTS.sub("", (TEMPLATES / name).read_text())
    strings = [*TRANSLATED.findall(text), *re.findall(r'{%\s*translate\s+"([^"]*)"', text)]
    tags = {tag for string in strings for tag in TAGS.findall(string)}
    assert tags <= {"<strong>", "</strong>", "<em>", "</em>"}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ('<p>{% translate "Hello" %} you</p>', ["you"]),
        ("<p>{% blocktranslate with a=b %}Hello <b>{{ a }}</b>{% endblocktranslate %}</p>", []),
        ("{% if x %}Yes{% else %}{{ no }}{% endif %}", ["Yes"]),
        ("{# a note #}{% comment %}a note{% endcomment %}<!-- a note -->", []),
        ('<nav aria-label="Main"></nav>', ["Main"]),
        ('<nav aria-label="{% translate "Main" %}"></nav>', []),
        ('<img alt="A car" src="x">', ["A car"]),
        ('<img alt="" src="x">', []),
        ('<a title="More" href="/">{{ more }}</a>', ["More"]),
        ('<meta name="description" content="Words">', ["Words"]),
        ('<meta name="viewport" content="width=device-width">', []),
        ("<p>1 + 6 – 15&nbsp;</p>", []),
        ("<p>Ärger</p>", ["Ärger"]),
    ],
)
def test_an_unmarked_word_is_noticed(template: str, found: list[str]) -> None:
    assert left_over(template) == found


def test_only_the_named_words_are_the_same_everywhere() -> None:
    assert left_over("<p>15 A</p>", same_everywhere=frozenset({"A"})) == []
    assert left_over("<p>A fuse</p>", same_everywhere=frozenset({"A"})) == ["fuse"]
