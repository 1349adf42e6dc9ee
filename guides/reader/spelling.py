"""Spellings as people know them -> expressions that find them in a sentence, and the way back."""

import re
from collections.abc import Iterable, Mapping
from itertools import product
from typing import TypeVar

from .rules import either
from .tidy import tidy

T = TypeVar("T")

#: The parts of a spelling: runs of digits (# is any digit) and runs of letters.
_PART = re.compile(r"[0-9#]+|[^\W\d_]+")
_DIGIT = re.compile("[0-9]")
#: A spelling that mixes # with digits of its own stands for each of its numbers, if it has no more # than this.
_MOST_ANY_DIGITS = 2


def parts(spelling: str) -> tuple[str, ...]:
    """Give the parts that may have a space between them; one dash for a spelling of dashes only."""
    tidied = tidy(spelling)
    words = tidied.raw if "#" in spelling else tidied.sentence
    return tuple(_PART.findall(words)) or (("-",) if " - " in tidied.sentence else ())


def match_key(spelling: str) -> str:
    """Give what a spelling is told apart by: two spellings with the same key are one to the reader."""
    return "".join(parts(spelling))


def expression(spellings: Iterable[str]) -> str:
    """Give one expression for all: the longest first, then the one with fewest #."""
    found = sorted({parts(spelling) for spelling in spellings} - {()}, key=_rank)
    return either(" ?".join(each).replace("#", "[0-9]") for each in found)


def by_key(meanings: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Give what each spelling means, by the keys that ``meaning`` looks up. Of the same spelling the first counts."""
    found: dict[str, T] = {}
    for spelling, means in meanings:
        key = match_key(spelling)
        if _DIGIT.search(key) and 0 < key.count("#") <= _MOST_ANY_DIGITS:
            for digits in product("0123456789", repeat=key.count("#")):
                number = iter(digits)
                found.setdefault("".join(next(number) if sign == "#" else sign for sign in key), means)
        elif key:
            found.setdefault(key, means)
    return found


def meaning(matched: str, meanings: Mapping[str, T]) -> T | None:
    """Give what a text that ``expression`` matched means."""
    key = matched.replace(" ", "")
    return meanings.get(key) or meanings.get(_DIGIT.sub("#", key))


def _rank(parts: tuple[str, ...]) -> tuple[int, int, str]:
    key = "".join(parts)
    return -len(key), key.count("#"), key
