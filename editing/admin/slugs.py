"""Slugs for rows that were typed without one."""

from collections.abc import Container
from itertools import count

from django.utils.text import slugify

MAX_LENGTH = 40  # characters, so that an address can be read out


def free_slug(text: str, taken: Container[str]) -> str:
    """The first words of the text as a slug that is not taken: "switch-on", or "switch-on-2". "" if it has no word."""
    words = slugify(text)
    if len(words) > MAX_LENGTH:
        words = words[: MAX_LENGTH + 1].rpartition("-")[0] or words[:MAX_LENGTH]
    if not words:
        return ""
    names = (words if number == 1 else f"{words}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
