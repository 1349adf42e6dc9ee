"""The site on the production server, as "make run" starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe

EDITOR = "made-up-editor"  # name and password of the one account
ROOT = Path(__file__).parents[1]
POLL_INTERVAL = 0.2  # seconds
TIMEOUT = 30  # seconds: machines that run tests may be busy
MAX_POLLS = 600


def until(condition: Callable[[], object]) -> None:
    """Poll until the condition holds. Gives up after MAX_POLLS, so that no test hangs for ever."""
    for _ in range(MAX_POLLS):
        if condition():
            return
        time.sleep(POLL_INTERVAL)
    raise AssertionError(f"did not happen in {MAX_POLLS} polls: {condition}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A site with production settings, its own database and its own folder of pages."""

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

    def manage(self, *arguments: str) -> str:
        """Run a management command, which has to succeed. Returns what it prints."""
        command = [sys.executable, "manage.py", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return ran.stdout

    def shell(self, code: str) -> str:
        """Run Python code in the site's shell. Returns what it prints."""
        return self.manage("shell", "-v0", "-c", code)

    def change(self, code: str) -> None:
        """Change content and record it, as an import does. The servers notice within two seconds."""
        imports = "from editing.history.record import recorded\nfrom guides.models import *"
        self.shell(f"{imports}\nwith recorded(None):\n    {code}")

    def prepare(self) -> None:
        """Create the database, with the starting content and an editor."""
        editor = f"createsuperuser --noinput --username {EDITOR} --email {EDITOR}@example.org"
        for command in ("migrate -v0", "load_content", editor):
            self.manage(*command.split())

    def start(self, *, status: int = 200, workers: int = 1, **settings: str) -> None:
        """Start the server and wait until /readyz answers with this status."""
        serve = [str(ROOT / "deploy/serve"), "--port", str(self.port), "--workers", str(workers)]
        self.server = subprocess.Popen(serve, env=self.environment | settings)
        try:
            until(lambda: self.status("/readyz") == status)
        except AssertionError:
            self.stop()
            raise

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(TIMEOUT)

    def status(self, path: str) -> int:
        """The status of the answer; 0 if there is none."""
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)) as connection:
                connection.request("GET", path)
                return connection.getresponse().status
        except OSError:
            return 0
