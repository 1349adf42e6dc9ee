"""The content as one file: what an editor can read and change, and `git diff` can compare.

    format: 1

    generation:

    - slug: mk1
      name: Mk1

Every model is a section, every row is known by its natural key, every row stands in the order of its key. A field that
may be empty and is, is left out. A line of three dots ends the file, so that one that was cut off is recognised.
"""

from .difference import Difference, compare
from .errors import ContentFileError
from .read import ContentFile, load
from .store import apply, export, hold_writers, numbers, rehearsed, stored
from .write import dump

__all__ = [
    "ContentFile",
    "ContentFileError",
    "Difference",
    "apply",
    "compare",
    "dump",
    "export",
    "hold_writers",
    "load",
    "numbers",
    "rehearsed",
    "stored",
]
