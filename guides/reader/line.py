"""One line -> verdict."""

import re
from dataclasses import replace

from .rules import CERTAIN_RULES, MEANT, RULES, SERIAL_AMONG_WORDS, Rule
from .tidy import Tidied
from .verdict import Kind, Swap, Verdict
from .vocabulary import Phrase, Phrasebook

_TO_DIGITS = str.maketrans(MEANT)

#: For each form of a line, the rules on it as one expression. Most lines of a long text match none of the
#: three, which is soon known; the others need only the rules on the forms that match.
_ANY_RULE = {
    form: re.compile("|".join(rule.pattern for rule in (*CERTAIN_RULES, *RULES) if rule.on == form))
    for form in ("raw", "words", "compact")
}


def read_line(line: Tidied, phrasebook: Phrasebook) -> Verdict:
    """Say what one tidied, non-empty line is."""
    forms = {form for form, any_rule in _ANY_RULE.items() if any_rule.search(getattr(line, form))}
    if certain := _by_rule(CERTAIN_RULES, forms, line):
        return certain
    ruled = _by_rule(RULES, forms, line)
    if phrase := phrasebook.exactly(line):
        return replace(_by_phrase(phrase, line), also=(ruled.kind,) if ruled else ())
    if ruled:
        return ruled
    if phrase := phrasebook.within(line):
        return _by_phrase(phrase, line)
    return Verdict(Kind.UNKNOWN, line.raw, tidied=line.changes)


def joined(match: re.Match[str]) -> str:
    """Give what a rule found: its groups, joined; '' if it has none."""
    return "".join(match.groups())


def _by_rule(rules: tuple[Rule, ...], forms: set[str], line: Tidied) -> Verdict | None:
    """Give the verdict of the first rule, among those on the given forms, that matches."""
    for rule in rules:
        if rule.on in forms and (match := rule.regex.search(getattr(line, rule.on))):
            return _conclude(rule, joined(match), line)
    return None


def _by_phrase(phrase: Phrase, line: Tidied) -> Verdict:
    return Verdict(phrase.kind, line.raw, tidied=line.changes, slug=phrase.slug)


def _conclude(rule: Rule, found: str, line: Tidied) -> Verdict:
    """Turn a rule and what it found into a verdict."""
    verdict = Verdict(rule.kind, line.raw, tidied=line.changes, also=rule.also)
    match rule.kind:
        case Kind.YEAR:
            return replace(verdict, year=int(found))
        case Kind.LOOKALIKE:
            return replace(verdict, serial=found[0] + found[1:].translate(_TO_DIGITS), swaps=_swaps(found))
        case Kind.SERIAL_IN_TEXT:
            serials = _serials_among_words(line)
            if len(serials) > 1:
                return replace(verdict, kind=Kind.SEVERAL_SERIALS, serials=serials)
            return replace(verdict, serial=found)
        case _:
            return replace(verdict, serial=found) if found else verdict


def _serials_among_words(line: Tidied) -> tuple[str, ...]:
    """List the distinct serials that stand among the words of a line."""
    found = (joined(match) for rule in SERIAL_AMONG_WORDS for match in rule.regex.finditer(line.words))
    return tuple(dict.fromkeys(found))


def _swaps(seen: str) -> tuple[Swap, ...]:
    """List the letters in the digit part of a misread serial."""
    return tuple(
        Swap(position, character, MEANT[character])
        for position, character in enumerate(seen, start=1)
        if position > 1 and character in MEANT
    )
