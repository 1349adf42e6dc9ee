"""The content as one file that a person can read and change, and `git diff` can compare.

    format: 1

    generation:

    - slug: mk1
      name: Mk1

Every model is a section, every row is known by its natural key, and rows stand in the order of the site. A field that
may be empty and is, is left out. The file ends in a line of three dots, so that one that was cut off is recognised.
"""

from .difference import Difference, compare
from .errors import ContentFileError
from .read import ContentFile, load
from .store import apply, export, lock_content, primary_keys, read_content
from .write import dump

__all__ = [
    "ContentFile",
    "ContentFileError",
    "Difference",
    "apply",
    "compare",
    "dump",
    "export",
    "load",
    "lock_content",
    "primary_keys",
    "read_content",
]
