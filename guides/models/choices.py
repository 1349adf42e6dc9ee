"""The choices of fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How certain a fact is (docs/content.md)."""

    CONFIRMED = "confirmed", _("Confirmed")  # two or more independent sources
    BASE = "base", _("Base article only")
    REPORTED = "reported", _("Reported")  # owners report it, or one source
    DISPUTED = "disputed", _("Disputed")  # sources contradict each other


class Severity(models.TextChoices):
    """What a step or a message means for the driver's remaining tries."""

    GO_ON = "go", _("Go on")
    WAIT = "wait", _("Wait")
    CAREFUL = "careful", _("Careful: limited tries")
    STOP = "stop", _("Stop")


class CodeNeeded(models.TextChoices):
    """Whether a radio asks for a code after it has lost its power."""

    YES = "yes", _("Yes")
    USUALLY_NOT = "usually-not", _("Usually not")
    NO = "no", _("No")


class Controls(models.TextChoices):
    """How a radio is operated, and so how its code is entered."""

    BUTTONS = "buttons", _("Preset buttons 1 to 6")
    MENU = "menu", _("A screen worked by buttons")
    TOUCHSCREEN = "touchscreen", _("Touchscreen")


class Faceplate(models.TextChoices):
    """The front of a radio: a layout in guides/drawings/faceplates.py. The label is its text alternative."""

    CASSETTE = "cassette", _("cassette slot, knob, buttons 1 to 6 in a row")
    TRIPLE_DASH = "triple-dash", _("cassette slot, knob at the left, buttons 1 to 6 in a row")
    TWO_KNOBS = "two-knobs", _("cassette slot, two knobs, buttons 1 to 6 in a row")
    CD = "cd", _("CD slot, blue display, buttons 1 to 6 in a row")
    CHANGER = "changer", _("slot for six CDs, buttons 1 to 6 in a row")
    SONY = "sony", _("CD slot, a knob between buttons 1 to 3 and 4 to 6")
    SONY_DAB = "sony-dab", _("CD slot, buttons 1 to 3 down the left side and 4 to 6 down the right")
    NAVIGATION = "navigation", _("map screen between buttons")
    PHONE_KEYS = "phone-keys", _("separate small display, phone-like buttons")
    CORNERS = "corners", _("touchscreen with four corners")
    TILES = "tiles", _("touchscreen with tiles, buttons below")
    WIDE_SCREEN = "wide-screen", _("wide touchscreen, no buttons")


class CarDrawing(models.TextChoices):
    """The drawing of a car: a symbol in static/img/cars.svg."""

    MK1 = "mk1", "Mk1"
    MK1_FACELIFT = "mk1-facelift", _("Mk1 facelift")
    MK2 = "mk2", "Mk2"
    MK2_FACELIFT = "mk2-facelift", _("Mk2 facelift")
    MK3 = "mk3", "Mk3"
    MK3_FACELIFT = "mk3-facelift", _("Mk3 facelift")
    MK4 = "mk4", "Mk4"
    MK4_FACELIFT = "mk4-facelift", _("Mk4 facelift")


class StepDrawing(models.TextChoices):
    """The drawing beside a step: a symbol in static/img/steps.svg, or the front of the radio that the guide is for."""

    FRONT = "front", _("The front of the radio, showing the text")
    FILM = "film", _("A phone that films the display")
    REMOVAL_KEYS = "removal-keys", _("Removal keys in the four holes")
    LABEL = "label", _("The label: what to read, what to ignore")


class Section(models.TextChoices):
    """The parts of a guide, in their order. The values are the anchors on the page."""

    NEEDED = "needed", _("Is a code needed?")
    SERIAL = "serial", _("Read the serial")
    CHECK = "check", _("Check the serial")
    CODE = "code", _("Get the code")
    ENTER = "enter", _("Enter the code")
    MESSAGES = "messages", _("What the radio shows")
    FUSES = "fuses", _("Fuses")


class Task(models.TextChoices):
    """What a procedure is for. The label is the title of its row in a guide."""

    READ_SERIAL = "read-serial", _("Read the serial on the display")
    FIND_LABEL = "find-label", _("Read the serial off the label")
    ENTER_CODE = "enter-code", _("Enter the code")
    ENTER_ON_SCREEN = "enter-on-screen", _("If the screen asks for a code")
    SOFT_RESET = "soft-reset", _("Black or frozen? Restart it")


class Answer(models.TextChoices):
    """The answers to "Did it work?" after a procedure."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class SerialFrom(models.TextChoices):
    """Where a driver read the serial."""

    DISPLAY = "display", _("On the display")
    LABEL = "label", _("On the label")
    NEITHER = "neither", _("Neither")
