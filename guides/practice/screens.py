"""The practice radio: every screen that one radio can show, and which press or which wait leads to which.

Pure: no Django. The page without script links these screens to each other; static/js/machine.js walks over the same
ones, and adds only what a finite set cannot hold: a code of the driver's own choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

#: The code that the practice radio takes. Made up; it has the two digits that people ask about, a 0 and a 9.
CODE = "4079"
#: The presets that step its digits (B16).
DIGIT_KEYS = ("1", "2", "3", "4")
EMPTY = "–"
#: What it plays when it is unlocked.
PLAYING = "FM 98.5"


@dataclass(frozen=True, slots=True)
class Scroll:
    """What holding these keys shows, screen by screen, each with what it is: the name of a note."""

    keys: tuple[str, ...]
    screens: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """How one radio behaves. A message is a pair: what the display shows (# is the count), and the name of its note."""

    scrolls: tuple[Scroll, ...]
    tries: int
    #: From this wrong code on each is followed by a wait.
    free_tries: int
    refused: tuple[str, str] | None = None
    wait: tuple[str, str] | None = None
    locked: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One state of the radio. The other fields name further screens."""

    shows: str
    #: Which explanation stands beside the radio.
    note: str
    #: Wrong codes so far.
    wrong: int
    #: What it turns into by itself.
    then: str = ""
    #: Where holding keys leads: "1+6" -> screen.
    held: dict[str, str] = field(default_factory=dict)
    #: Where confirming four digits leads, if it takes any.
    right: str = ""
    refused: str = ""


START = "ready-0"


def screens(habits: Habits) -> dict[str, Screen]:
    """Every screen that this radio can show, by name. All can be reached from START."""
    return {
        **{name: screen for wrong in range(habits.tries) for name, screen in _with_tries_left(habits, wrong)},
        "plays": Screen(PLAYING, "plays", wrong=0),
        "locked": Screen(*(habits.locked or ("LOCKED", "no-tries")), wrong=habits.tries),
    }


def _with_tries_left(habits: Habits, wrong: int) -> Iterator[tuple[str, Screen]]:
    """The screens after so many wrong codes: waiting for a code, its serial, and what the last wrong code brought."""
    ready = f"ready-{wrong}"
    held = {}
    for number, scroll in enumerate((scroll for scroll in habits.scrolls if scroll.screens), start=1):
        names = [f"serial-{wrong}-{number}-{screen}" for screen in range(1, len(scroll.screens) + 1)]
        held["+".join(scroll.keys)] = names[0]
        for (shows, note), (name, then) in zip(scroll.screens, pairwise([*names, ready]), strict=True):
            yield name, Screen(shows, note, wrong, then)
    yield ready, Screen("CODE", "ready", wrong, held=held, right="plays", refused=_refused(habits, wrong + 1))
    message = _message(habits, wrong)
    if wrong and message:
        shows, note = message
        yield f"refused-{wrong}", Screen(shows.replace("#", str(wrong)), note, wrong, then=ready)


def _message(habits: Habits, wrong: int) -> tuple[str, str] | None:
    """What the display shows after so many wrong codes, before CODE comes back."""
    return (wrong >= habits.free_tries and habits.wait) or habits.refused


def _refused(habits: Habits, wrong: int) -> str:
    """The screen to which a wrong code leads when it is number so many."""
    if wrong == habits.tries:
        return "locked"
    return f"refused-{wrong}" if _message(habits, wrong) else f"ready-{wrong}"


def presses_for(digit: str) -> int:
    """How often a preset is pressed until its empty place shows this digit: zero comes after nine (A15)."""
    return int(digit) or 10


#: How many presses set the whole of CODE, and after how many each place is done.
_DONE = tuple(sum(map(presses_for, CODE[: place + 1])) for place in range(len(CODE)))
PRESSES = _DONE[-1]


def place(pressed: int) -> int:
    """The place, from 0, which the next press steps on the way to CODE; after the last press the last one."""
    return next((place for place, done in enumerate(_DONE) if pressed < done), len(CODE) - 1)


def set_after(place: int) -> int:
    """How many presses on the way to CODE set everything up to this place."""
    return _DONE[place]


def dialled(pressed: int) -> tuple[str, ...]:
    """The four places after so many presses on the way to CODE, from 0 to PRESSES; EMPTY where none was set.

    Stills know no other way: nobody's own digits can get into their addresses.
    """
    if not 0 <= pressed <= PRESSES:
        raise ValueError(f"0 to {PRESSES} presses, not {pressed}")
    now = place(pressed)
    before = set_after(now - 1) if now else 0
    digits = CODE[:now] + (str((pressed - before) % 10) if pressed > before else "")
    return tuple(digits.ljust(len(CODE), EMPTY))


@dataclass(frozen=True, slots=True)
class Still:
    """The radio at one moment of the rehearsal without script, and the moments to which each press leads.

    A moment is a screen's name and, where the radio takes digits, the presses so far on the way to CODE.
    """

    screen: Screen
    pressed: int
    #: "1", "5" or "1+6" -> moment.
    presses: dict[str, tuple[str, int]]
    #: All presses of one button at once: that button, how many there are, and the moment after them.
    at_once: tuple[str, int, tuple[str, int]] | None = None
    #: One press short of the right code, ready to be sent.
    nearly: tuple[str, int] | None = None

    @property
    def shows(self) -> str:
        return " ".join(dialled(self.pressed)) if self.pressed else self.screen.shows

    @property
    def holding(self) -> list[tuple[str, tuple[str, int]]]:
        """The choices of keys to hold, and where they lead."""
        return [(keys, moment) for keys, moment in self.presses.items() if "+" in keys]

    @property
    def note(self) -> str:
        return "dialling" if self.pressed else self.screen.note


def still(screens: dict[str, Screen], confirm_keys: tuple[str, ...], name: str, pressed: int) -> Still:
    """The radio at this moment. Raises KeyError for an unknown screen, ValueError for presses that it does not take."""
    screen = screens[name]
    takes_digits = bool(screen.refused)
    if pressed and not takes_digits:
        raise ValueError(f"{name} takes no digits")
    digits = dialled(pressed)
    moves = {keys: (held, 0) for keys, held in screen.held.items()}
    if not takes_digits:
        return Still(screen, pressed, moves)
    if EMPTY not in digits:
        moves |= dict.fromkeys(confirm_keys, (screen.right if pressed == PRESSES else screen.refused, 0))
    if pressed == PRESSES:
        return Still(screen, pressed, moves)
    now = place(pressed)
    moves[DIGIT_KEYS[now]] = (name, pressed + 1)
    left = set_after(now) - pressed
    at_once = (DIGIT_KEYS[now], left, (name, pressed + left)) if left > 1 else None
    return Still(screen, pressed, moves, at_once, (name, PRESSES - 1) if pressed < PRESSES - 1 else None)
