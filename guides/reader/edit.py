"""Changes what somebody typed: takes words out again, as the reader saw them, and adds lines."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .tidy import DASHES_IN_A_ROW, LINE_END, YEAR_RANGE, tidy

#: A change is lines: words to take out, or a line to add.
OUT, ADD = "-", "+"

#: More lines are not looked at.
MAX_CHANGES = 20

#: A serial may stand at the end of a longer word; nothing shorter is taken out of a word.
SHORTEST_WITHIN_A_WORD = 7

YEARS = "(?:19|20)[0-9]{2} ?[-/] ?[0-9]{2,4}(?![0-9A-Za-z])"
SPACES = re.compile("[ \t]+(?=[ \t,;:])")
ENDS = re.compile("^[ \t,;:]+|[ \t,;:]+$")
_PIECE = re.compile(rf"{YEARS}|[^\W_]+|{DASHES_IN_A_ROW}")


def changed(text: str, change: str) -> str:
    """Give the text after a change: each of its lines begins with - (words to take out) or + (a line to add)."""
    for line in LINE_END.split(change)[:MAX_CHANGES]:
        if line.startswith(OUT):
            text = _without(text, line[1:])
        elif line.startswith(ADD):
            text = f"{text}\n{line[1:]}" if text else line[1:]
    return text


def _without(text: str, words: str) -> str:
    """Take these words out wherever they stand together, in any spelling. Lines that are left empty go too."""
    wanted = _key(words)
    if not wanted:
        return text
    kept, place = [], 0
    for start, end in _places(text, wanted):
        kept.append(text[place:start])
        place = end
    if not place:
        return text
    lines = LINE_END.split("".join([*kept, text[place:]]))
    tidied = (ENDS.sub("", SPACES.sub("", line)) for line in lines)
    return "\n".join(line for line in tidied if line)


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Give the first and last place of each run of pieces that are the wanted ones, from the first on."""
    pieces = [(match.start(), match.end(), _key(match[0])) for match in _PIECE.finditer(text)]
    number = 0
    while number < len(pieces):
        start, end, key = pieces[number]
        last = number
        while len(key) < len(wanted) and last + 1 < len(pieces):
            last += 1
            key += pieces[last][2]
        if key == wanted:
            yield start, pieces[last][1]
            number = last
        elif len(wanted) >= SHORTEST_WITHIN_A_WORD and pieces[number][2].endswith(wanted):
            yield end - len(wanted), end
        number += 1


@lru_cache(maxsize=4096)
def _key(words: str) -> str:
    """Give what words are compared by. The reader has one dash for a row of them."""
    if words == "-":
        return words
    words = YEAR_RANGE.sub(r"\1\2 TO \3", words)
    return "".join(word for word in tidy(words).sentence.split() if word not in ",:")
