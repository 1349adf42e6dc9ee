"""The practice radio of a row: its keys, screens and messages become a Behaviour."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from guides.drawings import segments
from guides.drawings.faceplates import LAYOUTS, WIDTH, Rect
from guides.models import ErrorMessage, RadioUnit
from guides.reader import Kind, read

from .screens import CODE, DIGIT_KEYS, EMPTY, START, Behaviour, Screen, Scroll, Snapshot, State, screens, snapshot

#: The messages after a wrong code, for the wait that follows, and when the radio locks. The first that it has is shown.
REFUSED = ("err", "fail")
WAIT = ("wait",)
LOCKED = ("locked10", "locked")

#: The note for each kind of line that scrolls past; lines of other kinds have the note "no-serial".
NOTE_OF = {
    Kind.SERIAL: "serial",
    Kind.SERIAL_IN_TEXT: "serial",
    Kind.SOFTWARE_DATA: "software-data",
    Kind.NOT_SHOWN: "not-shown",
}
#: The notes of templates/guides/_practice_note.html. Each message has one more, named by its slug.
NOTES = (
    *("ready", "dialling", "gaps", "plays", "playing", "no-tries", "holding", "held", "short", "ignored", "other"),
    *("serial", "software-data", "not-shown", "no-serial"),
)


@dataclass(frozen=True)
class Practice:
    """The practice radio of one unit, with the messages that the unit shows."""

    radio: RadioUnit
    messages: tuple[ErrorMessage, ...]

    @cached_property
    def screens(self) -> dict[str, Screen]:
        return screens(
            Behaviour(
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
        """The keys that show something when they are held together: "1+6"."""
        return tuple(self.screens[START].held)

    @property
    def reached(self) -> list[ErrorMessage]:
        """The messages that its screens can show."""
        names = {screen.note for screen in self.screens.values()}
        return [message for message in self.messages if message.slug in names]

    @property
    def notes(self) -> list[str]:
        return [*NOTES, *(message.slug for message in self.reached)]

    def snapshot(self, screen: str, presses: int) -> Snapshot:
        """The radio in one state, for browsers without script. Raises KeyError or ValueError."""
        return snapshot(self.screens, self.confirm_keys, State(screen, presses))

    @property
    def data(self) -> dict[str, Any]:
        """What static/js/practice.js needs. Its words are in the template."""
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
        }

    def _scrolls(self) -> Iterable[Scroll]:
        for keys, lines in zip(self.radio.serial_presses, self.radio.scrolls, strict=False):
            yield Scroll(keys, tuple((line, NOTE_OF.get(read(line).kind, "no-serial")) for line in lines))

    def _first(self, slugs: Iterable[str], *, counted: bool = False) -> tuple[str, str] | None:
        """The first of these messages that the unit shows, as its text and its note.

        If `counted`, the text is the spelling with one # for the count, if there is one.
        """
        shown = {message.slug: message for message in self.messages}
        message = next((shown[slug] for slug in slugs if slug in shown), None)
        if not message:
            return None
        spellings = (spelling for spelling in message.spellings if counted and spelling.count("#") == 1)
        return next(spellings, message.display), message.slug


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name == "wrong"}


def _percent(rect: Rect, height: int) -> list[float]:
    """Left, top, width and height of a rectangle, in per cent of the drawing."""
    across, down = WIDTH / 100, height / 100
    return [round(part, 2) for part in (rect.x / across, rect.y / down, rect.width / across, rect.height / down)]
