"""What never enters the content, found in a text: docs/content.md says why. Pure: no Django.

Expressions only see the form of a text. So they leave alone what ordinary content is full of: names of radios, years,
fuses, part numbers, what displays show, and serials that are plainly made up, because their digits count up.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from guides.reader.plates import ABROAD, PLATE
from guides.reader.vin import FORM as VIN


class Never(Enum):
    MARKUP = "markup"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    VIN = "vin"
    PLATE = "plate"
    SERIAL = "serial"
    CODE = "code"


class Found(NamedTuple):
    what: Never
    text: str


#: What host names end in. Any other ending counts if a path follows.
_ENDINGS = (
    "com net org info biz shop store online site xyz club pro app dev io co tv me eu uk ie us de fr it es nl be at ch "
    "pl pt se no dk fi cz sk hu ro gr ru example"
)
_ENDING = "|".join(_ENDINGS.split())
_LABEL = "[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_HOST = rf"\b{_LABEL}(?:\.{_LABEL}){{0,4}}\."
_BETWEEN = r"[ \u00a0().-]{0,2}"
_DIGITS_THAT_COUNT_UP = ("0123456789", "123456789")

# The first that matches at a place counts. Every repeat is bounded: time stays linear.
_PATTERNS = {
    Never.MARKUP: (
        r"\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__|`[^`\n]{1,200}`"
        r"|\[[^\]\n]{1,200}\]\(|</?[A-Za-z][^<>\n]{0,200}>"
    ),
    Never.ADDRESS: (
        r"(?i:\b(?:https?|ftp)://\S{1,200}|\bwww\.\S{1,200}|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,})"
        rf"|{_HOST}(?:(?:{_ENDING}|{_ENDING.upper()})\b(?:/\S{{0,200}})?|[a-z]{{2,20}}/\w\S{{0,200}})"
    ),
    Never.TELEPHONE: (
        rf"(?<![\w.+-])(?:\+\d|\(?0)(?:{_BETWEEN}\d){{8,13}}(?!\w)"
        r"|(?<![\w-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])"
        r"|(?i:\b(?:tel|telephone|whatsapp|fax|ring|call|dial)\b)(?:[^\dA-Z\n]|[A-Z](?![A-Z])){0,25}"
        rf"(?<![\w-])\+?\d(?:{_BETWEEN}\d){{5,13}}(?!\w)"
    ),
    Never.VIN: rf"(?i:\b(?:{VIN})\b)|\b(?:C7E[0-9A-Z]{{8,14}}|BP[0-9]{{3}}[0-9A-Z]{{3,15}})\b",
    # Small letters only together: "or 12 and" is no plate. Before a serial it is what a display shows.
    Never.PLATE: rf"\b(?:{PLATE})\b(?! ?[MV][0-9])|\b[a-z]{{2}}[0-9]{{2}}[a-z]{{3}}\b|\b(?:{ABROAD})\b",
    Never.SERIAL: (
        r"[MV][0-9]{6,7}(?![0-9])|(?<!\w)(?:[A-Z]|[mv])[0-9]{6,7}(?!\w)|(?<!\w)[MV][ -][0-9]{3} ?[0-9]{3}(?!\w)"
    ),
    Never.CODE: r"(?i:\b(?:code|keycode|pin)(?: is| was) [0-9]{4})\b",
}
_ANY = re.compile("|".join(f"(?P<{what.name}>{pattern})" for what, pattern in _PATTERNS.items()))


@lru_cache(maxsize=4096)  # every save looks through all content, of which one row has changed
def find(text: str) -> tuple[Found, ...]:
    """What never enters, in the order in which it stands in the text."""
    found = (Found(Never[match.lastgroup or ""], match[0]) for match in _ANY.finditer(text))
    return tuple(each for each in found if each.what is not Never.SERIAL or not _is_made_up(each.text))


def _is_made_up(serial: str) -> bool:
    """Whether the digits of a serial count up from 0 or 1, as in V123456 and V012345."""
    digits = re.sub("[^0-9]", "", serial)
    return any(line.startswith(digits) for line in _DIGITS_THAT_COUNT_UP)
