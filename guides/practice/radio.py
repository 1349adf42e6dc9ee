"""A practice radio made from rows: their keys, screens and messages become the habits of guides/practice.py."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from guides.drawings import segments
from guides.drawings.faceplates import LAYOUTS, WIDTH, Rect
from guides.models import ErrorMessage, RadioUnit
from guides.reader import Kind, read

from .screens import CODE, DIGIT_KEYS, EMPTY, START, Habits, Screen, Scroll, Still, screens, still

#: Which message tells of a wrong code, of the wait after it, and of the lock: the first that the radio shows.
REFUSED = ("err", "fail")
WAIT = ("wait",)
LOCKED = ("locked10", "locked")

#: What the note beside the radio says of what ran past; other kinds are no serial either.
NOTE_OF = {
    Kind.SERIAL: "serial",
    Kind.SERIAL_IN_TEXT: "serial",
    Kind.SOFTWARE_DATA: "software-data",
    Kind.NOT_SHOWN: "not-shown",
}
#: The radio's own notes; each message is one more, by its slug.
NOTES = (
    *("ready", "dialling", "gaps", "plays", "playing", "no-tries", "holding", "held", "short", "deaf", "other"),
    *("serial", "software-data", "not-shown", "no-serial"),
)


@dataclass(frozen=True)
class Practice:
    """The practice radio of one unit. Messages are those that the unit shows."""

    radio: RadioUnit
    messages: tuple[ErrorMessage, ...]

    @cached_property
    def screens(self) -> dict[str, Screen]:
        return screens(
            Habits(
                scrolls=tuple(self._scrolls()),
                tries=self.radio.tries,
                free_tries=self.radio.free_tries,
                refused=self._first(REFUSED, counted=True),
                wait=self._first(WAIT),
                locked=self._first(LOCKED),
            )
        )

    @property
    def confirm_keys(self) -> tuple[str, ...]:
        return tuple("+".join(press) for press in self.radio.confirm_presses)

    @property
    def holds(self) -> tuple[str, ...]:
        """The choices of keys that show something when they are held."""
        return tuple(self.screens[START].held)

    @property
    def reached(self) -> list[ErrorMessage]:
        """The messages that it can come to, each of which explains itself."""
        names = {screen.note for screen in self.screens.values()}
        return [message for message in self.messages if message.slug in names]

    @property
    def notes(self) -> list[str]:
        return [*NOTES, *(message.slug for message in self.reached)]

    def still(self, name: str, pressed: int) -> Still:
        """The radio at one moment, for those without script. Raises KeyError or ValueError."""
        return still(self.screens, self.confirm_keys, name, pressed)

    @property
    def data(self) -> dict[str, Any]:
        """What static/js/practice.js needs."""
        layout = LAYOUTS[self.radio.faceplate]
        shown = {*CODE, *"0123456789", EMPTY, " ", *(c for screen in self.screens.values() for c in screen.shows)}
        return {
            "start": START,
            "code": CODE,
            "digits": DIGIT_KEYS,
            "empty": EMPTY,
            "confirm": self.confirm_keys,
            "screens": {name: _filled(asdict(screen)) for name, screen in self.screens.items()},
            "keys": [[key.name, *_percent(key.rect.ring, layout.height)] for key in layout.keys],
            "line": segments.START,
            "glyphs": segments.glyphs(sorted(shown)),
            "words": {
                "empty": _("empty"),
                "hold": _("Hold KEYS"),
                "again": _("Start again"),
                "moment": _("A moment later"),
                "wait": _("%(minutes)s minutes later, radio left on") % {"minutes": self.radio.wait_minutes},
                "press": _("Button KEY: one press. Then the display must show SHOWS"),
                "presses": _("Button KEY: TIMES presses. Then the display must show SHOWS"),
                "confirm": _("All four places show SHOWS. Compare them once more, then press KEY."),
            },
            "coach": {
                "plays": _("That was all of it. Take the list below to your own radio."),
                "locked": _("Locked: press Start again. Your digits stay."),
                "other": _("Wait until CODE is back."),
            },
        }

    def _scrolls(self) -> Iterable[Scroll]:
        for keys, lines in zip(self.radio.serial_presses, self.radio.scrolls, strict=False):
            yield Scroll(keys, tuple((line, NOTE_OF.get(read(line).kind, "no-serial")) for line in lines))

    def _first(self, slugs: Iterable[str], *, counted: bool = False) -> tuple[str, str] | None:
        """The first of these messages that the unit shows: its text, with # for a count if it has one, and its note."""
        shown = {message.slug: message for message in self.messages}
        message = next((shown[slug] for slug in slugs if slug in shown), None)
        if not message:
            return None
        spellings = (spelling for spelling in message.spellings if counted and spelling.count("#") == 1)
        return next(spellings, message.display), message.slug


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name == "wrong"}


def _percent(rect: Rect, height: int) -> list[float]:
    """Left, top, width and height within the drawing."""
    across, down = WIDTH / 100, height / 100
    return [round(part, 2) for part in (rect.x / across, rect.y / down, rect.width / across, rect.height / down)]
