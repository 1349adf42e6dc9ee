"""The whole text, one line or many -> verdict."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .line import joined, read_line
from .rules import MOST_HELPFUL, SPLIT_SERIAL
from .tidy import Tidied, tidy_lines
from .verdict import GOOD_SERIAL, Kind, Line, Verdict
from .vocabulary import Vocabulary, phrasebook

#: Longer texts are not read: no radio and no label shows so much.
MAX_LENGTH = 2000
MAX_LINES = 100


def read(text: str, vocabulary: Vocabulary = Vocabulary()) -> Verdict:  # noqa: B008 (frozen)
    """Say what a text is: anything a person typed or pasted, of one line or several."""
    if len(text.replace("\r\n", "\n")) > MAX_LENGTH:  # a browser sends two characters for each line end
        return Verdict(Kind.TOO_LONG, over_limit=True)
    lines = tidy_lines(text)
    if not lines:
        return Verdict(Kind.EMPTY)
    if len(lines) > MAX_LINES:
        return Verdict(Kind.TOO_LONG, over_limit=True)
    phrases = phrasebook(vocabulary)
    verdict_of = {line: read_line(line, phrases) for line in set(lines)}
    verdicts = [verdict_of[line] for line in lines]
    if len(verdicts) == 1:
        return verdicts[0]
    report = tuple(Line(verdict.text, verdict.kind, verdict.serial) for verdict in verdicts)
    return replace(_of_many(lines, verdicts), lines=report)


def _of_many(lines: Sequence[Tidied], verdicts: Sequence[Verdict]) -> Verdict:
    """Choose or make the one verdict for several lines."""
    good = [verdict for verdict in verdicts if verdict.kind in GOOD_SERIAL]
    serials = tuple(dict.fromkeys(s for verdict in good for s in verdict.serials or (verdict.serial,)))
    if len(serials) > 1:
        return Verdict(Kind.SEVERAL_SERIALS, serials=serials)
    if good:
        return replace(good[0], kind=Kind.SERIAL_IN_TEXT)
    if not any(verdict.serial for verdict in verdicts) and (split := _split_serial(lines)):
        return split
    return min(verdicts, key=lambda verdict: MOST_HELPFUL.index(verdict.kind))


def _split_serial(lines: Sequence[Tidied]) -> Verdict | None:
    """Find the one serial that two adjacent lines make together, if there is exactly one."""
    found: dict[str, str] = {}
    for first, second in pairwise(lines):
        words = f"{first.words} {second.words}"
        if match := SPLIT_SERIAL.regex.search(words):
            found[joined(match)] = words
    if len(found) != 1:
        return None
    ((serial, words),) = found.items()
    return Verdict(SPLIT_SERIAL.kind, words, serial)
