"""The fronts of the radios as data: where the display, the keys and the marks are.

Pure: no Django. One template draws every front from this, and the practice radio puts its buttons over the same
rectangles. The drawings show how to recognise a front. They are not to scale, and no maker's drawing was copied.
"""

from collections.abc import Iterator
from dataclasses import dataclass

#: In units of the drawing.
WIDTH = 360  # of every drawing
CHARACTER = 10  # the usual width of a character
NARROW_CHARACTER = 5.5  # of one squeezed as much as can still be read


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, in units of the drawing, from its top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def ring(self) -> "Rect":
        """The rectangle around this one that marks it as pressed. It does not touch the stroke of the next key."""
        return Rect(self.x - 4, self.y - 4, self.width + 8, self.height + 8)

    def holds(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: "Rect") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Key:
    """A key, by its name in rows. It is labelled with its name, or with a sign: strokes relative to its middle."""

    name: str
    rect: Rect
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A text on the front; an empty one is the name of the radio, which has so much room."""

    x: int
    y: int
    anchor: str = "start"
    text: str = ""
    room: int = 88

    def fitted(self, name: str) -> tuple[str, int | None]:
        """The name, cut if it cannot be read in this room, and the width to squeeze it to, if it is too wide."""
        most = int(self.room / NARROW_CHARACTER)
        text = name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
        return text, self.room if len(text) * CHARACTER > self.room else None


@dataclass(frozen=True, slots=True)
class Layout:
    """One front."""

    height: int
    display: Rect
    name: Word
    bodies: tuple[Rect, ...]
    keys: tuple[Key, ...] = ()
    #: Knobs, ring by ring: x, y, radius.
    knobs: tuple[tuple[int, int, int], ...] = ()
    #: A path on the front: slots, arrows, small buttons that no guide mentions.
    lines: str = ""
    #: A lit path on the screen: a map, tiles.
    picture: str = ""
    words: tuple[Word, ...] = ()
    #: Whether the display has a blue tint, by which it is recognised.
    blue: bool = False
    #: Whether the display shows text in segments; otherwise it is a screen.
    segments: bool = True
    #: The text on the display unless a page gives another.
    shows: str = "CODE"

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


def _body(height: int) -> tuple[Rect, ...]:
    return (Rect(2, 2, WIDTH - 4, height - 4),)


def _row(names: str, x: int, y: int, width: int, height: int, gap: int) -> Iterator[Key]:
    for place, name in enumerate(names):
        yield Key(name, Rect(x + place * (width + gap), y, width, height))


def _column(names: str, x: int, y: int, width: int, height: int, gap: int) -> Iterator[Key]:
    for place, name in enumerate(names):
        yield Key(name, Rect(x, y + place * (height + gap), width, height))


#: The row of presets below the display. On a phone each is as wide as a thumb.
_PRESETS = tuple(_row("123456", 19, 98, 46, 40, 9))
_DISPLAY = Rect(92, 43, 176, 42)
_NAME = Word(18, 29)


def _knob(x: int, y: int, radius: int) -> tuple[tuple[int, int, int], ...]:
    return (x, y, radius), (x, y, radius - 7)


#: The knob to the left of the display, the mark on it, and the knob to the right.
_LEFT = _knob(47, 66, 23)
_LEFT_MARK = "M47 55v5"
_RIGHT = _knob(313, 66, 23)

#: A cassette door with two reels, a slot for a disc, and a slot with a strip in front.
_BAND = "M109 15h142q5 0 5 5v8q0 5-5 5h-142q-5 0-5-5v-8q0-5 5-5z"
_DOOR = _BAND + "M114 24h48m36 0h48m-73 0a3 3 0 1 0-6 0 3 3 0 1 0 6 0m20 0a3 3 0 1 0-6 0 3 3 0 1 0 6 0"
_STRIP = _BAND + "M114 24h132"
_SLOT = "M109 20h142q4 0 4 4t-4 4h-142q-4 0-4-4t4-4z"
_EJECT = "M306 24l7-8 7 8zm0 6h14"
#: Arrows on the four sides of the knob to the right.
_ARROWS = "M299 61l-5 5 5 5m28-10l5 5-5 5m-19-19l5-5 5 5m-10 28l5 5 5-5"
_BAR = "q-4 0-4 4t4 4h36q4 0 4-4t-4-4z"

LAYOUTS: dict[str, Layout] = {
    # 4000 RDS
    "cassette": Layout(
        height=152,
        bodies=_body(152),
        display=_DISPLAY,
        keys=_PRESETS,
        knobs=_LEFT,
        lines=_LEFT_MARK + _DOOR + _EJECT + "M290 43h46v18h-46zm0 24h46v18h-46zm23-24v18m0 6v18",
        name=_NAME,
    ),
    # 4500 RDS
    "triple-dash": Layout(
        height=152,
        bodies=_body(152),
        display=_DISPLAY,
        keys=_PRESETS,
        knobs=_LEFT,
        lines=_LEFT_MARK + _DOOR + _EJECT + f"M295 44{_BAR}m0 16{_BAR}m0 16{_BAR}",
        name=_NAME,
    ),
    # 5000 RDS
    "two-knobs": Layout(
        height=152,
        bodies=_body(152),
        display=_DISPLAY,
        keys=_PRESETS,
        knobs=_LEFT + _RIGHT,
        lines=_LEFT_MARK + "M313 55v5" + _DOOR + _EJECT,
        name=_NAME,
    ),
    # 6000 CD
    "cd": Layout(
        height=152,
        bodies=_body(152),
        display=_DISPLAY,
        keys=_PRESETS,
        knobs=(*_LEFT, (313, 66, 25)),
        lines=_LEFT_MARK + _SLOT + _ARROWS,
        name=_NAME,
        words=(Word(342, 29, "end", "Ford"),),
        blue=True,
    ),
    # 6006 CDC
    "changer": Layout(
        height=152,
        bodies=_body(152),
        display=_DISPLAY,
        keys=_PRESETS,
        knobs=(*_LEFT, (313, 66, 25)),
        lines=_LEFT_MARK + _STRIP + _ARROWS + "M298 16v15m6 0v-15m6 0v15m6 0v-15m6 0v15m6 0v-15",
        name=_NAME,
    ),
    # Sony
    "sony": Layout(
        height=158,
        bodies=_body(158),
        display=Rect(84, 36, 192, 42),
        keys=(
            *_row("123", 18, 89, 38, 38, 9),
            *_row("456", 210, 89, 38, 38, 9),
            Key("*", Rect(18, 36, 54, 42)),
            Key("OK", Rect(288, 36, 54, 42)),
        ),
        knobs=_knob(180, 108, 21),
        lines="M180 97v5M90 16h180q4 0 4 4t-4 4h-180q-4 0-4-4t4-4z",
        name=Word(342, 146, "end", room=300),
    ),
    # Sony DAB
    "sony-dab": Layout(
        height=176,
        bodies=_body(176),
        display=Rect(86, 36, 188, 42),
        keys=(
            *_column("123", 18, 16, 54, 38, 9),
            *_column("456", 288, 16, 54, 38, 9),
            Key("*", Rect(90, 104, 50, 38)),
            Key("OK", Rect(220, 104, 50, 38)),
        ),
        knobs=_knob(180, 123, 27),
        lines="M180 108v6M92 16h176q4 0 4 4t-4 4h-176q-4 0-4-4t4-4z",
        name=Word(342, 166, "end", room=300),
    ),
    # TravelPilot
    "navigation": Layout(
        height=196,
        bodies=_body(196),
        display=Rect(78, 16, 204, 126),
        keys=(*_column("123", 18, 14, 48, 38, 9), *_column("456", 294, 14, 48, 38, 9)),
        knobs=_knob(42, 169, 17) + _knob(318, 169, 17),
        lines="M84 152h192q4 0 4 4t-4 4h-192q-4 0-4-4t4-4z",
        picture="M80 113l47-25 42 16 40-44 71 25M127 88l-11-70M169 104l10 36M209 60l15-42M240 71l-15 69"
        "M148 62l11-24 11 24-11-6z",
        name=Word(180, 183, "middle", room=230),
        segments=False,
        shows="",
    ),
    # SYNC 1
    "phone-keys": Layout(
        height=212,
        bodies=(Rect(78, 2, 204, 60), Rect(12, 74, 336, 136)),
        display=Rect(90, 12, 180, 40),
        keys=(
            *_row("123", 26, 88, 36, 23, 6),
            *_row("456", 26, 116, 36, 23, 6),
            *_row("789", 26, 144, 36, 23, 6),
            *_row("*0#", 26, 172, 36, 23, 6),
        ),
        knobs=(*_knob(203, 145, 30), (293, 145, 34), (293, 145, 13)),
        lines="M203 126v7M177 90h146q4 0 4 4t-4 4h-146q-4 0-4-4t4-4zM274 145h-7m45 0h7m-26-19v-7m0 45v7",
        name=Word(293, 199, "middle", room=104),
        shows="SYNC",
    ),
    # SYNC 2
    "corners": Layout(
        height=212,
        bodies=_body(212),
        display=Rect(26, 16, 308, 148),
        knobs=_knob(316, 187, 16),
        lines=f"M122 183{_BAR}m56 0{_BAR}m56 0{_BAR}",
        picture="M180 18v50m0 44v50M28 90h130m44 0h130"
        "M158 90a22 22 0 1 0 44 0 22 22 0 1 0-44 0m12 0l10-9 10 9m-16-3v12h12v-12"
        "M80 37h16q3 0 3 3v30q0 3-3 3h-16q-3 0-3-3v-30q0-3 3-3zm6 30h4M256 72l14-34 14 34-14-8z"
        "M84 138v-26l20-4v26M84 138a5 5 0 1 0-10 0 5 5 0 1 0 10 0m20-4a5 5 0 1 0-10 0 5 5 0 1 0 10 0"
        "M270 108v32m-14-24l28 16m0-16l-28 16",
        name=Word(28, 193),
        segments=False,
        shows="",
    ),
    # SYNC 3
    "tiles": Layout(
        height=212,
        bodies=_body(212),
        display=Rect(26, 16, 308, 144),
        keys=(
            Key("Power", Rect(108, 170, 50, 32), "m-5-5a7 7 0 1 0 10 0m-5-5v8"),
            Key("Seek-down", Rect(168, 170, 50, 32), "m9-6l-6 6 6 6m-9-12l-6 6 6 6m-10-12v12"),
            Key("Seek-up", Rect(228, 170, 50, 32), "m-9-6l6 6-6 6m9-12l6 6-6 6m10-12v12"),
        ),
        knobs=_knob(316, 186, 16),
        picture="M38 28h138v78h-138zM188 28h134v34h-134zM188 72h134v34h-134zM28 118h304"
        "M93 84l14-34 14 34-14-8zM248 52v-14l12-3v14m-12 3a3 3 0 1 0-6 0 3 3 0 1 0 6 0m12-3a3 3 0 1 0-6 0 3 3 0 1 0 6 0"
        "M249 79h12v20h-12z"
        "M42 130h18v18h-18zm52 0h18v18h-18zm52 0h18v18h-18zm52 0h18v18h-18zm52 0h18v18h-18zm52 0h18v18h-18z",
        name=Word(28, 192, room=72),
        segments=False,
        shows="",
    ),
    # SYNC 4
    "wide-screen": Layout(
        height=182,
        bodies=_body(182),
        display=Rect(12, 12, 336, 142),
        picture="M112 14v112M14 126h332M24 26h76v40h-76zM24 76h76v40h-76zM34 42h40m-40 10h26m-26 40h40m-40 10h26"
        "M114 100l68-34 48 18 50-50 66 20M182 66l-14-52M230 84l12 42M264 102l11-26 11 26-11-6z"
        "M28 140h20m118 0h28m118 0h20M156 136l-4 4 4 4m48-8l4 4-4 4",
        name=Word(180, 173, "middle", room=330),
        segments=False,
        shows="",
    ),
}

#: For a radio without a drawing: nothing by which another one is recognised.
PLAIN = Layout(
    height=152,
    bodies=_body(152),
    display=Rect(48, 48, 264, 56),
    name=Word(180, 133, "middle", room=300),
    segments=False,
    shows="",
)


def layout_of(faceplate: str) -> Layout:
    """The front by its name, or the plain one if there is none."""
    return LAYOUTS.get(faceplate, PLAIN)
