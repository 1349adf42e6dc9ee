"""How presses are written in rows: "5", "1+6" for two held together (the first named goes down first), and a blank
between choices: "5 OK *".

A step may name the unit's own keys instead, so that one procedure serves every unit: SERIAL and CONFIRM stand for the
first of the unit's choices, OTHER-SERIAL and OTHER-CONFIRM for the rest.
"""

import re
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: One press: the names of the keys that go down together.
Press: TypeAlias = tuple[str, ...]

UNIT_KEYS = ("SERIAL", "OTHER-SERIAL", "CONFIRM", "OTHER-CONFIRM")

_KEY = r"[0-9A-Za-z*-]+"
_PRESSES = re.compile(rf"{_KEY}(?:\+{_KEY})*(?: {_KEY}(?:\+{_KEY})*)*")


def validate_presses(text: str) -> None:
    """Refuse what presses() cannot read, and a unit's own keys written in another case than UNIT_KEYS."""
    if not _PRESSES.fullmatch(text):
        raise ValidationError(
            _("Write keys as they stand on the radio: 5, or 1+6 for two held together; one blank between choices.")
        )
    if text not in UNIT_KEYS and text.upper() in UNIT_KEYS:
        raise ValidationError(_("Write %(keys)s in capitals."), params={"keys": text.upper()})


def presses(text: str) -> tuple[Press, ...]:
    """The choices in a row's text, first choice first: "1+6 2+6" gives (("1", "6"), ("2", "6"))."""
    return tuple(tuple(choice.split("+")) for choice in text.split())
