"""The closed lists that rows choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How sure we are of a claim (content.md)."""

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
    """Whether a radio asks for a code after it lost its power."""

    YES = "yes", _("Yes")
    USUALLY_NOT = "usually-not", _("Usually not")
    NO = "no", _("No")


class Controls(models.TextChoices):
    """How a radio is worked, which decides how its code is entered."""

    BUTTONS = "buttons", _("Preset buttons 1 to 6")
    MENU = "menu", _("A screen worked by buttons")
    TOUCHSCREEN = "touchscreen", _("Touchscreen")


class Faceplate(models.TextChoices):
    """Which front the drawing shows."""

    CASSETTE = "cassette", _("Cassette slot and preset buttons")
    CD = "cd", _("CD slot and preset buttons")
    SONY = "sony", _("Sony front: CD slot, round volume knob")
    NAVIGATION = "navigation", _("Map screen between buttons")
    MENU = "menu", _("Separate display, phone-like buttons")
    TOUCHSCREEN = "touchscreen", _("Touchscreen")


class CarDrawing(models.TextChoices):
    """Which car the drawing shows: a symbol in static/img/cars.svg."""

    MK1 = "mk1", "Mk1"
    MK1_FACELIFT = "mk1-facelift", _("Mk1 facelift")
    MK2 = "mk2", "Mk2"
    MK2_FACELIFT = "mk2-facelift", _("Mk2 facelift")
    MK3 = "mk3", "Mk3"
    MK3_FACELIFT = "mk3-facelift", _("Mk3 facelift")
    MK4 = "mk4", "Mk4"
    MK4_FACELIFT = "mk4-facelift", _("Mk4 facelift")


class Section(models.TextChoices):
    """The parts of a guide, in the order a driver meets them. The values are the anchors on the page."""

    NEEDED = "needed", _("Is a code needed?")
    SERIAL = "serial", _("Read the serial")
    CHECK = "check", _("Check the serial")
    CODE = "code", _("Get the code")
    ENTER = "enter", _("Enter the code")
    MESSAGES = "messages", _("What the radio shows")
    FUSES = "fuses", _("Fuses")


class Task(models.TextChoices):
    """What a procedure is for."""

    READ_SERIAL = "read-serial", _("Read the serial on the display")
    FIND_LABEL = "find-label", _("Find the label")
    ENTER_CODE = "enter-code", _("Enter the code")
    ENTER_ON_SCREEN = "enter-on-screen", _("Enter the code on the screen")
    SOFT_RESET = "soft-reset", _("Restart the screen")
