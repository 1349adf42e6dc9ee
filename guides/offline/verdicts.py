"""What a phone needs to read a text by itself: the reader's rules, and the words of every verdict.

The words are the server's own. Every shape of a verdict goes once through the template that answers in a browser, with
a mark where each of its values would stand; ``static/js/verdict.js`` puts the values of a verdict there.
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
from guides.reader import FOCUS_YEARS, MAX_LENGTH, Kind, Verdict, Vocabulary, data, read
from guides.reader.rules import RULES
from guides.reader.verdict import PROPOSALS
from guides.templatetags.guides import KIND_WORDS, TIDY_WORDS

#: What has a mark: a value of a verdict, a character of its serial, a value in each of its swaps and lines.
_NAMES = [
    *(f"serial.{place}" for place in range(7)),
    *("quote", "tidied", "year", "serials"),
    *("swaps.position", "swaps.seen", "swaps.meant"),
    *("lines.text", "lines.kind"),
]
#: A mark is a private character: no template holds one, and the reader drops those that were typed.
_MARKS = {name: chr(0xE000 + number) for number, name in enumerate(_NAMES)}
_SERIAL = "".join(_MARKS[f"serial.{place}"] for place in range(7))

#: What tells the words of a verdict apart from those of others, from the general to the particular: its kind; which
#: message, radio or year; what else it may be; the first letter of its serial, if that is the usual one.
Shape = tuple[str, ...]


class _Marked(Verdict):
    """A verdict of which everything is said that can be said of its kind."""

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
    """Give all that the browser needs to read and to answer, on this guide or without one, ready for JSON."""
    vocabulary = selectors.vocabulary()
    return {
        "modules": [static("js/reader.js"), static("js/verdict.js")],
        "data": data(vocabulary),
        "words": _words(guide, vocabulary),
    }


def _words(guide: Guide | None, vocabulary: Vocabulary) -> dict[str, Any]:
    """Give every shape by the numbers of its lines, as most of them are lines of other shapes too."""
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
        "note": gettext("The site did not answer this, so your phone has read this by itself."),
    }


def _rendered(guide: Guide | None, vocabulary: Vocabulary) -> dict[Shape, str]:
    """Render every shape, but leave out those that say no more than the next more general one."""
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
    """Give every shape that a verdict can have, the general before the particular, and the context that makes it."""
    also = _what_else(vocabulary)
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
    """Give every kind, by message, radio or year where the words depend on it, with the rows that they need."""
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


def _what_else(vocabulary: Vocabulary) -> dict[tuple[Kind, str], set[tuple[Kind, ...]]]:
    """Say what else texts of each kind may be, those that are a message or a radio by its slug."""
    found = defaultdict(set)
    for rule in RULES:
        found[rule.kind, ""].add(rule.also)
    for pattern, _slug in (*vocabulary.messages, *vocabulary.radios):
        verdict = read(pattern.replace("#", "0"), vocabulary)
        found[verdict.kind, verdict.slug].add(verdict.also)
    return found
