"""Contrast of the colours in the stylesheet, by the formula of WCAG 2."""

import re

import pytest

from .site import ROOT

SHEET = (ROOT / "static/css/site.css").read_text()
#: Each token's colour in light and in dark.
TOKENS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", SHEET)}
SEVERITIES = ["go", "wait", "careful", "stop"]
PAIRS = [(text, ground) for text in ("ink", "quiet", "link", *SEVERITIES) for ground in ("paper", "card")]
PAIRS += [(severity, f"{severity}-tint") for severity in SEVERITIES]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    values = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    darker, lighter = sorted((luminance(text), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def test_text_has_ten_to_one_in_light_and_seven_to_one_in_dark() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    contrasts = {
        (text, ground): tuple(map(contrast, TOKENS[text], TOKENS[ground]))  # in light, in dark
        for text, ground in PAIRS
    }
    assert {pair: found for pair, found in contrasts.items() if found[0] < 10 or found[1] < 7} == {}
