"""Drawings: text as a display shows it, and the front of a radio with the keys to press."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from guides.drawings import segments
from guides.drawings.faceplates import Key, Layout, Rect, layout_of
from guides.models import RadioUnit
from guides.models.keys import Press
from guides.practice.radio import Practice
from guides.practice.screens import Snapshot, State

register = template.Library()

#: In units of the drawing.
BASELINE = 6  # from the middle of a key down to the baseline of its text
LINE_HEIGHT = 26  # of text in segments


@dataclass(frozen=True)
class Label:
    """Characters on one line, each with its own x."""

    xs: str
    y: int
    text: str


@dataclass(frozen=True)
class Lit:
    """A text on a display: drawn in segments, or as plain text on a screen, which has no path."""

    path: segments.SegmentPath | None
    box: Rect
    text: str


@register.simple_tag
def lit(text: str) -> SafeString:
    """A text drawn as the radio shows it, with the text itself for screen readers, search and copying.

    A text with a character that the display does not have is not drawn.
    """
    if not all(map(segments.is_known, str(text))):
        return format_html('<span class="display">{}</span>', text)
    drawn = segments.path(str(text))
    return format_html(
        '<span class="display"><svg aria-hidden="true" viewBox="0 0 {} {}"><path d="{}"/></svg><span>{}</span></span>',
        drawn.width,
        drawn.height,
        drawn.d,
        text,
    )


@register.inclusion_tag("drawings/faceplate.html")
def faceplate(
    radio: RadioUnit, text: str | None = None, pressed: Sequence[Any] = (), decorative: bool = False
) -> dict[str, Any]:
    """The front of this radio, with a text on its display (by default its usual one) and keys marked as pressed.

    A page has at most one that is not decorative, because {% faceplate_press %} refers to it by its id.
    """
    layout = layout_of(radio.faceplate)
    shown = layout.shows if text is None else text
    on = _on(layout, pressed)
    return {
        "layout": layout,
        "radio": radio,
        "labels": list(_labels(layout.keys)),
        "name": layout.name.fitted(radio.name),
        "lit": _lit(layout, shown),
        "on": on,
        "alternative": "" if decorative else _front_in_words(radio, shown, pressed if on else ()),
    }


@register.inclusion_tag("drawings/faceplate_press.html")
def faceplate_press(radio: RadioUnit, choices: Sequence[Press] = (), text: str = "") -> dict[str, Any]:
    """The front on this page again, small, with the keys of the first choice pressed and a text on its display.

    It stands beside a text that says the same, so it has no text alternative.
    """
    layout = layout_of(radio.faceplate)
    pressed = choices[0] if choices else ()
    return {
        "layout": layout,
        "lit": _lit(layout, text),
        "on": _on(layout, pressed),
    }


@register.inclusion_tag("drawings/practice_keys.html")
def practice_keys(practice: Practice, snapshot: Snapshot) -> dict[str, Any]:
    """Links over the drawn keys, for browsers without script."""
    layout = layout_of(practice.radio.faceplate)
    links = ((layout.key(name), state) for name, state in snapshot.links.items())
    return {"layout": layout, "keys": [(key, state_url(state)) for key, state in links if key]}


@register.simple_tag
def state_url(state: State | str) -> str:
    """The address, relative to the practice page, of a state or of a screen by its name."""
    screen, presses = (state, 0) if isinstance(state, str) else state
    return "?" + urlencode({"screen": screen} | ({"presses": str(presses)} if presses else {}))


@register.simple_tag
def box(rect: Rect) -> SafeString:
    """The attributes for the position and size of a <rect> or an inner <svg>."""
    return format_html('x="{}" y="{}" width="{}" height="{}"', rect.x, rect.y, rect.width, rect.height)


def _choices(pressed: Sequence[Any]) -> list[Sequence[str]]:
    """The presses to choose from: ("1", "6") is one press, (("OK",), ("*",)) are two."""
    return [pressed] if pressed and isinstance(pressed[0], str) else list(pressed)


def _on(layout: Layout, pressed: Sequence[Any]) -> list[tuple[Key, Label]]:
    """The keys that are pressed, with their labels. Keys that this front does not have are left out."""
    names = dict.fromkeys(name for press in _choices(pressed) for name in press)
    keys = filter(None, map(layout.key, names))
    return [(key, _label([key])) for key in keys]


def _labels(keys: Iterable[Key]) -> Iterator[Label]:
    """The labels of the keys. All single characters on one line share a label."""
    lines: dict[object, list[Key]] = {}
    for key in keys:
        if not key.sign:
            lines.setdefault(key.rect.middle[1] if len(key.name) == 1 else key, []).append(key)
    return map(_label, lines.values())


def _label(keys: Sequence[Key]) -> Label:
    xs = " ".join(str(key.rect.middle[0]) for key in keys)
    return Label(xs, keys[0].rect.middle[1] + BASELINE, "".join(key.name for key in keys))


def _lit(layout: Layout, text: str) -> Lit | None:
    if not text:
        return None
    display = layout.display
    if not layout.segments:
        return Lit(None, display, text)
    above = (display.height - LINE_HEIGHT) // 2
    box = Rect(display.x + 10, display.y + above, display.width - 20, LINE_HEIGHT)
    return Lit(segments.path(text), box, text)


def _front_in_words(radio: RadioUnit, shown: str, pressed: Sequence[Any]) -> str:
    front = radio.get_faceplate_display() or gettext("a plain front, not its own")
    sentences = [gettext("Drawing of the %(radio)s: %(front)s.") % {"radio": radio.name, "front": front}]
    if shown:
        sentences.append(gettext("The display shows %(text)s.") % {"text": shown})
    if pressed:
        sentences.append(gettext("Pressed: %(keys)s.") % {"keys": _keys_in_words(pressed)})
    return " ".join(sentences)


def _keys_in_words(pressed: Sequence[Any]) -> str:
    together = (gettext(" and ").join(press) for press in _choices(pressed))
    return gettext(" or ").join(together)
