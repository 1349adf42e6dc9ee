"""The reader's words, as this process last knew them: it goes on with them while the database does not answer."""

from django.db import Error

from guides.reader import Vocabulary

from . import selectors

_known: Vocabulary | None = None


def vocabulary() -> Vocabulary:
    """What the site calls things, as it is stored now or was last. Raises Error if this process never knew it: without
    the words a message would be nothing that we recognise."""
    global _known
    try:
        _known = selectors.vocabulary()
    except Error:
        if not _known:
            raise
    return _known
