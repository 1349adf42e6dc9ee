"""Turning what people type into the plain forms that rules and names look at. Letters never become digits here."""

import re
import unicodedata
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from .kinds import Tidy

LINE_END = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

#: Letters and digits of any script.
_WORD = re.compile(r"[^\W_]+")

_DIGIT = re.compile("[0-9]")

#: "SER NO", "SERIAL NUMBER:", "S/N", glued to the serial or not (research §1.4). A bare "SN" needs a serial's
#: letter after a separator, because SN is also how a Scottish number plate starts.
LABEL = re.compile(
    r"^(?:SER(?:IAL)?[ .:_-]{0,2}(?:NUMBER|NUM|NO|NR)?|S ?[/.] ?N|SN(?=[ .:#]{1,3}[MV]))"
    r"(?:[ .:;,=#_/-]{1,4}|(?=[MV][0-9]))"
)

#: Signs that look like a dash but are no dash to Unicode: minus, box line.
DASHES = "\u2212\u2500"

#: A sign that stands for more characters than this is a phrase in one sign, and is left alone.
MAX_FORM = 4

#: "What's", "doesn't", "it'll": what follows the sign belongs to the word.
APOSTROPHE = re.compile("['\u2019`](?=(?:S|T|D|M|RE|LL|VE)(?![A-Z]))")

#: From one year to another: "2004-2010", "2010/11".
YEAR_RANGE = re.compile("(^|[^0-9A-Z])((?:19|20)[0-9]{2}) ?[-/] ?([0-9]{2}(?:[0-9]{2})?)(?![0-9A-Z])")

#: The other pieces of a sentence, beside words: a row of dashes, and the end of a clause.
DASHES_IN_A_ROW = " ?[-_](?: ?[-_]){1,50}"
BREAK = "[,;:!?()]|\\.(?![^ ])| -(?= )"
_PIECE = re.compile(rf"([^\W_]+)|({DASHES_IN_A_ROW})|{BREAK}")

_CHANGES = tuple(Tidy)


class Tidied(NamedTuple):
    """One line in the forms that rules match, from most to least faithful."""

    #: Upper case, ASCII digits, single spaces, no label words: "V-123 456."
    raw: str
    #: The same with punctuation as spaces: "V 123 456".
    words: str
    #: Letters and digits only: "V123456".
    compact: str
    changes: tuple[Tidy, ...]
    #: For names and words: between breaks, without accents: " , V 123 456 ,".
    sentence: str


def tidy_lines(text: str) -> list[Tidied]:
    """Give every line of a text that is not empty, tidied."""
    lines = LINE_END.split(text)
    tidied = {line: tidy(line) for line in set(lines)}  # a scrolling display repeats itself
    return [tidied[line] for line in lines if tidied[line].raw]


def tidy(line: str) -> Tidied:
    """Tidy one line and note what was changed. Space around the line goes without a note."""
    pieces = [_plain(character) for character in line]
    plain = " ".join("".join(pieces).split())
    upper = plain.upper()
    raw = LABEL.sub("", upper) or upper
    words = " ".join(_WORD.findall(raw))
    compact = words.replace(" ", "")
    changed = (  # in the order of Tidy
        upper != plain,
        " " in raw,
        raw.replace(" ", "") != compact,
        raw != upper,
        not line.isascii() and any(c != piece and _DIGIT.search(piece) for c, piece in zip(line, pieces, strict=True)),
        "" in pieces,
    )
    return Tidied(raw, words, compact, tuple(compress(_CHANGES, changed)), _sentence(raw))


def _sentence(raw: str) -> str:
    """Give the words of a line, "-" for a row of dashes, and a comma or a colon at its ends and between clauses."""
    if not raw.isascii():
        raw = "".join(c for c in unicodedata.normalize("NFD", raw) if unicodedata.category(c)[0] != "M")
    joined = YEAR_RANGE.sub(r"\1\2 TO \3", APOSTROPHE.sub("", raw))
    pieces = (match[1] or (match[2] and "-") or (":" if match[0] == ":" else ",") for match in _PIECE.finditer(joined))
    return f" , {' '.join(pieces)} ,"


@lru_cache(maxsize=2048)
def _plain(character: str) -> str:
    """Give one character's plain form: NFKC, with ASCII digits, dashes and spaces; '' if invisible."""
    form = unicodedata.normalize("NFKC", character)
    if 1 < len(form) <= MAX_FORM:
        return "".join(map(_plain, form))
    if len(form) == 1:
        character = form
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category[0] in "CM":  # control, format, unassigned; marks that sit on another character
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character in DASHES:
        return "-"
    return character
