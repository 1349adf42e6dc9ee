"""Reads what a person types or pastes about a car radio and says what it is and what is in it.

One pure function, ``read``: text in, ``Reading`` out. No Django, no database, no words for people: the site
brings its own messages, names and phrases in a ``Vocabulary``, and templates turn a ``Reading`` into sentences.

    kinds        what a text can be, and what leads
    reading      what was read, as plain data
    vocabulary   the site's own words, as plain data
    tidy         a line -> the forms that rules and names look at
    rules        what each line is: one ordered table of regular expressions, shared with JavaScript
    plates, vin  the months that a UK plate and a VIN of Ford of Europe tell
    generations  which Focus is still possible
    spelling     spellings -> expressions
    names        what is known by its form or its name
    display      when a word is what the display shows
    topics       what people ask about
    knowledge    all of this and the vocabulary, ready to match
    sentence     one sentence -> what is in it
    line         one line -> reading
    text         the whole text, one line or many -> reading
    edit         takes out of a text what was read in it, and adds lines
    data         the knowledge as plain data, for the same reader in the browser
"""

from .data import data
from .display import EVERYDAY
from .edit import changed
from .kinds import Kind, Severity, Tidy
from .reading import Found, Line, Months, Reading, Swap, Topic
from .spelling import match_key
from .text import MAX_LENGTH, read
from .vocabulary import Generation, Message, Overlap, Phrases, Vocabulary

__all__ = [
    "EVERYDAY",
    "MAX_LENGTH",
    "Found",
    "Generation",
    "Kind",
    "Line",
    "Message",
    "Months",
    "Overlap",
    "Phrases",
    "Reading",
    "Severity",
    "Swap",
    "Tidy",
    "Topic",
    "Vocabulary",
    "changed",
    "data",
    "match_key",
    "read",
]
