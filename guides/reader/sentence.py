"""One sentence -> what is known in it by form or name, and what its display shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .display import AROUND
from .kinds import Kind
from .knowledge import Knowledge
from .plates import months_new
from .reading import Found, Months
from .spelling import meaning
from .vin import month_built

#: What stands in the place of something known, and in that of something that leaves no word alone beside it.
KNOWN, BESIDE = "x", "+"
#: These do not count when a word is alone.
NO_WORDS = (KNOWN, ",", ":", "-", "")

#: What a sentence is, by what is known in it.
KINDS = {
    "radios": Kind.RADIO_NAME,
    "generations": Kind.GENERATION,
    "cars": Kind.QUESTION,
    "vin": Kind.VIN,
    "plate": Kind.NUMBER_PLATE,
    "age": Kind.GENERATION,
    "digits": Kind.KEYCODE,
    "year": Kind.YEAR,
}

_AROUND = re.compile(AROUND)


@dataclass
class Seen:
    """What one sentence holds, in the order in which it stands."""

    kinds: list[Kind] = field(default_factory=list)
    radios: list[str] = field(default_factory=list)
    generations: list[str] = field(default_factory=list)
    cars: list[str] = field(default_factory=list)
    is_focus: bool = False
    years: list[int] = field(default_factory=list)
    months: list[Months] = field(default_factory=list)
    four_digits: bool = False
    messages: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    #: Nothing stands in it but one message or one name.
    is_exact: bool = False


def look(sentence: str, knowledge: Knowledge) -> Seen:
    """Say what is in a sentence."""
    seen = Seen()
    rest = knowledge.known_regex.sub(lambda match: _note(match, seen, knowledge), sentence)
    display, find = knowledge.display, knowledge.messages
    whole = meaning(_alone(sentence, find), find)
    alone = _alone(sentence if whole else rest, find)
    shown, asked = [(alone, alone)], []
    if display.any.search(rest):
        shown += [(match[2], _said(match)) for match in display.shown.finditer(rest) if not match[1]]
        shown += [(loose or plain,) * 2 for unsure, loose, plain in display.plain.findall(rest) if not unsure]
        asked = display.everyday.findall(rest)
    messages = [Found("message", slug, words) for word, words in shown if (slug := meaning(word, find))]
    asks = [Found("ask", slug, word) for word in asked if (slug := meaning(word, find))]
    seen.found += messages + asks
    seen.messages = [each.which for each in messages]
    seen.asks = [each.which for each in asks]
    if messages:
        seen.kinds.append(Kind.MESSAGE)
    is_name = rest == f" , {KNOWN} ," and bool(seen.radios or seen.generations or seen.cars)
    seen.is_exact = whole is not None or is_name
    return seen


def _note(match: re.Match[str], seen: Seen, knowledge: Knowledge) -> str:
    """Note something known, and give what stands in its place."""
    what, text = knowledge.what(match), match[match.lastindex or 0]
    mark = f" {KNOWN}"
    match what:
        case "name":
            named = meaning(text, knowledge.names)
            if not named:
                return match[0]
            what, slug = named
            getattr(seen, what).append(slug)
            seen.found.append(Found(what.removesuffix("s"), slug, text))
        case "vin" | "plate" | "age":
            months = month_built(text.replace(" ", "")) if what == "vin" else months_new(text)
            if months:
                seen.months.append(months)
                seen.found.append(Found("months", " ".join(months), text))
            elif what == "age":
                return match[0]
        case "year":
            seen.years += knowledge.years_of(text)
            seen.found.append(Found("year", text, text))
        case "digits":
            seen.four_digits = True
            seen.found.append(Found("digits", "", text))
            mark = f" {text[:-4]}{BESIDE}"
        case "keys":
            mark = f" {BESIDE}"
        case "car":
            seen.is_focus |= text == "FOCUS"
    if what in KINDS:
        seen.kinds.append(KINDS[what])
    return mark


def _alone(sentence: str, messages: Mapping[str, str]) -> str:
    """Give what is left of a sentence without what is known in it, if it may be a message."""
    words = " ".join(word for word in sentence.split(" ") if word not in NO_WORDS)
    if not words:
        return "-" if " - " in sentence else ""
    return words if meaning(words, messages) else _AROUND.sub("", f" {words}").strip()


def _said(match: re.Match[str]) -> str:
    """Give the words that say what is shown, from the last known thing or clause before them."""
    before = match[0].removesuffix(match[2]).split()
    ends = [place for place, word in enumerate(before) if word in (*NO_WORDS, BESIDE)]
    return " ".join([*before[max(ends, default=-1) + 1 :], match[2]])
