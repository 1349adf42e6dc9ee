"""The practice radio: every screen that one radio can show, and which press or which wait leads to which.

Pure: no Django. The page without script links these screens to each other. static/js/machine.js uses the same screens
and adds what a finite set of pages cannot hold: a code that the driver types.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

#: The code of the practice radio. Made up; it has the two digits that people ask about, 0 and 9.
CODE = "4079"
#: The presets that set its digits (B16).
DIGIT_KEYS = ("1", "2", "3", "4")
EMPTY = "–"
#: What an unlocked radio shows.
PLAYING = "FM 98.5"
START = "ready-0"


@dataclass(frozen=True, slots=True)
class Scroll:
    """What holding these keys shows: the screens, each as its text and the name of its note."""

    keys: tuple[str, ...]
    screens: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one radio behaves. A message is its text on the display, with # for a count, and the name of its note."""

    scrolls: tuple[Scroll, ...]
    tries: int
    #: From this wrong code on, each is followed by a wait.
    free_tries: int
    refused: tuple[str, str] | None = None
    wait: tuple[str, str] | None = None
    locked: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What the radio shows, and the names of the screens that follow it."""

    shows: str
    #: The name of the note beside the radio.
    note: str
    #: The number of wrong codes so far.
    wrong: int
    #: The screen that follows by itself.
    then: str = ""
    #: The screens that follow when keys are held, by their keys: "1+6".
    held: dict[str, str] = field(default_factory=dict)
    #: The screens that follow the right code and a wrong one, if this one takes a code.
    right: str = ""
    refused: str = ""


def screens(behaviour: Behaviour) -> dict[str, Screen]:
    """Every screen that this radio can show, by name. All can be reached from START."""
    return {
        **{name: screen for wrong in range(behaviour.tries) for name, screen in _after_wrong_codes(behaviour, wrong)},
        "plays": Screen(PLAYING, "plays", wrong=0),
        "locked": Screen(*(behaviour.locked or ("LOCKED", "no-tries")), wrong=behaviour.tries),
    }


def _after_wrong_codes(behaviour: Behaviour, wrong: int) -> Iterator[tuple[str, Screen]]:
    """The screens after this many wrong codes: CODE, the serial, and the message that the last wrong code brought."""
    ready = f"ready-{wrong}"
    held = {}
    for number, scroll in enumerate((scroll for scroll in behaviour.scrolls if scroll.screens), start=1):
        names = [f"serial-{wrong}-{number}-{screen}" for screen in range(1, len(scroll.screens) + 1)]
        held["+".join(scroll.keys)] = names[0]
        for (shows, note), (name, then) in zip(scroll.screens, pairwise([*names, ready]), strict=True):
            yield name, Screen(shows, note, wrong, then)
    yield ready, Screen("CODE", "ready", wrong, held=held, right="plays", refused=_refused(behaviour, wrong + 1))
    message = _message(behaviour, wrong)
    if wrong and message:
        shows, note = message
        yield f"refused-{wrong}", Screen(shows.replace("#", str(wrong)), note, wrong, then=ready)


def _message(behaviour: Behaviour, wrong: int) -> tuple[str, str] | None:
    """What the display shows after this many wrong codes, before CODE comes back."""
    return (wrong >= behaviour.free_tries and behaviour.wait) or behaviour.refused


def _refused(behaviour: Behaviour, wrong: int) -> str:
    """The name of the screen that follows the wrong code with this number, from 1."""
    if wrong == behaviour.tries:
        return "locked"
    return f"refused-{wrong}" if _message(behaviour, wrong) else f"ready-{wrong}"


def presses_for(digit: str) -> int:
    """How many presses set this digit in an empty place. Zero comes after nine (A15)."""
    return int(digit) or 10


#: How many presses set CODE up to each of its places.
_PRESSES_TO = tuple(sum(map(presses_for, CODE[: place + 1])) for place in range(len(CODE)))
PRESSES = _PRESSES_TO[-1]


def place_of_next(presses: int) -> int:
    """The place, from 0, that the next press changes on the way to CODE; after the last press the last place."""
    return next((place for place, done in enumerate(_PRESSES_TO) if presses < done), len(CODE) - 1)


def digits_after(presses: int) -> tuple[str, ...]:
    """The four places after this many presses on the way to CODE, EMPTY where no digit is set.

    Raises ValueError unless `presses` is 0 to PRESSES. Links lead only to these digits, so that an address never holds
    a driver's own code.
    """
    if not 0 <= presses <= PRESSES:
        raise ValueError(f"0 to {PRESSES} presses, not {presses}")
    place = place_of_next(presses)
    before = _PRESSES_TO[place - 1] if place else 0
    digits = CODE[:place] + (str((presses - before) % 10) if presses > before else "")
    return tuple(digits.ljust(len(CODE), EMPTY))


class State(NamedTuple):
    """The name of a screen and, where it takes a code, the number of presses so far on the way to CODE."""

    screen: str
    presses: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The practice radio in one state, and the states that its links lead to; for browsers without script."""

    screen: Screen
    presses: int
    #: The state after each press, by its keys: "1", "5" or "1+6".
    links: dict[str, State]
    #: The next button that is pressed several times: its key, how often, and the state after that.
    at_once: tuple[str, int, State] | None = None
    #: The state with one press fewer than the right code, which makes a wrong code.
    wrong_code: State | None = None

    @property
    def shows(self) -> str:
        return " ".join(digits_after(self.presses)) if self.presses else self.screen.shows

    @property
    def holding(self) -> list[tuple[str, State]]:
        """The keys that can be held together, and the states that they lead to."""
        return [(keys, state) for keys, state in self.links.items() if "+" in keys]

    @property
    def note(self) -> str:
        return "dialling" if self.presses else self.screen.note


def snapshot(screens: dict[str, Screen], confirm_keys: tuple[str, ...], state: State) -> Snapshot:
    """The radio in this state. Raises KeyError for an unknown screen, ValueError for presses that it does not take."""
    name, presses = state
    screen = screens[name]
    takes_code = bool(screen.refused)
    if presses and not takes_code:
        raise ValueError(f"{name} takes no digits")
    digits = digits_after(presses)
    links = {keys: State(held) for keys, held in screen.held.items()}
    if not takes_code:
        return Snapshot(screen, presses, links)
    if EMPTY not in digits:
        links |= dict.fromkeys(confirm_keys, State(screen.right if presses == PRESSES else screen.refused))
    if presses == PRESSES:
        return Snapshot(screen, presses, links)
    place = place_of_next(presses)
    links[DIGIT_KEYS[place]] = State(name, presses + 1)
    left = _PRESSES_TO[place] - presses
    at_once = (DIGIT_KEYS[place], left, State(name, presses + left)) if left > 1 else None
    return Snapshot(screen, presses, links, at_once, State(name, PRESSES - 1) if presses < PRESSES - 1 else None)
