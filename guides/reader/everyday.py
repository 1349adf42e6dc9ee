"""What anybody may type about any radio. A name, a spelling or a phrase that is in it means too much."""

import re
from functools import lru_cache
from string import ascii_lowercase, digits

from .spelling import expression
from .tidy import tidy
from .topics import topics_of
from .vocabulary import Phrases

#: Keys, codes, years, serials and what is nearly one, and the words around them.
TEXTS = (
    *digits,
    *ascii_lowercase,
    "12",
    "1+6",
    "1 and 6",
    "0000",
    "1234",
    "2006",
    "123456",
    "0123456",
    "50701234",
    "V123456",
    "M012345",
    "hello",
    "please help me",
    "i need help",
    "what do i do now",
    "how do i do it",
    "where is it",
    "it is not working",
    "yes",
    "ok",
    "radio",
    "my car radio",
    "the ford radio",
    "cd",
    "cd player",
    "stereo",
    "the display",
    "serial",
    "ford focus",
    "the battery",
    "a button",
)
_SENTENCES = {text: tidy(text).sentence for text in TEXTS}
_ALL = "".join(_SENTENCES.values())


@lru_cache(maxsize=2048)  # every save looks through all names, of which few have changed
def text_with_name(name: str) -> str:
    """The first everyday text that has this name or spelling in it, or ''."""
    found = re.compile(f" {expression([name])}(?= )")
    if not found.search(_ALL):
        return ""
    return next((text for text, sentence in _SENTENCES.items() if found.search(sentence)), "")


@lru_cache(maxsize=2048)
def text_with_phrase(phrase: str) -> str:
    """The first everyday text that has all words of this phrase, or ''."""
    topics = topics_of([Phrases("", "", (phrase,))])
    if not any(topics.find([_ALL])):
        return ""
    return next((text for text, sentence in _SENTENCES.items() if any(topics.find([sentence]))), "")
