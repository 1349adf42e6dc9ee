"""A PostgreSQL and a Redis to throw away. Run as a program, it installs both where that is possible, and runs a command
beside them if it is given one."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import install

ADVICE = """\
The tests need PostgreSQL 15 or newer and Redis or Valkey, and one of them is not on this machine.
  Debian, Ubuntu: sudo apt-get install postgresql redis-server
  macOS:          brew install postgresql redis"""


def find(*names: str) -> str | None:
    """The path of the first of these programs that is there; Debian keeps PostgreSQL's own away from PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ["PATH"], *map(str, debian)])
    return next(filter(None, (shutil.which(name, path=path) for name in names)), None)


def _program(*names: str) -> str:
    found = find(*names)
    if not found:
        raise LookupError(ADVICE)
    return found


@contextmanager
def _running(command: list[str], ready: Callable[[], bool], user: str | None = None) -> Iterator[None]:
    """The server, from the moment that it answers."""
    server = subprocess.Popen(command, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            if ready():
                break
            time.sleep(0.1)
        else:
            raise TimeoutError(f"{command[0]} did not start")
        yield
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def _folder(user: str | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="focushelp-") as name:
        if user:
            shutil.chown(name, user)
        yield Path(name)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server of our own. It sorts as people do and not by code point, so that tests notice who relies on
    either; and it is in no hurry to write to the disk."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    initdb, postgres, is_ready = map(_program, ("initdb", "postgres", "pg_isready"))
    with _folder(user) as folder:
        icu = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB"]
        command = [initdb, "--pgdata", f"{folder}/data", "--username=focushelp", "--auth=trust", "--no-sync", *icu]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL)
        command = [postgres, "-D", f"{folder}/data", "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        asked = [is_ready, "--quiet", f"--host={folder}"]
        with _running(command, lambda: subprocess.run(asked, check=False).returncode == 0, user):
            yield f"postgresql://focushelp@/postgres?host={folder}"


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a server of our own."""
    with _folder() as folder:
        socket = folder / "socket"
        command = [_program("redis-server", "valkey-server"), "--port", "0", "--unixsocket", str(socket), "--save", ""]
        with _running(command, socket.exists):
            yield f"unix://{socket}"


if __name__ == "__main__":
    if not (find("postgres") and find("redis-server", "valkey-server")):
        install("postgresql", "redis-server")
    if not (find("postgres") and find("redis-server", "valkey-server")):
        sys.exit(ADVICE)
    if command := sys.argv[1:]:
        with postgresql() as database, redis() as cache:
            servers = {"TEST_DATABASE_URL": database, "TEST_CACHE_URL": cache}
            sys.exit(subprocess.run(command, env=os.environ | servers, check=False).returncode)
