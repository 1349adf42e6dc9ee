"""Drawings made from data: lit text as a display shows it, and the front of a radio with the keys to press."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from guides.drawings import segments
from guides.drawings.faceplates import LAYOUTS, Key, Layout, Rect
from guides.models import RadioUnit
from guides.practice.radio import Practice
from guides.practice.screens import Still

register = template.Library()

#: How far a key's text stands below its middle, and how high a line of segments may be inside a display.
BASELINE = 6
LINE_HEIGHT = 26


@dataclass(frozen=True)
class Label:
    """Characters that stand on one line, each at its own x."""

    xs: str
    y: int
    text: str


@dataclass(frozen=True)
class Lit:
    """A text on a display: segments in a box, or plain text on a screen."""

    path: segments.SegmentPath | None
    box: Rect
    text: str


@register.simple_tag
def lit(text: str) -> SafeString:
    """The text as the radio shows it: drawn for the eye, real for screen readers, for search and for copying.

    A text with a character that no such display has is only written.
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
    """The front of this radio, with a text on its display (its usual one unless given) and keys marked as pressed.

    At most one on a page is not decorative: {% faceplate_press %} draws it again by its id.
    """
    layout = LAYOUTS[radio.faceplate]
    shown = layout.shows if text is None else text
    return {
        "layout": layout,
        "radio": radio,
        "labels": list(_labels(layout.keys)),
        "lit": _lit(layout, shown),
        "on": _on(layout, pressed),
        "alternative": "" if decorative else _front_in_words(radio, shown, pressed),
    }


@register.inclusion_tag("drawings/faceplate_press.html")
def faceplate_press(radio: RadioUnit, pressed: Sequence[Any], text: str = "") -> dict[str, Any]:
    """The page's front once more, small, with keys pressed and a text on its display; nothing without keys."""
    layout = LAYOUTS[radio.faceplate]
    return {
        "layout": layout,
        "lit": _lit(layout, text),
        "on": _on(layout, pressed),
        "alternative": _press_in_words(radio, pressed),
    }


@register.inclusion_tag("drawings/practice_keys.html")
def practice_keys(practice: Practice, still: Still) -> dict[str, Any]:
    """Links over the drawn keys, to what each press leads to; for those without script."""
    layout = LAYOUTS[practice.radio.faceplate]
    moments = ((layout.key(name), moment) for name, moment in still.presses.items())
    return {"layout": layout, "keys": [(key, still_url(*moment)) for key, moment in moments if key]}


@register.simple_tag
def still_url(screen: str, pressed: int = 0) -> str:
    """The address, from the page of its radio, of one moment of the rehearsal without script."""
    return "?" + urlencode({"screen": screen} | ({"presses": str(pressed)} if pressed else {}))


@register.simple_tag
def box(rect: Rect) -> SafeString:
    """Where a <rect> or an inner <svg> lies."""
    return format_html('x="{}" y="{}" width="{}" height="{}"', rect.x, rect.y, rect.width, rect.height)


def _choices(pressed: Sequence[Any]) -> list[Sequence[str]]:
    """One press, or several to choose from: ("1", "6") or (("OK",), ("*",))."""
    return [pressed] if pressed and isinstance(pressed[0], str) else list(pressed)


def _on(layout: Layout, pressed: Sequence[Any]) -> list[tuple[Key, Label]]:
    """The keys of this front that are pressed. A key that it does not have is left out."""
    names = dict.fromkeys(name for press in _choices(pressed) for name in press)
    keys = filter(None, map(layout.key, names))
    return [(key, _label([key])) for key in keys]


def _labels(keys: Iterable[Key]) -> Iterator[Label]:
    """What stands on the keys, one piece for all single characters on the same line."""
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
    sentences = [
        gettext("Drawing of the %(radio)s: %(front)s.") % {"radio": radio.name, "front": radio.get_faceplate_display()}
    ]
    if shown:
        sentences.append(gettext("The display shows %(text)s.") % {"text": shown})
    if pressed:
        sentences.append(gettext("Pressed: %(keys)s.") % {"keys": _keys_in_words(pressed)})
    return " ".join(sentences)


def _press_in_words(radio: RadioUnit, pressed: Sequence[Any]) -> str:
    values = {"keys": _keys_in_words(pressed), "radio": radio.name}
    if all(len(press) == 1 for press in _choices(pressed)):
        return gettext("Button %(keys)s on the %(radio)s") % values
    return gettext("Buttons %(keys)s on the %(radio)s") % values


def _keys_in_words(pressed: Sequence[Any]) -> str:
    together = (gettext(" and ").join(press) for press in _choices(pressed))
    return gettext(" or ").join(together)
