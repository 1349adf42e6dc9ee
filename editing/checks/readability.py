"""How hard a text is to read. Pure: no Django.

The formula is the Flesch–Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59, in years of
school. Syllables are counted as groups of vowels, without a silent e at the end.
"""

import re
from functools import lru_cache

MAX_GRADE = 9  # years of school: any driver can read it in a cold car
#: Texts of fewer words than LONG_TEXT vary more in grade, so more is allowed; below MIN_WORDS a grade says nothing.
LONG_TEXT = 25  # words
MAX_GRADE_OF_SHORT_TEXT = 12  # years of school
MIN_WORDS = 8
MAX_SENTENCE = 30  # words

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_VOWELS = re.compile(r"[aeiouyé]+")
_SILENT_E = re.compile(r"(?<![aeiouyl])e$")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; numbers are not words."""
    return [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]


def syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT_E.sub("", word.lower()))))


def grade(text: str) -> float:
    """The Flesch–Kincaid grade; 0 for a text without words."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@lru_cache(maxsize=4096)
def longest_sentence(text: str) -> int:
    return max(map(len, sentences(text)), default=0)


@lru_cache(maxsize=4096)  # each save reads all texts, and few of them have changed
def is_too_hard(text: str) -> bool:
    """Whether the text as a whole asks for too much school."""
    words = sum(map(len, sentences(text)))
    highest = MAX_GRADE if words >= LONG_TEXT else MAX_GRADE_OF_SHORT_TEXT
    return words >= MIN_WORDS and grade(text) > highest
