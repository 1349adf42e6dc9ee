"""How hard a text is to read. Pure: no Django.

The formula is the Flesch–Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59, in years of
school. Syllables are counted as groups of vowels, without a silent e at the end.
"""

import re

#: Years of school that a text may ask for: a driver of any age reads it in a cold car.
HIGHEST_GRADE = 9
#: Fewer words than these make the formula swing, so that it has to leave more room; and still fewer say nothing.
ENOUGH_WORDS = 25
HIGHEST_GRADE_OF_A_FEW_WORDS = 12
FEWEST_WORDS = 8
#: The longest sentence, in words.
LONGEST_SENTENCE = 30

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


def longest_sentence(text: str) -> int:
    return max(map(len, sentences(text)), default=0)


def is_too_hard(text: str) -> bool:
    """Whether the text as a whole asks for too much school."""
    words = sum(map(len, sentences(text)))
    highest = HIGHEST_GRADE if words >= ENOUGH_WORDS else HIGHEST_GRADE_OF_A_FEW_WORDS
    return words >= FEWEST_WORDS and grade(text) > highest
