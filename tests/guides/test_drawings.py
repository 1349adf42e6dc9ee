"""Text in segments and fronts of radios: the drawing, its text alternative, and its size."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guides.drawings import segments
from guides.drawings.faceplates import CHARACTER, LAYOUTS, PLAIN, Rect
from guides.models import ErrorMessage, Phase, RadioUnit, Step
from guides.models.choices import CarDrawing, Faceplate
from guides.public.selectors import get_guide
from tests.helpers import Page, get_page

LIMIT = 2048  # bytes of one front, before compression
#: Every front, by name. The plain one has none.
FRONTS = {**LAYOUTS, "": PLAIN}
CARS = Path(settings.BASE_DIR, "static", "img", "cars.svg")


def render(tag: str, **values: Any) -> str:
    return Template("{% load drawings %}{% " + tag + " %}").render(Context(values))


def radio(front: str = "cd", name: str = "6000 CD") -> RadioUnit:
    return RadioUnit(name=name, faceplate=front)


def parts(markup: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(markup.strip()).iter(tag))  # noqa: S314 (our own)


# ---- Text in segments


@given(st.text())
def test_any_text_can_be_drawn_with_one_cell_for_each_character(text: str) -> None:
    drawn = segments.path(text)
    assert re.fullmatch(r"M3 2(?:[mhvl]-?\d+(?: \d+|-\d+)?)*", drawn.d)
    assert (drawn.width, drawn.height) == (segments.PITCH * max(len(text), 1), segments.HEIGHT)


@given(st.text(), st.text())
def test_a_character_is_drawn_the_same_everywhere(before: str, after: str) -> None:
    start = segments.path("").d
    assert segments.path(before + after).d == segments.path(before).d + segments.path(after).d.removeprefix(start)


@given(st.text())
def test_a_display_has_only_capitals(text: str) -> None:
    assert segments.path(text.lower()).d == segments.path(text.lower().upper()).d or any(
        len(character.upper()) > 1 or not segments.is_known(character) for character in text.lower()
    )


@pytest.mark.parametrize("text", ["C", "W", "8", "#"])
def test_every_letter_ends_where_the_next_one_starts(text: str) -> None:
    x = y = 0
    for command, numbers in re.findall(r"([mhvl])([-\d ]+)", segments.path(text).d):
        values = [int(number) for number in re.findall(r"-?\d+", numbers)]
        x += values[0] if command != "v" else 0
        y += values[-1] if command != "h" else 0
    assert (x, y) == (segments.PITCH, 0)


@pytest.mark.parametrize("pair", ["0O", "5S"])
def test_some_characters_look_the_same_on_the_radio_and_so_here(pair: str) -> None:
    assert segments.path(pair[0]) == segments.path(pair[1])


@pytest.mark.parametrize("pair", ["1I", "8B", "2Z", "VU", "MN"])
def test_some_characters_look_alike_but_are_not_the_same(pair: str) -> None:
    assert segments.path(pair[0]) != segments.path(pair[1])


def test_accents_are_dropped_and_unknown_characters_are_empty() -> None:
    assert segments.path("é") == segments.path("E")
    assert segments.path("中") == segments.path(" ")
    assert not segments.is_known("中")


def test_no_bar_is_lit_twice() -> None:
    assert [glyph for glyph in segments.GLYPHS.values() if len(set(glyph)) < len(glyph)] == []


@pytest.mark.django_db
def test_everything_that_a_display_shows_in_the_starting_content_can_be_drawn() -> None:
    shown = {message.display for message in ErrorMessage.objects.all()} | {step.display for step in Step.objects.all()}
    shown |= {spelling for message in ErrorMessage.objects.all() for spelling in message.also_shown_as}
    assert {character for text in shown for character in text if not segments.is_known(character)} == set()


def test_lit_text_is_drawn_and_also_there_as_text() -> None:
    page = Page("/", f"<main>{render('lit text', text='CODE')}</main>")
    assert page.main.text == "CODE"
    (svg,) = (element for element in page.elements if element.tag == "svg")
    assert svg.attributes == {"aria-hidden": "true", "viewbox": "0 0 68 24"}


def test_lit_text_is_escaped() -> None:
    assert "<b>" not in render("lit text", text="<b>")
    assert "<b>" not in render("lit text", text="中<b>")


def test_a_text_that_cannot_be_drawn_is_written() -> None:
    assert render("lit text", text="中") == '<span class="display">中</span>'


# ---- Fronts


def test_every_front_that_a_radio_can_have_has_a_layout() -> None:
    assert set(LAYOUTS) == set(Faceplate.values)


def test_keys_and_display_lie_on_the_front_and_never_on_each_other() -> None:
    for name, layout in FRONTS.items():
        pieces: list[Rect] = [layout.display, *(key.rect for key in layout.keys)]
        assert [piece for piece in pieces if not any(body.holds(piece) for body in layout.bodies)] == [], name
        assert [pair for pair in combinations(pieces, 2) if pair[0].overlaps(pair[1])] == [], name
        assert all(Rect(0, 0, 360, layout.height).holds(body) for body in layout.bodies), name
        assert len({key.name for key in layout.keys}) == len(layout.keys), name


def test_the_ring_of_a_pressed_key_stays_off_its_neighbours() -> None:
    for name, layout in FRONTS.items():
        for key, other in combinations(layout.keys, 2):
            assert not key.rect.ring.overlaps(other.rect), (name, key.name, other.name)
        assert all(any(body.holds(key.rect.ring) for body in layout.bodies) for key in layout.keys), name


def test_knobs_lie_on_no_key() -> None:
    for name, layout in FRONTS.items():
        for x, y, radius in layout.knobs:
            box = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
            assert [key.name for key in layout.keys if key.rect.overlaps(box)] == [], name
            assert not layout.display.overlaps(box), name


def test_a_long_name_keeps_to_its_room() -> None:
    for name, layout in FRONTS.items():
        for text in ("SYNC 3", "Touchscreen X", "M" * 40):
            shown, width = layout.name.fitted(text)
            assert (width or len(shown) * CHARACTER) <= layout.name.room, (name, text)
            assert shown == text or shown.endswith("…"), (name, text)
    assert LAYOUTS["wide-screen"].name.fitted("SYNC 4") == ("SYNC 4", None)
    markup = render("faceplate radio", radio=radio("tiles", "Touchscreen X"))
    assert 'textLength="72"' in markup


def presses_of_every_radio() -> Iterator[tuple[RadioUnit, tuple[str, ...]]]:
    for unit in RadioUnit.objects.published():
        yield from ((unit, press) for press in (*unit.serial_presses, *unit.confirm_presses))
        for way in get_guide(unit.slug).procedures:
            items = [*way.notes, *(item for action in way.actions for item in (action, *action.notes))]
            yield from ((unit, press) for item in items for press in item.presses)


@pytest.mark.django_db
def test_every_key_that_the_content_names_is_on_the_front_of_that_radio() -> None:
    found = list(presses_of_every_radio())
    assert len(found) > 30
    assert [
        (unit.slug, key) for unit, press in found for key in press if LAYOUTS[unit.faceplate].key(key) is None
    ] == []


def test_a_front_is_small_and_has_a_text_alternative() -> None:
    for name in FRONTS:
        markup = render("faceplate radio", radio=radio(name))
        (svg,) = parts(markup, "svg")[:1]
        assert len(markup.encode()) <= LIMIT, name
        assert svg.get("role") == "img", name
        assert svg.get("aria-label", "").startswith("Drawing of the 6000 CD: "), name
        assert [group.get("id") for group in parts(markup, "g")] == ["front"], name
        assert "6000 CD" in {text.text for text in parts(markup, "text")}, name


def test_a_decorative_front_has_no_text_alternative_and_no_id() -> None:
    for name in FRONTS:
        markup = render("faceplate radio decorative=True", radio=radio(name))
        svg = parts(markup, "svg")[0]
        assert svg.get("aria-hidden") == "true", name
        assert "aria-label" not in svg.attrib, name
        assert "id=" not in markup, name


def test_the_display_shows_a_given_text() -> None:
    assert segments.path("CODE").d in render("faceplate radio", radio=radio())
    markup = render("faceplate radio text='WAIT'", radio=radio())
    assert segments.path("WAIT").d in markup
    assert "The display shows WAIT." in markup
    dark = render("faceplate radio text=''", radio=radio())
    assert "display shows" not in dark
    assert 'class="bars"' not in dark


def test_a_screen_shows_text_in_letters() -> None:
    markup = render("faceplate radio text='Settings'", radio=radio("corners"))
    assert [text.text for text in parts(markup, "text") if text.get("class") == "says"] == ["Settings"]


@pytest.mark.parametrize(
    ("tag", "pressed", "keys", "words"),
    [
        ("faceplate radio pressed=pressed", ("1", "6"), ["1", "6"], "Pressed: 1 and 6."),
        ("faceplate radio pressed=pressed", (("5",),), ["5"], "Pressed: 5."),
        ("faceplate radio pressed=pressed", (("OK",), ("*",)), ["OK", "*"], "Pressed: OK or *."),
        ("faceplate radio pressed=pressed", (("1", "6"), ("2", "6")), ["1", "6", "2"], "1 and 6 or 2 and 6."),
        ("faceplate_press radio pressed", (("5",),), ["5"], ""),
        ("faceplate_press radio pressed", (("OK",), ("*",)), ["OK"], ""),
        ("faceplate_press radio pressed", (("1", "6"), ("2", "6")), ["1", "6"], ""),
    ],
)
def test_pressed_keys_are_marked_and_named(tag: str, pressed: Any, keys: list[str], words: str) -> None:
    """A press shows the first choice alone, and has no alternative: the text beside it names all."""
    markup = render(tag, radio=radio("sony"), pressed=pressed)
    marked = [group for group in parts(markup, "g") if group.get("class") == "on"]
    assert [group.findtext("text") for group in marked] == keys
    assert words in parts(markup, "svg")[0].get("aria-label", "")


def test_a_key_with_a_sign_keeps_it_when_pressed() -> None:
    markup = render("faceplate_press radio pressed", radio=radio("tiles"), pressed=[("Power", "Seek-up")])
    assert len([group for group in parts(markup, "g") if group.find("path") is not None]) == 2


def test_a_press_refers_to_the_front_in_few_bytes() -> None:
    markup = render("faceplate_press radio pressed", radio=radio(), pressed=[("1", "6")])
    assert [use.get("href") for use in parts(markup, "use")] == ["#front"]
    assert "id=" not in markup
    assert len(markup.encode()) < 500


def test_a_press_can_show_what_the_display_then_shows() -> None:
    markup = render("faceplate_press radio pressed text='4 0 7'", radio=radio(), pressed=[("3",)])
    assert segments.path("4 0 7").d in markup


@pytest.mark.parametrize("pressed", [(), (("7",),)])
def test_a_press_of_no_key_of_this_front_is_the_front_alone(pressed: Any) -> None:
    markup = render("faceplate_press radio pressed", radio=radio(), pressed=pressed)
    assert parts(markup, "g") == []
    assert parts(markup, "use") != []


def test_a_name_with_markup_is_escaped() -> None:
    markup = render("faceplate radio", radio=radio(name='<b> & "C"'), pressed=("1",))
    assert "<b>" not in markup
    assert '<b> & "C"' in parts(markup, "svg")[0].get("aria-label", "")


def test_no_id_is_on_a_page_twice() -> None:
    markup = render("faceplate radio", radio=radio()) + 3 * render(
        "faceplate_press radio pressed", radio=radio(), pressed=[("1",)]
    )
    assert re.findall(r'\bid="([^"]*)"', markup) == ["front"]


# ---- Without a drawing


def test_a_plain_front_shows_a_given_text_and_names_no_key_that_it_has_not() -> None:
    markup = render("faceplate radio text='WAIT' pressed=pressed", radio=radio("", "7000 CD"), pressed=("1", "6"))
    assert parts(markup, "svg")[0].get("aria-label") == (
        "Drawing of the 7000 CD: a plain front, not its own. The display shows WAIT."
    )
    assert {text.text for text in parts(markup, "text")} == {"7000 CD", "WAIT"}


def test_every_car_that_a_phase_can_have_is_drawn_and_a_plain_one() -> None:
    symbols = ElementTree.parse(CARS).getroot().iter("{http://www.w3.org/2000/svg}symbol")  # noqa: S314 (our own)
    assert {symbol.get("id") for symbol in symbols} == {*CarDrawing.values, "plain"}


def cars_and_fronts(markup: str) -> set[str]:
    """The cars that a page shows, and "front" if it shows one with keys."""
    return set(re.findall(r"cars[.\w]*\.svg#([\w-]+)", markup)) | ({"front"} if "<circle" in markup else set())


@pytest.mark.django_db
def test_no_page_shows_the_drawing_of_another_car_or_radio(client: Client) -> None:
    """Mk4 and all radios have no drawing."""
    RadioUnit.objects.update(faceplate="")
    Phase.objects.filter(generation__slug="mk4").update(drawing="")
    others = {drawing for drawing in CarDrawing.values if not drawing.startswith("mk4")}
    shown = {
        "/": others | {"plain"},
        "/focus/mk4/": {"plain", "mk3-facelift"},  # beside a question that tells both apart
        "/focus/mk4/sync-3/": set(),
        "/focus/mk2/6000-cd/": set(),
        "/focus/mk2/6000-cd/?view=sheet": set(),
        "/radios/": set(),
        "/find-my-focus/": others | {"plain"},
    }
    assert {path: cars_and_fronts(get_page(client, path).html) for path in shown} == shown
    answers = {"2018": {"plain", "mk3", "mk3-facelift"}, "mk4": set()}
    answered = {text: client.post("/check/", {"text": text}).content.decode() for text in answers}
    assert {text: cars_and_fronts(markup) for text, markup in answered.items()} == answers
    assert 'class="faceplate"' in answered["mk4"]


@pytest.mark.django_db
def test_a_radio_with_a_plain_front_has_no_practice_radio(client: Client) -> None:
    RadioUnit.objects.filter(slug="6000-cd").update(faceplate="")
    assert client.get("/practice/6000-cd/").status_code == 404
    linked = [
        path for path in ("/radios/", "/focus/mk2/6000-cd/") if "/practice/6000-cd/" in get_page(client, path).html
    ]
    assert linked == []
