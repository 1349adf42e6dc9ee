"""The folder of finished pages as a crash, a full disk or a person may leave it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from focushelp.page_store.disk import Disk
from focushelp.page_store.page import Page
from tests.site import Site

from .conftest import ready, running, until
from .load import Load

#: Seconds until the pages are looked through, and those that lack are made.
MENDED = 60


def half_written(edition: Path) -> None:
    pages = sorted(edition.glob("*.page"))
    for number, page in enumerate(pages):
        if number % 3 == 0:
            page.write_bytes(page.read_bytes()[: page.stat().st_size // 2])
        elif number % 3 == 1:
            page.write_bytes(b"\xa5" * 3000)
    pages[2].unlink()
    (edition / f"{pages[5].name}.999-999").write_bytes(b"begun by somebody who died")


def emptied(edition: Path) -> None:
    shutil.rmtree(edition)
    edition.mkdir()


def list_garbled(edition: Path) -> None:
    edition.with_name("complete").write_bytes(b"\xff\x00" * 50)


def whole(edition: Path, number: int) -> bool:
    """Whether all pages are there and can be read."""
    pages = list(edition.glob("*.page"))
    try:
        return len([Page.load(page.read_bytes()) for page in pages]) >= number
    except (ValueError, OSError):
        return False


@pytest.mark.parametrize("harm", [half_written, emptied, list_garbled])
def test_a_damaged_folder_is_made_good_while_the_site_serves(
    new_site: Callable[[Path], Site], tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    site = new_site(tmp_path)
    pages = tmp_path / "pages"
    (name,) = Disk(pages).complete()
    number = len(list((pages / name).glob("*.page")))
    harm(pages / name)
    with running(site), Load(site.address) as load:
        assert ready(site)
        until(lambda: whole(pages / name, number) and Disk(pages).complete()[:1] == [name], MENDED)
    assert not load.stale
