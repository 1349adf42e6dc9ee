"""A site with finished pages on its disk."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site import Site

from .helpers import UNPUBLISH


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and all its pages, for copies."""
    folder = tmp_path_factory.mktemp("prepared")
    site = Site(folder / "db.sqlite3", folder / "pages")
    site.manage("collectstatic", "--noinput", "-v0")
    site.prepare()
    site.shell(UNPUBLISH)
    site.manage("warm")
    return folder


@pytest.fixture(scope="session")
def new_site(prepared: Path) -> Callable[[Path], Site]:
    """Makes a site in a folder, from what was prepared."""

    def new(folder: Path) -> Site:
        shutil.copytree(prepared / "pages", folder / "pages")
        return Site(Path(shutil.copy(prepared / "db.sqlite3", folder)), folder / "pages")

    return new
