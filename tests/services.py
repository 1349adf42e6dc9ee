"""A temporary PostgreSQL and Redis. Run as a program, it installs both if it may, and runs a command beside them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .browser import install

ADVICE = """\
The tests need PostgreSQL 15 or newer and Redis or Valkey, and one of them is not on this machine.
  Debian, Ubuntu: sudo apt-get install postgresql redis-server
  macOS:          brew install postgresql redis"""


def find(*names: str) -> str | None:
    """The path of the first of these programs that is installed. Debian does not put PostgreSQL's on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ["PATH"], *map(str, debian)])
    return next(filter(None, (shutil.which(name, path=path) for name in names)), None)


def _program(*names: str) -> str:
    found = find(*names)
    if not found:
        raise LookupError(ADVICE)
    return found


@dataclass
class Server:
    """A server that can be stopped and started again with its data."""

    url: str
    command: list[str]
    ready: Callable[[], bool]
    user: str | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self.command, user=self.user, stdout=quiet, stderr=quiet)
        for _ in range(150):
            if self.ready():
                return
            time.sleep(0.1)
        raise TimeoutError(f"{self.command[0]} did not start")

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # PostgreSQL ends all connections then
        self._process.wait(30)


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def _folder(user: str | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="focushelp-") as name:
        if user:
            shutil.chown(name, user)
        yield Path(name)


@contextmanager
def postgresql() -> Iterator[Server]:
    """A server with an ICU collation, so that code that relies on an order by code point fails. It does not sync."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    initdb, postgres, is_ready = map(_program, ("initdb", "postgres", "pg_isready"))
    with _folder(user) as folder:
        icu = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB"]
        command = [initdb, "--pgdata", f"{folder}/data", "--username=focushelp", "--auth=trust", "--no-sync", *icu]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL)
        command = [postgres, "-D", f"{folder}/data", "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        ready = [is_ready, "--quiet", f"--host={folder}"]
        url = f"postgresql://focushelp@/postgres?host={folder}"
        with _running(Server(url, command, lambda: subprocess.run(ready, check=False).returncode == 0, user)) as server:
            yield server


@contextmanager
def redis() -> Iterator[Server]:
    with _folder() as folder:
        socket = folder / "socket"
        command = [_program("redis-server", "valkey-server"), "--port", "0", "--unixsocket", str(socket), "--save", ""]
        with _running(Server(f"unix://{socket}", command, socket.exists)) as server:
            yield server


if __name__ == "__main__":
    if not (find("postgres") and find("redis-server", "valkey-server")):
        install("postgresql", "redis-server")
    if not (find("postgres") and find("redis-server", "valkey-server")):
        sys.exit(ADVICE)
    if command := sys.argv[1:]:
        with postgresql() as database, redis() as cache:
            servers = {"TEST_DATABASE_URL": database.url, "TEST_CACHE_URL": cache.url}
            sys.exit(subprocess.run(command, env=os.environ | servers, check=False).returncode)
