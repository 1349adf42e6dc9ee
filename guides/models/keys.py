"""Presses as rows write them: "5", "1+6" for two keys held together (the first is pressed first), and "5 OK *" for
alternatives.

A step can name the unit's own keys instead, so that one procedure fits every unit: SERIAL and CONFIRM stand for the
first alternative of the unit, OTHER-SERIAL and OTHER-CONFIRM for the others.
"""

import re
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guides.drawings.faceplates import LAYOUTS

#: One press: the names of the keys that are pressed together.
Press: TypeAlias = tuple[str, ...]

UNIT_KEYS = ("SERIAL", "OTHER-SERIAL", "CONFIRM", "OTHER-CONFIRM")
FIRST_CHOICES = ("SERIAL", "CONFIRM")

#: The names of all keys that are drawn on a front.
_DRAWN = {key.name for layout in LAYOUTS.values() for key in layout.keys}
_KEY = r"[0-9A-Za-z*-]+"
_PRESSES = re.compile(rf"{_KEY}(?:\+{_KEY})*(?: {_KEY}(?:\+{_KEY})*)*")


def validate_presses(text: str) -> None:
    """Raises ValidationError for what presses() cannot read, for UNIT_KEYS in small letters, and for keys that no front
    has."""
    if not _PRESSES.fullmatch(text):
        raise ValidationError(
            _("Write keys as they stand on the radio: 5, or 1+6 for two held together; one blank between choices.")
        )
    if text not in UNIT_KEYS and text.upper() in UNIT_KEYS:
        raise ValidationError(_("Write %(keys)s in capitals."), params={"keys": text.upper()})
    unknown = [key for press in presses(text) for key in press if key not in _DRAWN]
    if unknown and text not in UNIT_KEYS:
        raise ValidationError(_("No radio has a key %(key)s on the front."), params={"key": unknown[0]})


def presses(text: str) -> tuple[Press, ...]:
    """The alternatives in a row's text, in order: "1+6 2+6" gives (("1", "6"), ("2", "6"))."""
    return tuple(tuple(choice.split("+")) for choice in text.split())
