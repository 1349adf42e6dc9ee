"""The names of the reader's kinds and corrections, for templates and for the reader in the browser."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.reader import Kind, Tidy

#: What a line of a text is.
KIND_WORDS: dict[str, Promise] = {
    Kind.SERIAL: _("the serial"),
    Kind.SERIAL_IN_TEXT: _("the serial is in it"),
    Kind.SEVERAL_SERIALS: _("several serials"),
    Kind.LOOKALIKE: _("nearly a serial: a letter for a digit"),
    Kind.WRONG_FIRST_LETTER: _("nearly a serial: another first letter"),
    Kind.MISSING_LETTER: _("digits without a letter"),
    Kind.EXTRA_ZERO: _("a serial with one zero too many"),
    Kind.TOO_LONG: _("nearly a serial: too long"),
    Kind.TOO_SHORT: _("nearly a serial: too short"),
    Kind.SOFTWARE_DATA: _("software data"),
    Kind.NOT_SHOWN: _("“serial not shown”"),
    Kind.NAVIGATION_SERIAL: _("the number of a navigation radio"),
    Kind.OLDER_SERIAL: _("the serial of an older radio"),
    Kind.PART_NUMBER: _("a part number"),
    Kind.MODEL_NAME: _("the name of a model"),
    Kind.RADIO_NAME: _("the name of a radio"),
    Kind.KEYCODE: _("four digits, as long as a code"),
    Kind.NUMBER_PLATE: _("a number plate"),
    Kind.VIN: _("the car’s VIN"),
    Kind.YEAR: _("a year"),
    Kind.MESSAGE: _("a message"),
    Kind.EMPTY: _("nothing"),
    Kind.UNKNOWN: _("unknown"),
}
#: What was corrected in a text before it was read.
TIDY_WORDS: dict[str, Promise] = {
    Tidy.CASE: _("small letters made capital"),
    Tidy.SPACES: _("spaces dropped"),
    Tidy.PUNCTUATION: _("dashes and other signs dropped"),
    Tidy.LABEL_WORDS: _("words in front dropped"),
    Tidy.DIGITS: _("digits of another script written as ours"),
    Tidy.INVISIBLE: _("invisible characters dropped"),
}
