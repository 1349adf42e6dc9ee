"""The database and the cache of an operator: commands in their own processes, a read-only host, a dead cache.

On the database and the cache that the tests run on: SQLite and memory, or PostgreSQL and Redis.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from focushelp.services import CACHE_TIMEOUT, env_cache
from guides.models import Source

from .helpers import SECRET, manage, start

#: Changes one fact, as an editor on another host does.
CHANGE = "UPDATE guides_source SET note = 'changed' WHERE slug = (SELECT min(slug) FROM guides_source)"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database that is set up as docs/deployment.md says."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{tmp_path_factory.mktemp('database')}/db.sqlite3"
    manage(url, "migrate", "-v0")
    assert "loaded" in manage(url, "load_content")
    return url


@pytest.fixture
def writer(database: str) -> Iterator[Any]:
    """Another connection in the middle of a change."""
    path = database.removeprefix("sqlite:///")
    is_file = path != database
    other = sqlite3.connect(path, isolation_level=None) if is_file else psycopg.connect(database, autocommit=True)
    other.execute("BEGIN IMMEDIATE" if is_file else "BEGIN")
    other.execute(CHANGE)
    yield other
    other.close()


#: The commands of an operator, one after the other in one process.
ROUND_TRIP = """
from pathlib import Path
from django.core.management import call_command
file = Path("%s")
call_command("load_content")
call_command("content", "export", str(file))
call_command("content", "diff", str(file))
file.write_text(file.read_text().replace("\\n  read_on: 2026-", "\\n  read_on: 2025-"))
call_command("content", "import", "--yes", str(file))
call_command("check", databases=["default"])
call_command("content", "export")
"""


@pytest.mark.services
def test_a_database_is_set_up_and_its_content_exported_and_imported(database: str, tmp_path: Any) -> None:
    file = tmp_path / "content.yaml"
    told, start, rest = manage(database, "shell", "-v0", "-c", ROUND_TRIP % file).partition("# The content")
    assert [words for words in ("left alone", "No difference.", "Imported.", "no issues") if words not in told] == []
    assert start + rest == file.read_text()


@pytest.mark.services
def test_an_export_waits_for_a_writer_and_contains_the_change(database: str, writer: Any) -> None:
    export = start("content", "export", DATABASE_URL=database, SECRET_KEY=SECRET, HTTPS="0")
    with pytest.raises(subprocess.TimeoutExpired):
        export.wait(3)
    writer.execute("COMMIT")
    assert "note: changed" in export.communicate()[0]


READ_ONLY = """
from io import StringIO
from django.core.management import call_command
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
exported = StringIO()
call_command("content", "export", stdout=exported)
print("exported", "note: written" in exported.getvalue(), len(exported.getvalue()) > 100_000)
"""


@pytest.mark.services
def test_a_read_only_host_serves_the_site_and_refuses_the_admin(database: str) -> None:
    output = manage(
        database, "shell", "-v0", "-c", READ_ONLY, DATABASE_READ_ONLY="1", DEBUG="1", ALLOWED_HOSTS="testserver"
    )
    *answers, refused, exported = output.splitlines()
    assert answers == [
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
    assert exported == "exported False True"


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


@pytest.mark.services
def test_a_second_factor_that_is_set_up_several_times_at_once_is_stored_once(database: str) -> None:
    assert manage(database, "shell", "-v0", "-c", AT_ONCE) == "1 1\n"


@pytest.mark.services
def test_texts_are_sorted_by_code_point_in_every_database(db: None) -> None:
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


def post(client: Client, path: str = "/check/", **fields: str) -> int:
    headers = {"Sec-Fetch-Site": "same-origin"}
    return client.post(path, fields, REMOTE_ADDR="192.0.2.7", headers=headers).status_code


@pytest.mark.services
def test_posts_are_counted_in_the_cache(settings: Settings, client: Client, db: None) -> None:
    settings.POSTS_A_MINUTE = 2
    cache.clear()
    assert [post(client, text="V123456") for _ in range(3)] == [200, 200, 429]
    assert client.get("/readyz").status_code == 200


def test_a_dead_cache_fails_no_page_and_is_named(
    use_cache: Callable[[str], None], settings: Settings, client: Client, db: None
) -> None:
    settings.POSTS_A_MINUTE, settings.OFFLINE = 2, True
    use_cache("redis://127.0.0.1:1/0")
    assert {post(client, text="V123456") for _ in range(3)} == {200}
    answer = {"radio": "6000-cd", "car": "mk2", "procedure": "enter-code-buttons", "answer": "yes"}
    assert post(client, "/did-it/", **answer) == 200
    assert client.get("/focus/mk2/6000-cd/pack.json").status_code == 200
    assert client.get("/readyz").content.decode().startswith("cache: it does not answer")


def test_a_cache_that_does_not_answer_is_asked_once_and_not_for_long(
    use_cache: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    timeouts = []

    def connect(connection: Any) -> None:
        timeouts.append((connection.socket_connect_timeout, connection.socket_timeout))
        raise TimeoutError

    monkeypatch.setattr("redis.connection.Connection._connect", connect)
    use_cache("redis://cache.example.org")
    with pytest.raises(Exception, match="Timeout"):
        cache.get("anything")
    assert timeouts == [(CACHE_TIMEOUT, CACHE_TIMEOUT)]
