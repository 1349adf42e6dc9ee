"""Every sentence of an answer, for the server and for the browser, which fills in the same values."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guides.reader import Kind

#: What to do, by what leads.
SENTENCES: dict[str, Promise] = {
    Kind.EMPTY: _("There was nothing to read. Type what you know, or tap it here."),
    Kind.SERIAL: _("%(serial)s looks like a Ford serial. Compare it with the radio, then get the code for it."),
    Kind.SEVERAL_SERIALS: _(
        "There is more than one serial in it. Leave out any from paperwork: it may be of another radio."
    ),
    Kind.LOOKALIKE: _("Nearly a serial: a letter stands where a digit belongs. Look at it again."),
    Kind.WRONG_FIRST_LETTER: _(
        "A serial starts with M or V. A badly lit V can look like U or Y, an M like N, H or W. Look again."
    ),
    Kind.EXTRA_ZERO: _("One zero too many, it seems: some labels print one right after the letter. Look at it again."),
    Kind.MISSING_LETTER: _(
        "A serial is M or V and six digits. Look in front of these digits for the letter; do not assume one."
    ),
    Kind.TOO_LONG: _(
        "There are too many digits: after the letter come six. One may be of the next number on the label."
    ),
    "over-limit": _(
        "That is too much text: at most %(characters)s characters and 100 lines can be read. None of it was read."
    ),
    Kind.TOO_SHORT: _("A digit is missing: after the letter come six. Film the display and read it again."),
    Kind.SOFTWARE_DATA: _("This is software data, not the serial. Nothing is broken, and no try was lost."),
    Kind.NOT_SHOWN: _(
        "This radio does not show its serial, and no try was lost. It is on the label on the radio’s metal case."
    ),
    Kind.NAVIGATION_SERIAL: _(
        "This is the number of a TravelPilot, which has no M or V serial. A Ford dealer or a specialist can help."
    ),
    Kind.OLDER_SERIAL: _(
        "L and C belong to radios older than the Focus. Read the label again; if it says so, ask a specialist."
    ),
    Kind.PART_NUMBER: _(
        "This is a Ford part number: it tells the kind of radio. Look on the same label for M or V and six digits."
    ),
    Kind.MODEL_NAME: _(
        "This is the name of a model, not a serial. Look elsewhere on the label for M or V and six digits."
    ),
    Kind.KEYCODE: _(
        "Four digits: is it this radio’s code? Enter it only if you are sure, because every wrong try counts."
    ),
    Kind.NUMBER_PLATE: _("A number plate is not a serial."),
    Kind.VIN: _("This is the car’s own number, the VIN. It is not the serial, but a Ford dealer will ask for it."),
    Kind.RADIO_NAME: _("You have a %(radio)s."),
    Kind.GENERATION: _("You have a Focus %(car)s."),
    Kind.QUESTION: _("What does the display say, exactly? That decides what to do."),
    Kind.UNKNOWN: _("We did not understand this. Say it in other words, or tap what you know."),
    "guide": _("You have a %(radio)s in a Focus %(car)s."),
    "this-guide": _("This guide is for the %(radio)s in a Focus %(car)s."),
    "this-radio": _("This guide is for the %(radio)s, in any car."),
    "no-such-fitment": _(
        "We know of no %(radio)s in a Focus %(car)s. The radio may have been swapped: go by the radio."
    ),
    "several-radios": _("Which of these radios is it?"),
    "year": _("Two generations of the Focus were sold then."),
    "unclear": _("These do not fit together, or may be several. Which Focus is it?"),
    "no-such-year": _("No Focus of that age is known here. Choose by its look."),
    "other-car": _("%(car)s: not a Focus, but some of its radios are the same. Go by the radio."),
    "car-without-guide": _("%(car)s: we have no guide for this car."),
    "sure": _("Is it %(serial)s?"),
    "other": _("Or does it say something else?"),
}

#: What stands beside it.
NOTES: dict[str, Promise] = {
    "swap": _("Character %(position)s is the letter %(seen)s: is it the digit %(meant)s?"),
    "swap-letter": _("Character %(position)s is %(seen)s: is it %(meant)s?"),
    "serial": _("Serial %(serial)s: write it down. A dealer or specialist will ask for it."),
    "plate-too": _("Or is it a number plate? Then it is no serial."),
    "software-too": _("If it came from the display, it may be software data: try the other buttons, or the label."),
    "navigation-too": _(
        "Seven digits may also be the end of a TravelPilot’s number: read the whole line on the label."
    ),
    "digits-alone": _("Six digits alone can also be a date or a print number on the label."),
    "keycode-too": _("Or is it your four-digit code? Then see how to enter it in your guide."),
    "usual-letter": _(
        "In this car the letter %(usual)s is usual for this radio; yours starts with %(seen)s. That does happen: look "
        "again, and then trust your radio or its label."
    ),
    "no-serial-here": _(
        "The %(radio)s has no serial like this, so it is probably that of another radio: look which is in the car."
    ),
    "other-radio": _("We know of no %(display)s on a %(radio)s: look whether it is another radio."),
    "hold": _("Hold %(keys)s instead; if that brings no M or V number either, the label on the radio has it."),
    "hold-2-6": _("Hold 2 and 6 instead; if that brings no M or V number either, the label on the radio has it."),
    "label-has-it": _("The label on the radio has the serial."),
    "months": _("%(words)s: %(first)s to %(last)s: Focus %(cars)s."),
    "month": _("%(words)s: %(first)s: Focus %(cars)s."),
    "months-no-car": _("%(words)s: %(first)s to %(last)s. No Focus of that age is known here."),
}

#: The button.
BUTTONS: dict[str, Promise] = {
    "guide": _("Your guide: %(radio)s in a Focus %(car)s"),
    "radio": _("Your guide: %(radio)s"),
    "generation": _("Which radio is in your Focus %(car)s?"),
    "message": _("What to do at %(display)s"),
    "described": _("What to do now"),
    "sure": _("Yes, it says %(serial)s"),
    "serial": _("Read the serial"),
    "label": _("Find the label"),
    "code": _("Get the code"),
    "card": _("Look for the code card"),
    "enter": _("Enter the code"),
    "fuses": _("Look at the fuses"),
    "restart": _("Restart the screen"),
    "messages": _("What the radio shows"),
    "questions": _("Read the whole answer"),
    "radios": _("Choose your radio"),
    "cars": _("Choose your Focus"),
    "other-car": _("Which radios it has"),
}

#: What is missing, and what else there is to tap.
ASKS: dict[str, Promise] = {
    "says": _("Does the display say %(display)s?"),
    "described": _("Is this what you see: %(display)s?"),
    "dark": _("Is the display dark?"),
    "yes": _("Yes"),
    "no-says": _("No, %(display)s"),
    "no-dark": _("It is dark"),
    "no": _("No, something else"),
    "car": _("Which Focus is it in?"),
    "radio": _("Which radio is it?"),
    "message": _("What does it show?"),
    "serials": _("Which one is on the radio that is now in the car?"),
    "look-again": _("No: read it again"),
    "find": _("Not sure which Focus?"),
    "only-radio": _("I know the radio, not the car"),
    "other-radio": _("None of these"),
    "dark-chip": pgettext_lazy("the display is", "dark"),
    "other-message": _("Something else"),
    "all-radios": _("All radios"),
    "all-messages": _("All messages"),
    "get-the-code": _("Get the code"),
    "all-questions": _("Questions"),
}

#: What was understood.
TAKEN: dict[str, Promise] = {
    "generation": _("Focus %(name)s"),
    "digits": _("Four digits"),
}

#: What the card says itself.
CARD: dict[str, Promise] = {
    "understood": _("Understood"),
    "back": pgettext_lazy("what was understood", "Take back"),
}

WORDS: dict[str, dict[str, Promise]] = {
    "sentences": SENTENCES,
    "notes": NOTES,
    "buttons": BUTTONS,
    "asks": ASKS,
    "taken": TAKEN,
    "card": CARD,
}
