"""A real server, as "make run" starts it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe

import pytest

NOTICED = 2  # seconds until a change is public, at most
EDITOR = "made-up-editor"  # name and password of the one account
ROOT = Path(__file__).parents[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _status(port: int) -> int:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
    except OSError:
        return 0


class Site:
    """The site on the production server, with production settings, this database and this folder for its pages."""

    def __init__(self, database: Path, pages: Path) -> None:
        self.database = database
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if name != "DEBUG"} | {
            "SECRET_KEY": token_urlsafe(50),
            "HTTPS": "0",
            "DATABASE_URL": f"sqlite:///{database}",
            "PAGES_PATH": str(pages),
            "DJANGO_SETTINGS_MODULE": "focushelp.settings",
            "DJANGO_SUPERUSER_PASSWORD": EDITOR,
        }

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def shell(self, code: str) -> str:
        """What that prints."""
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def change(self, code: str) -> None:
        """Changes content as an import does, and waits until the servers have noticed."""
        imports = "from editing.history.record import recorded\nfrom guides.models import *"
        self.shell(f"{imports}\nwith recorded(None):\n    {code}")
        time.sleep(NOTICED)

    def start(self, *, status: int = 200, workers: int = 1, **settings: str) -> None:
        """Start it and wait until it says that it is ready, or, with a status of 503, that it is not."""
        serve = [str(ROOT / "deploy/serve"), "--port", str(self.port), "--workers", str(workers)]
        self.server = subprocess.Popen(serve, env=self.environment | settings)
        for _ in range(100):
            if _status(self.port) == status:
                return
            time.sleep(0.2)
        pytest.fail("the site did not start")

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(10)


def prepare(site: Site) -> None:
    """Gives it a database with the starting content and an editor."""
    editor = f"createsuperuser --noinput --username {EDITOR} --email {EDITOR}@example.org"
    for command in ("migrate -v0", "load_content", editor):
        site.manage(*command.split())
