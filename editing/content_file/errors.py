"""Why a content file is refused, in one line."""

import sys

from django.utils.translation import gettext

LONGEST = 280


class ContentFileError(Exception):
    """The file cannot be imported; says where and why, in words for a person, and never in more than one line."""

    def __init__(self, reason: object, line: int | None = None) -> None:
        words = short(" ".join(str(reason).split()), most=sys.maxsize)
        if len(words) > LONGEST:  # what was wrong may be quoted at the start, and why stands at the end
            words = f"{words[: LONGEST // 2]}…{words[-LONGEST // 2 :]}"
        super().__init__(gettext("line %(line)d: %(words)s") % {"line": line, "words": words} if line else words)


def short(text: str, most: int = 60) -> str:
    """A text that may be anything, fit to stand in one line on a terminal."""
    safe = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
    return safe if len(safe) <= most else f"{safe[: most - 1]}…"
