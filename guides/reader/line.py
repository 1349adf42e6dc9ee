"""One line -> reading."""

import re
from dataclasses import dataclass, replace

from .kinds import GOOD_SERIAL, RANK, Kind
from .knowledge import Knowledge
from .reading import Reading, Swap
from .rules import MEANT, MEANT_FIRST, Rule
from .sentence import Seen, look
from .tidy import Tidied

_TO_DIGITS = str.maketrans(MEANT)


@dataclass(frozen=True)
class LineReading:
    """What the rules say of a line, and what is in it by form, name and word."""

    ruled: Reading
    seen: Seen


def read_line(line: Tidied, is_asking: bool, knowledge: Knowledge) -> LineReading:
    """Say what one tidied, non-empty line is, which may ask about something."""
    seen = look(line.sentence, knowledge)
    forms = {form for form, any_rule in knowledge.any_rule.items() if any_rule.search(getattr(line, form))}
    if certain := _by_rule(knowledge.certain_rules, forms, line, knowledge):
        return LineReading(certain, seen)
    ruled = _by_rule(knowledge.rules, forms, line, knowledge)
    kind = min(seen.kinds, key=RANK.__getitem__, default=Kind.QUESTION if is_asking or seen.asks else Kind.UNKNOWN)
    if seen.is_exact and kind is not Kind.UNKNOWN:
        also = (ruled.kind,) if ruled and ruled.kind is not kind else ()
        return LineReading(Reading(kind, line.raw, tidied=line.changes, also=also), seen)
    if not ruled or (ruled.kind not in GOOD_SERIAL and RANK[kind] < RANK[ruled.kind]):
        ruled = Reading(kind, line.raw, tidied=line.changes)
    return LineReading(ruled, seen)


def joined(match: re.Match[str]) -> str:
    """Give what a rule found: its groups, joined, without spaces; '' if it has none."""
    return "".join(match.groups()).replace(" ", "")


def _by_rule(rules: tuple[Rule, ...], forms: set[str], line: Tidied, knowledge: Knowledge) -> Reading | None:
    """Give the reading of the first rule that matches."""
    for rule in rules:
        if rule.on in forms and (match := rule.regex.search(getattr(line, rule.on))):
            return _conclude(rule, joined(match), line, knowledge)
    return None


def _conclude(rule: Rule, found: str, line: Tidied, knowledge: Knowledge) -> Reading:
    """Turn a rule and what it found into a reading."""
    reading = Reading(rule.kind, line.raw, serial=found, tidied=line.changes, also=rule.also)
    match rule.kind:
        case Kind.LOOKALIKE:
            meant = found[0] + found[1:].translate(_TO_DIGITS)
        case Kind.WRONG_FIRST_LETTER if found:
            meant = MEANT_FIRST[found[0]] + found[1:]
        case Kind.SERIAL_IN_TEXT:
            serials = _serials_among_words(line, knowledge)
            if len(serials) > 1:
                return replace(reading, kind=Kind.SEVERAL_SERIALS, serial="", serials=serials)
            return reading
        case _:
            return reading
    return replace(reading, serial=meant, swaps=_swaps(found, meant))


def _serials_among_words(line: Tidied, knowledge: Knowledge) -> tuple[str, ...]:
    """List the distinct serials that stand among the words of a line."""
    rules = knowledge.serial_among_words
    return tuple(dict.fromkeys(joined(match) for rule in rules for match in rule.regex.finditer(line.words)))


def _swaps(seen: str, meant: str) -> tuple[Swap, ...]:
    """List the characters that were read as others."""
    pairs = enumerate(zip(seen, meant, strict=True), start=1)
    return tuple(Swap(position, one, other) for position, (one, other) in pairs if one != other)
