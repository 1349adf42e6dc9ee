"""Draws the PNG files: the icons, and the Open Graph picture of each generation and of the site.

Run it after a change of static/img/icon.svg or cars.svg, of the letters of the display, or of a generation's name,
years or phases in guides/fixtures/cars.yaml; look at the pictures, then commit them with that change:

    .venv/bin/python -m tools.pictures

It needs Chromium (see tests/browser.py) and a plain sans-serif font such as Noto Sans.
"""

import base64
import struct
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from guides.drawings.segments import path as segments
from tests import browser

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "static" / "img"
CARS = ROOT / "guides" / "fixtures" / "cars.yaml"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MAX_COLOURS = 64  # in one picture: enough for flat areas and the soft edges between them

BACKGROUND = "#0b1216"

#: File, side in pixels, share of the side that the icon takes, background. A launcher may cut a maskable icon to a
#: circle of 80 %, and iOS fills transparent areas with black.
ICONS = (
    ("icon-192.png", 192, 1.0, "transparent"),
    ("icon-512.png", 512, 1.0, "transparent"),
    ("icon-maskable-512.png", 512, 0.74, BACKGROUND),
    ("apple-touch-icon.png", 180, 1.0, BACKGROUND),
)

MODEL_NAME = "Ford Focus"
SITE_NAME = "Focus Help"
QUESTION = "Radio shows CODE?"
ANSWER = "Read the serial, get the code, enter it."
STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 1200px; height: 630px; padding: 54px 64px 52px; background: #0b1216; color: #dfe6ea;
       display: grid; grid-template-columns: 564px 1fr; column-gap: 60px; font: 30px/1.35 system-ui, sans-serif }
