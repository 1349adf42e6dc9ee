"""Reads what a person types or pastes from a car radio and says what it is.

One pure function, ``read``: text in, ``Verdict`` out. No Django, no database, no words for people: the site
brings its own messages and radio names in a ``Vocabulary``, and templates turn a ``Kind`` into sentences.

    tidy         a line -> the three forms the rules look at
    rules        what each text is: one ordered table of regular expressions, shared with JavaScript
    vocabulary   the site's messages and radio names -> two regular expressions
    line         one line -> verdict
    reading      the whole text, one line or many -> verdict
    data         all of this as plain data, for the same reader in the browser
"""

from .data import data
from .reading import MAX_LENGTH, read
from .rules import FOCUS_YEARS
from .verdict import Kind, Line, Swap, Tidy, Verdict
from .vocabulary import Vocabulary, match_key

__all__ = [
    "FOCUS_YEARS",
    "MAX_LENGTH",
    "Kind",
    "Line",
    "Swap",
    "Tidy",
    "Verdict",
    "Vocabulary",
    "data",
    "match_key",
    "read",
]
