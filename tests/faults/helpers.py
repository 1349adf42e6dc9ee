"""A site that is started and watched, for tests of faults."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.site import Site, until

from .editor import Editor
from .load import MESSAGE, READER, Request, Visitor

#: Leaves one guide and one message, whose pages are soon made.
UNPUBLISH = """
from editing.history.record import recorded
from guides.models import ErrorMessage, Fitment, Procedure, RadioUnit
with recorded(None):
    ErrorMessage.objects.exclude(slug="wait").update(is_published=False)
    Procedure.objects.exclude(slug="serial-on-display").update(is_published=False)
    Fitment.objects.exclude(generation__slug="mk2", radio__slug="6000-cd").update(is_published=False)
    RadioUnit.objects.exclude(slug="6000-cd").update(is_published=False)
"""


@contextmanager
def running(site: Site, status: int = 200) -> Iterator[Site]:
    site.start(workers=2, status=status)
    try:
        yield site
    finally:
        site.stop()


def workers(site: Site) -> list[int]:
    """Their process ids. Granian has other children too, and one may end while it is looked at."""
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()
    found = []
    for pid in children:
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(int(pid))
    return found


def get(site: Site, path: str) -> str:
    with closing(Visitor(site.address)) as visitor:
        return visitor.ask(Request(path)).text


def is_public(site: Site, words: str) -> bool:
    """Whether every worker shows it: a new connection goes to any of them."""
    return all(words in get(site, MESSAGE) for _ in range(8))


def saves(site: Site, editor: Editor, meaning: str) -> None:
    """Save, and wait until it is public."""
    until(lambda: editor.save(meaning).status == 302)
    until(lambda: is_public(site, meaning))


def read_in_all_workers(site: Site) -> None:
    """Make each worker read a text once, after which it can do so without a database."""
    for _ in range(20):
        with closing(Visitor(site.address)) as visitor:
            assert visitor.ask(READER).status == 200