main { display: flex; flex-direction: column }
svg { display: block; overflow: visible; fill: none; stroke-linecap: round; stroke-linejoin: round }
.display { width: 100%; border-radius: 14px; background: #06283a; padding: 24px 0 }
.display svg { width: 380px; margin: auto }
.unlit { stroke: #0b3a50 }
.lit { stroke: #8be6ff }
h1 { font-size: 68px; line-height: 1.1; letter-spacing: -1px; margin-top: 30px; white-space: nowrap }
.years { font-size: 42px; color: #8be6ff; line-height: 1.25 }
.ask { margin-top: 16px; white-space: nowrap }
.ask b { display: block }
.site { margin-top: auto; display: flex; align-items: center; gap: 14px; font-size: 28px; font-weight: 700 }
.site svg { width: 44px; stroke: none; margin-left: -5px }
.cars { display: grid; align-content: space-between; text-align: center; font-size: 28px; line-height: 1.2 }
.four { grid-template-columns: 1fr 1fr; align-content: space-evenly; column-gap: 30px }
.cars svg { width: 100%; color: #dfe6ea; margin-bottom: 10px }
.two svg { width: 300px; margin-inline: auto }
"""


@dataclass(frozen=True, slots=True)
class Generation:
    """What the picture of a generation shows."""

    slug: str
    name: str
    years: tuple[int, int]
    phases: tuple[tuple[str, str], ...]  # the id of its drawing in cars.svg, and its years as text


def years(row: dict[str, Any]) -> tuple[int, int]:
    """First and last year of a row, both inclusive."""
    return row["first_year"], row["last_year"]


def year_range(first: int, last: int) -> str:
    return f"{first}–{last}"


def generations() -> list[Generation]:
    """The generations of the fixture, in its order."""
    rows = yaml.safe_load(CARS.read_text(encoding="utf-8"))
    phases = [row["fields"] for row in rows if row["model"] == "guides.phase"]
    return [
        Generation(
            row["slug"],
            row["name"],
            years(row),
            tuple(
                (phase["drawing"], year_range(*years(phase)))
                for phase in phases
                if phase["generation"] == [row["slug"]]
            ),
        )
        for row in (row["fields"] for row in rows if row["model"] == "guides.generation")
    ]


def display(text: str) -> str:
    """The display as HTML: lit letters over the unlit bars."""
    lit = segments(text)
    unlit = "".join(f'<path class="unlit" d="{segments(cell * len(text)).d}"/>' for cell in "8*")
    return (
        f'<div class="display"><svg viewBox="0 0 {lit.width} {lit.height}" stroke-width="2">'
        f'<g transform="translate(1) skewX(-6)">{unlit}<path class="lit" d="{lit.d}"/></g></svg></div>'
    )


def card(title: str, span: str, cars: list[tuple[str, str]]) -> str:
    """One Open Graph picture as an HTML page; `cars` holds drawings and their captions."""
    sprite = (IMAGES / "cars.svg").read_text(encoding="utf-8")
    icon = (IMAGES / "icon.svg").read_text(encoding="utf-8")
    drawings = "".join(
        f'<div><svg viewBox="22 6 196 136"><use href="#{drawing}" width="240" height="150"/></svg>'
        f"{escape(caption)}</div>"
        for drawing, caption in cars
    )
    return (
        f"<!doctype html><style>{STYLE}</style>"
        f'<main>{display("CODE")}<h1>{escape(title)}</h1><p class="years">{span}</p>'
        f'<p class="ask"><b>{QUESTION}</b>{ANSWER}</p><p class="site">{icon}{SITE_NAME}</p></main>'
        f'<div class="cars {"two" if len(cars) == 2 else "four"}">{drawings}</div><div hidden>{sprite}</div>'
    )


def cards() -> dict[str, str]:
    """The HTML page of every Open Graph picture, by file name."""
    found = generations()
    span = year_range(found[0].years[0], found[-1].years[1])
    pages = {
        f"og-{one.slug}.png": card(f"{MODEL_NAME} {one.name}", year_range(*one.years), list(one.phases))
        for one in found
    }
    return pages | {"og-site.png": card(MODEL_NAME, span, [(one.phases[0][0], one.name) for one in found])}


def icon_page(side: int, share: float, background: str) -> str:
    """One icon as an HTML page."""
    icon = (IMAGES / "icon.svg").read_text(encoding="utf-8").replace("<svg ", f'<svg width="{side * share}" ', 1)
    return (
        "<!doctype html><style>body { margin: 0; height: 100vh; display: grid; place-items: center; "
        f"background: {background} }}</style>{icon}"
    )


def picture(page: Page, html: str, width: int, height: int) -> bytes:
    """The page as a PNG of that size in pixels."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(html)
    return reduce_colours(page, page.screenshot(omit_background=True), width, height)


def reduce_colours(page: Page, screenshot: bytes, width: int, height: int) -> bytes:
    """The screenshot, a PNG of that size in pixels, with at most MAX_COLOURS colours: a third of the bytes.

    The browser decodes it, in a page without a Content-Security-Policy.
    """
    shot = base64.b64encode(screenshot).decode()
    pixels = page.evaluate(
        """async (shot) => {
            const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + shot)).blob());
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
            canvas.drawImage(bitmap, 0, 0);
            const pixels = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
            return (await new Promise((done) => {
                const reader = new FileReader();
                reader.onload = () => done(reader.result);
                reader.readAsDataURL(new Blob([pixels]));
            })).split(",")[1];
        }""",
        shot,
    )
    return png(base64.b64decode(pixels), width, height)


def png(pixels: bytes, width: int, height: int) -> bytes:
    """A PNG with a palette from RGBA pixels: the commonest colours, and for each other colour the nearest of them."""
    colours = list(zip(*[iter(pixels)] * 4, strict=True))
    counted = Counter(colours).most_common()
    palette = [colour for colour, _ in counted[:MAX_COLOURS]]
    index = {colour: min(range(len(palette)), key=lambda i: distance(palette[i], colour)) for colour, _ in counted}
    flat = bytes(index[colour] for colour in colours)
    rows = b"".join(b"\0" + flat[start : start + width] for start in range(0, len(flat), width))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(part for colour in palette for part in colour[:3])),
            (b"tRNS", bytes(colour[3] for colour in palette)),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
    )


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """The squared distance of two RGBA colours."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def main() -> None:
    chromium = browser.find() or sys.exit(browser.ADVICE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = launched.new_page()
        for name, side, share, background in ICONS:
            (IMAGES / name).write_bytes(picture(page, icon_page(side, share, background), side, side))
        for name, html in cards().items():
            (IMAGES / name).write_bytes(picture(page, html, 1200, 630))
        launched.close()


if __name__ == "__main__":
    main()
