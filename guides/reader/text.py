"""The whole text, one line or many -> reading."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TypeVar

from .generations import possible
from .kinds import GOOD_SERIAL, LEADING, NEAR_SERIAL, RANK, Kind
from .knowledge import Knowledge, knowledge
from .line import LineReading, joined, read_line
from .reading import Line, Reading, Topic
from .tidy import Tidied, tidy_lines
from .vocabulary import Vocabulary

#: Longer texts are not read: no radio and no label shows so much.
MAX_LENGTH = 2000
MAX_LINES = 100

T = TypeVar("T")


def read(text: str, vocabulary: Vocabulary = Vocabulary()) -> Reading:  # noqa: B008 (frozen)
    """Say what a text is and everything that is in it: anything a person typed or pasted, of one line or several."""
    if len(text.replace("\r\n", "\n")) > MAX_LENGTH:  # a browser sends two characters for each line end
        return Reading(Kind.TOO_LONG, over_limit=True)
    lines = tidy_lines(text)
    if not lines:
        return Reading(Kind.EMPTY)
    if len(lines) > MAX_LINES:
        return Reading(Kind.TOO_LONG, over_limit=True)
    known = knowledge(vocabulary)
    topics = known.topics.find([line.sentence for line in lines])
    asked = dict(zip(lines, topics, strict=True))  # a scrolling display repeats itself
    reading_of = {line: read_line(line, bool(found), known) for line, found in asked.items()}
    leading = _leading(lines, [reading_of[line].ruled for line in lines], known)
    everything = _with_everything_seen(leading, reading_of.values(), known)
    return replace(everything, topics=_best_first([topic for found in topics for topic in found], known))


def _leading(lines: Sequence[Tidied], readings: Sequence[Reading], known: Knowledge) -> Reading:
    if len(lines) == 1:
        return readings[0]
    report = tuple(Line(each.text, each.kind, each.serial) for each in readings)
    return replace(_best(lines, readings, known), lines=report)


def _best(lines: Sequence[Tidied], readings: Sequence[Reading], known: Knowledge) -> Reading:
    """Choose or make the one reading for several lines, by their rules."""
    good = [each for each in readings if each.kind in GOOD_SERIAL]
    serials = _distinct(serial for each in good for serial in each.serials or (each.serial,))
    if len(serials) > 1:
        return Reading(Kind.SEVERAL_SERIALS, serials=serials)
    if good:
        return replace(good[0], kind=Kind.SERIAL_IN_TEXT)
    if not any(each.serial for each in readings) and (split := _split_serial(lines, known)):
        return split
    return min(readings, key=lambda each: RANK[each.kind])


def _split_serial(lines: Sequence[Tidied], known: Knowledge) -> Reading | None:
    """Find the one serial that two adjacent lines make together, if there is exactly one."""
    found: dict[str, str] = {}
    for first, second in pairwise(lines):
        words = f"{first.words} {second.words}"
        if match := known.split_serial.regex.search(words):
            found[joined(match)] = words
    if len(found) != 1:
        return None
    ((serial, words),) = found.items()
    return Reading(known.split_serial.kind, words, serial=serial)


def _with_everything_seen(reading: Reading, lines: Collection[LineReading], known: Knowledge) -> Reading:
    """Add what all lines hold to the leading reading. A message to stop or to wait leads, whatever else is there."""
    seen = [line.seen for line in lines]
    messages = {slug for each in seen for slug in each.messages}
    asks = {slug for each in seen for slug in each.asks}
    years = tuple(sorted({year for each in seen for year in each.years}))
    months = _distinct(month for each in seen for month in each.months)
    cars = _distinct(slug for each in seen for slug in each.cars)
    names = [slug for each in seen for slug in each.generations]
    is_other_car = cars and not any(each.is_focus for each in seen)
    grave = any(known.severities[slug] in LEADING for slug in messages)
    return replace(
        reading,
        kind=Kind.MESSAGE if grave else reading.kind,
        serial_kind=reading.kind if reading.kind in GOOD_SERIAL or reading.kind in NEAR_SERIAL else None,
        messages=tuple(slug for slug in known.severities if slug in messages),
        asks=tuple(slug for slug in takewhile(lambda slug: slug not in messages, known.severities) if slug in asks),
        radios=_distinct(slug for each in seen for slug in each.radios),
        cars=cars,
        generations=() if is_other_car else possible(known.sold, names, years, months),
        years=years,
        months=months,
        found=_distinct(found for each in seen for found in each.found),
        four_digits=any(line.seen.four_digits or line.ruled.kind is Kind.KEYCODE for line in lines),
    )


def _best_first(found: Iterable[tuple[int, int]], known: Knowledge) -> tuple[Topic, ...]:
    """Give the topics found: first those with which the text has most words in common."""
    by_words = sorted(found, key=lambda each: (-each[0], each[1]))
    return _distinct(known.topics.topics[number] for _words, number in by_words)


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
