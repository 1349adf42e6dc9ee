"""The figures as a table and as a chart, against what was aimed at."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version

from .servers import ROOT

DOCUMENT = ROOT / "docs/performance.md"
CHART = ROOT / "docs/images/performance.svg"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Result:
    """Answers a second by name of target; of one worker its memory in MB, and seconds from its start to a guide."""

    rates: dict[str, float]
    memory: list[float]
    start: float
    growth: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    what: str
    figure: str
    aim: str
    reached: bool


def _rows(result: Result) -> Iterator[Row]:
    rates = result.rates

    def ratio(what: str, over: str, under: str, least: float, words: str) -> Row:
        found = rates[over] / rates[under]
        return Row(what, f"{found:.2f} × {words}", f"≥ {least}", found >= least)

    yield ratio("guide, warm", "warm", "django", 3, "bare Django")
    yield ratio("guide, warm", "warm", "raw", 0.6, "raw WSGI")
    yield ratio("guide, not modified (304)", "304", "warm", 1, "the warm guide")
    yield ratio("guide behind the shipped nginx", "nginx", "file", 0.7, "nginx with a file")
    cold = rates["django"] / rates["cold"]
    yield Row("guide, rendered: time", f"{cold:.1f} × bare Django", "≤ 20", cold <= 20)
    yield ratio("reader, POST", "reader", "django", 0.3, "bare Django")
    most = result.growth[-1]
    yield ratio(f"guide, warm, {most} × the content", f"warm {most}", "warm 1", 0.9, "that of the content once")
    slower = rates["cold 1"] / rates[f"cold {most}"]
    yield Row(f"guide, rendered, {most} × the content: time", f"{slower:.2f} × that of once", "≤ 1.5", slower <= 1.5)
    memory = max(result.memory)
    yield Row("memory of a worker", f"{memory:.0f} MB", "< 90 MB", memory < 90)
    yield Row("from start to the first guide", f"{result.start:.1f} s", "< 2 s", result.start < 2)


NAMES = {
    "raw": "raw WSGI hello",
    "django": "bare Django hello",
    "warm": "guide, warm",
    "brotli": "guide, warm, Brotli",
    "304": "guide, 304",
    "cold": "guide, rendered",
    "reader": "reader, POST",
    "editing": "guide, while an editor saves each second",
    "file": "nginx, the guide as a file",
    "nginx": "nginx as shipped, the site behind it",
}


def table(result: Result) -> str:
    """In Markdown: what was aimed at, then every rate."""
    lines = ["| what | measured | aim | reached |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {row.what} | {row.figure} | {row.aim} | {'yes' if row.reached else '**no**'} |" for row in _rows(result)
    ]
    lines += ["", "| | answers a second |", "| --- | ---: |"]
    rates = {NAMES.get(name, ""): rate for name, rate in result.rates.items()}
    lines += [f"| {name} | {rate:,.0f} |" for name, rate in rates.items() if name]
    for what in ("warm", "cold"):
        figures = ", ".join(f"{times} × {result.rates[f'{what} {times}']:,.0f}" for times in result.growth)
        lines.append(f"| guide, {'rendered' if what == 'cold' else what}, by times the content | {figures} |")
    return "\n".join([f"{_machine()}\n", *lines])


def _machine() -> str:
    cpu = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())  # noqa: SIM115, PTH123
    software = ", ".join(f"{name} {version(name)}" for name in ("Django", "granian"))
    day = datetime.now(UTC).strftime("%-d %B %Y")
    processor = cpu[1] if cpu else platform.machine()
    return f"{day}, {os.cpu_count()} cores ({processor}), Python {platform.python_version()}, {software}."


def write(result: Result) -> None:
    """Put the table in its place in docs/performance.md, and draw the chart."""
    text = DOCUMENT.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table(result)}\n{END}{after}")
    CHART.write_text(chart(result))


def chart(result: Result) -> str:
    """Bars, longest at the top, that can be read in a light and in a dark page."""
    bars = [(NAMES[name], rate) for name, rate in result.rates.items() if name in NAMES]
    bars.sort(key=lambda bar: -bar[1])
    most, height, left, width = bars[0][1], 30, 300, 420
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 100} {height * len(bars) + 8}" '
        'font-family="sans-serif" font-size="15" role="img" aria-label="Answers a second, on one core">',
        "<style>text{fill:#1b2a33}rect{fill:#2a7a8c}@media(prefers-color-scheme:dark){text{fill:#dce8ee}"
        "rect{fill:#5bb8cc}}</style>",
    ]
    for number, (name, rate) in enumerate(bars):
        y = number * height + 6
        length = max(rate / most * width, 1)
        lines.append(f'<text x="{left - 8}" y="{y + 16}" text-anchor="end">{escape(name)}</text>')
        lines.append(f'<rect x="{left}" y="{y}" width="{length:.0f}" height="22"/>')
        lines.append(f'<text x="{left + length + 6:.0f}" y="{y + 16}">{rate:,.0f}</text>')
    return "\n".join([*lines, "</svg>\n"])
