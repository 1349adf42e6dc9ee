"""The words that the reader recognises, read from the rows."""

from django.db import Error

from guides.models import ErrorMessage, RadioUnit
from guides.reader import Vocabulary

_last_known: Vocabulary | None = None


def stored_vocabulary() -> Vocabulary:
    """Every spelling of every published message, and every name of every published radio."""
    return Vocabulary(
        messages=tuple(
            (spelling, message.slug) for message in ErrorMessage.objects.published() for spelling in message.spellings
        ),
        radios=tuple((name, radio.slug) for radio in RadioUnit.objects.published() for name in radio.names),
    )


def current_vocabulary() -> Vocabulary:
    """The stored vocabulary or, if the database fails, the last one that this process read.

    Raises django.db.Error if it never read one: without it every message would be unknown.
    """
    global _last_known
    try:
        _last_known = stored_vocabulary()
    except Error:
        if not _last_known:
            raise
    return _last_known
