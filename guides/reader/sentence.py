"""One sentence -> what is known in it by form or name, and what its display shows."""

import re
from dataclasses import dataclass, field

from .display import AROUND
from .kinds import Kind
from .knowledge import Knowledge
from .plates import months_new
from .reading import Months
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
    #: Nothing stands in it but one message or one name.
    is_exact: bool = False


def look(sentence: str, knowledge: Knowledge) -> Seen:
    """Say what is in a sentence."""
    seen = Seen()
    rest = knowledge.known_regex.sub(lambda match: _note(match, seen, knowledge), sentence)
    display, find = knowledge.display, knowledge.messages
    whole = _alone(sentence, knowledge)
    found = [whole or (_alone(rest, knowledge) if rest != sentence else None)]
    if display.any.search(rest):
        found += [meaning(shown, find) for unsure, shown in display.shown.findall(rest) if not unsure]
        found += [meaning(loose or plain, find) for unsure, loose, plain in display.plain.findall(rest) if not unsure]
        seen.asks = [slug for word in display.everyday.findall(rest) if word and (slug := meaning(word, find))]
    seen.messages = [slug for slug in found if slug]
    if seen.messages:
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
        case "vin" | "plate" | "age":
            months = month_built(text.replace(" ", "")) if what == "vin" else months_new(text)
            if months:
                seen.months.append(months)
            elif what == "age":
                return match[0]
        case "year":
            seen.years += knowledge.years_of(text)
        case "digits":
            seen.four_digits = True
            mark = f" {text[:-4]}{BESIDE}"
        case "keys":
            mark = f" {BESIDE}"
        case "car":
            seen.is_focus |= text == "FOCUS"
    if what in KINDS:
        seen.kinds.append(KINDS[what])
    return mark


def _alone(sentence: str, knowledge: Knowledge) -> str | None:
    """Give the message that is all there is in a sentence."""
    words = " ".join(word for word in sentence.split(" ") if word not in NO_WORDS)
    if not words:
        return meaning("-", knowledge.messages) if " - " in sentence else None
    return meaning(words, knowledge.messages) or meaning(_AROUND.sub("", f" {words}"), knowledge.messages)
