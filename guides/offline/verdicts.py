"""What the browser needs to read a text without the site: the reader's rules, and the HTML of every verdict.

The HTML is made by the templates that answer on the server. Each shape of a verdict is rendered once, with a mark in
the place of each value; static/js/verdict.js replaces the marks with values.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

from guides.public import selectors
from guides.public.guide import Guide
from guides.public.vocabulary import stored_vocabulary
from guides.public.words import KIND_WORDS, TIDY_WORDS
from guides.reader import FOCUS_YEARS, MAX_LENGTH, Kind, Verdict, Vocabulary, data, read
from guides.reader.rules import RULES
from guides.reader.verdict import PROPOSALS

#: The values that have a mark: of a verdict, of each character of its serial, and of each of its swaps and lines.
_NAMES = [
    *(f"serial.{place}" for place in range(7)),
    *("quote", "tidied", "year", "serials"),
    *("swaps.position", "swaps.seen", "swaps.meant"),
    *("lines.text", "lines.kind"),
]
#: A mark is a private-use character. No template has one, and the reader removes typed ones.
_MARKS = {name: chr(0xE000 + number) for number, name in enumerate(_NAMES)}
_SERIAL = "".join(_MARKS[f"serial.{place}"] for place in range(7))

#: Verdicts of one shape have the same HTML: the kind; the message, radio or year; the other kinds that it may be; the
#: first letter of the serial, if it is the usual one. The most general comes first.
Shape = tuple[str, ...]


class _Marked(Verdict):
    """A verdict with a mark for every value that its kind can have."""

    quote = _MARKS["quote"]


#: One of everything that a verdict can have.
_ONE_OF_EVERYTHING: dict[str, Any] = {
    "tidied": [_MARKS["tidied"]],
    "year": _MARKS["year"],
    "serials": [_MARKS["serials"]],
    "swaps": [{field: _MARKS[f"swaps.{field}"] for field in ("position", "seen", "meant")}],
    "lines": [{field: _MARKS[f"lines.{field}"] for field in ("text", "kind")}],
}


def offline_reader(guide: Guide | None = None) -> dict[str, Any]:
    """What the browser needs to read texts and to answer, on this guide or on other pages, ready for JSON."""
    vocabulary = stored_vocabulary()
    return {
        "modules": [static("js/reader.js"), static("js/verdict.js")],
        "data": data(vocabulary),
        "words": _words(guide, vocabulary),
    }


def _words(guide: Guide | None, vocabulary: Vocabulary) -> dict[str, Any]:
    """The HTML of every shape, as numbers of lines, since most lines are those of other shapes too."""
    lines: dict[str, int] = {}
    shapes = {
        " ".join(shape): [lines.setdefault(line, len(lines)) for line in html.split("\n") if line]
        for shape, html in _rendered(guide, vocabulary).items()
    }
    return {
        "lines": list(lines),
        "shapes": shapes,
        "marks": {mark: name for name, mark in _MARKS.items()},
        "kinds": KIND_WORDS,
        "tidied": TIDY_WORDS,
        "note": gettext("The site did not answer, so your phone has read this by itself."),
    }


def _rendered(guide: Guide | None, vocabulary: Vocabulary) -> dict[Shape, str]:
    """The HTML of every shape, without those that are the same as the next more general one."""
    template = get_template("guides/_verdict.html")
    around = {"guide": guide, "action": guide.url if guide else reverse("guides:check"), "max_length": MAX_LENGTH}
    found: dict[Shape, str] = {}
    for shape, context in _shapes(guide.usual_letter if guide else "", vocabulary):
        html = template.render({**around, **context})
        nearest = shape
        while nearest and nearest not in found:
            nearest = nearest[:-1]
        if html != found.get(nearest):
            found[shape] = html
    return found


def _shapes(usual_letter: str, vocabulary: Vocabulary) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Every shape that a verdict can have, with the context to render it; the general ones first."""
    also = _other_kinds(vocabulary)
    for kind, detail, context in _kinds():
        has_serial = kind is Kind.SERIAL or kind in PROPOSALS
        for others in sorted({(), *also[kind, ""], *also[kind, detail]}):
            for letter in ("", usual_letter) if has_serial and usual_letter else ("",):
                verdict = _Marked(
                    kind,
                    serial=(letter or _SERIAL[0]) + _SERIAL[1:] if has_serial else "",
                    also=others,
                    over_limit=detail == "over-limit",
                    **_ONE_OF_EVERYTHING,
                )
                yield tuple(filter(None, (kind, detail, *others, letter))), {**context, "verdict": verdict}


def _kinds() -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    """Every kind, once for each message, radio or year that its HTML depends on, with the rows that it needs."""
    for kind in Kind:
        if kind not in (Kind.MESSAGE, Kind.RADIO_NAME, Kind.YEAR):
            yield kind, "", {}
    yield Kind.TOO_LONG, "over-limit", {}
    for message in selectors.messages():
        yield Kind.MESSAGE, message.slug, {"message": message}
    for radio in selectors.radios():
        yield Kind.RADIO_NAME, radio.slug, {"radio": radio}
    for year, (generations, overlaps) in selectors.generations_by_year(FOCUS_YEARS).items():
        yield Kind.YEAR, str(year), {"year_generations": generations, "year_overlaps": overlaps}


def _other_kinds(vocabulary: Vocabulary) -> dict[tuple[Kind, str], set[tuple[Kind, ...]]]:
    """The other kinds that a text of each kind may be; for messages and radios by their slugs."""
    found = defaultdict(set)
    for rule in RULES:
        found[rule.kind, ""].add(rule.also)
    for pattern, _slug in (*vocabulary.messages, *vocabulary.radios):
        verdict = read(pattern.replace("#", "0"), vocabulary)
        found[verdict.kind, verdict.slug].add(verdict.also)
    return found
