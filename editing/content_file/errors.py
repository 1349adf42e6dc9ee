"""The error for a content file that is refused, in one line."""

import sys

from django.utils.translation import gettext

MAX_LENGTH = 280  # characters


class ContentFileError(Exception):
    """The file cannot be imported; the message says where and why, in one line for a person."""

    def __init__(self, reason: object, line: int | None = None) -> None:
        words = short(" ".join(str(reason).split()), most=sys.maxsize)
        if len(words) > MAX_LENGTH:  # what was wrong may be quoted at the start, and why stands at the end
            words = f"{words[: MAX_LENGTH // 2]}…{words[-MAX_LENGTH // 2 :]}"
        super().__init__(gettext("line %(line)d: %(words)s") % {"line": line, "words": words} if line else words)


def short(text: str, most: int = 60) -> str:
    """A text that may be anything, fit to stand in one line on a terminal."""
    safe = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
    return safe if len(safe) <= most else f"{safe[: most - 1]}…"
