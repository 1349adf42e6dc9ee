"""The database and the cache as an operator has them: commands for real, a host that only looks, a cache that is gone.

All of it on the database that the tests run on: SQLite, or the PostgreSQL of tests/services.py.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from focushelp.services import env_cache
from guides.models import Source
from tests.services import redis

ROOT = Path(__file__).parents[2]
#: Changes one fact, as an editor on another host would.
CHANGE = "UPDATE guides_source SET note = 'changed' WHERE slug = (SELECT min(slug) FROM guides_source)"


def _start(url: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url, "SECRET_KEY": "x1y2" * 15, "HTTPS": "0"}
    command = [sys.executable, "manage.py", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment | variables, stdout=pipe, stderr=pipe, text=True)


def manage(url: str, *arguments: str, **variables: str) -> str:
    """What manage.py prints, in production and with this database; it has to succeed."""
    output, errors = (process := _start(url, *arguments, **variables)).communicate(timeout=120)
    assert process.returncode == 0, errors
    return output


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database of its own, set up as docs/deployment.md says."""
    url = os.environ["DATABASE_URL"] or f"sqlite:///{tmp_path_factory.mktemp('database')}/db.sqlite3"
    manage(url, "migrate", "-v0")
    assert "loaded" in manage(url, "load_content")
    return url


@pytest.fixture
def writer(database: str) -> Iterator[Any]:
    """Somebody else on the same database, in the middle of a change."""
    path = database.removeprefix("sqlite:///")
    is_file = path != database
    other = sqlite3.connect(path, isolation_level=None) if is_file else psycopg.connect(database, autocommit=True)
    other.execute("BEGIN IMMEDIATE" if is_file else "BEGIN")
    other.execute(CHANGE)
    yield other
    other.close()


def test_a_database_is_set_up_and_its_content_goes_out_and_in(database: str, tmp_path: Path) -> None:
    file = tmp_path / "content.yaml"
    assert "left alone" in manage(database, "load_content")
    manage(database, "content", "export", str(file))
    assert manage(database, "content", "diff", str(file)) == "No difference.\n"
    file.write_text(file.read_text().replace("\n  read_on: 2026-", "\n  read_on: 2025-"))
    assert "Imported." in manage(database, "content", "import", "--yes", str(file))
    assert manage(database, "content", "export") == file.read_text()
    assert "no issues" in manage(database, "check", "--database", "default")


def test_an_export_waits_for_who_is_writing_and_has_what_was_written(database: str, writer: Any) -> None:
    export = _start(database, "content", "export")
    with pytest.raises(subprocess.TimeoutExpired):
        export.wait(3)
    writer.execute("COMMIT")
    assert "note: changed" in export.communicate(timeout=60)[0]


LOOK = """
from django.db import DatabaseError
from django.test import Client
from guides.models import Source
for path in "/ /focus/mk2/6000-cd/ /about/sources/ /readyz /admin/ /admin/login/ /admin/guides/report/".split():
    print(path, Client().get(path).status_code)
print("answer", Client().post("/check/", {"text": "V123456"}).status_code)
print("sign in", Client().post("/admin/login/", {"username": "a", "password": "b"}).status_code)
print("main host" in Client().get("/admin/").content.decode())
try:
    Source.objects.update(note="written")
except DatabaseError as error:
    print("refused", error)
"""


def test_a_host_that_only_looks_shows_the_site_and_says_that_it_saves_nothing(database: str) -> None:
    said = manage(database, "shell", "-v0", "-c", LOOK, DATABASE_READ_ONLY="1", DEBUG="1", ALLOWED_HOSTS="testserver")
    *rest, refused = said.splitlines()
    assert rest == [
        "/ 200",
        "/focus/mk2/6000-cd/ 200",
        "/about/sources/ 200",
        "/readyz 200",
        "/admin/ 403",
        "/admin/login/ 403",
        "/admin/guides/report/ 403",
        "answer 200",
        "sign in 403",
        "True",
    ]
    assert refused.startswith("refused")
    assert "note: written" not in manage(database, "content", "export", DATABASE_READ_ONLY="1")


def test_a_backup_is_made_and_restored(database: str, tmp_path: Path) -> None:
    wrong_password = "from axes.models import *; AccessAttempt.objects.create(username='anna', failures_since_start=1)"
    manage(database, "shell", "-v0", "-c", wrong_password)
    content = manage(database, "content", "export")
    assert "verified" in manage(database, "backup", str(tmp_path), DEBUG="1")
    (made,) = tmp_path.iterdir()
    lose = "from guides.models import *; ErrorMessage.objects.update(meaning='lost'); Fuse.objects.all().delete()"
    manage(database, "shell", "-v0", "-c", lose)
    assert manage(database, "content", "export") != content
    assert "Restored" in manage(database, "restore", str(made), "--yes", DEBUG="1")
    count = "from axes.models import *; print(AccessAttempt.objects.count())"
    assert manage(database, "shell", "-v0", "-c", count) == "0\n"  # an attempt is in no backup
    assert manage(database, "content", "export") == content
    (kept,) = (path for path in tmp_path.iterdir() if path != made)
    manage(database, "restore", str(kept), "--yes", DEBUG="1")
    assert "lost" in manage(database, "content", "export")
    manage(database, "restore", str(made), "--yes", DEBUG="1")


AT_ONCE = """
from threading import Barrier, Thread
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from accounts import second_factor

User.objects.create_user("anna")
start = Barrier(4)

def set_up():
    request = HttpRequest()
    request.user, request.session = User.objects.get(username="anna"), SessionStore()
    code = totp(second_factor.new_device(request).bin_key)
    start.wait()
    second_factor.set_up(request, f"{code:06}")
    second_factor.new_recovery_codes(request.user)
    connection.close()

threads = [Thread(target=set_up) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(TOTPDevice.objects.count(), StaticDevice.objects.count())
"""


def test_a_second_factor_that_is_set_up_twice_at_once_is_one(database: str) -> None:
    assert manage(database, "shell", "-v0", "-c", AT_ONCE) == "1 1\n"


def test_a_text_sorts_by_its_code_points_in_every_database(db: None) -> None:
    titles = ["Zebra: x", "a lower case", "B-c", "B c", "“quoted”", "École", "b", "Bc"]
    for number, title in enumerate(titles):
        Source.objects.create(slug=f"made-up-{number}", title=title, kind="base", read_on="2026-11-22")
    assert [each.title for each in Source.objects.filter(slug__startswith="made-up")] == sorted(titles)


@pytest.fixture
def use_cache(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Callable[[str], None]:
    def use(url: str) -> None:
        monkeypatch.setenv("CACHE_URL", url)
        settings.CACHES = {"default": env_cache("CACHE_URL")}

    return use


def test_what_was_worked_out_is_kept_in_a_redis_and_pages_do_without_it(
    use_cache: Callable[[str], None], settings: Settings, client: Client, db: None
) -> None:
    settings.OFFLINE = True
    guide = "/focus/mk2/6000-cd/"
    with redis() as server:
        use_cache(server.url)
        there = client.get(f"{guide}pack.json").json()
        assert cache.get(f"weight:{guide}") == there["bytes"]
    assert cache.get(f"weight:{guide}") is None
    assert client.get(f"{guide}pack.json").json() == there


def test_a_cache_that_takes_no_connection_holds_up_no_page(use_cache: Callable[[str], None]) -> None:
    use_cache("redis://127.0.0.1:1/0")
    started = time.monotonic()
    assert cache.get("anything", "nothing") == "nothing"
    assert time.monotonic() - started < 1
