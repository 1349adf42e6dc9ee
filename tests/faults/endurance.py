"""Load for a long time while an editor saves every second: python -m tests.faults.endurance [--minutes 10]

Prints how much was requested and saved and what failed. Exits with status 1 if anything failed.
"""

import argparse
import sys
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer

from tests.site import Site

from .editor import Editor
from .helpers import running
from .load import PAGES, READER, Load

VISITORS = 20
PAUSE = 0.2  # seconds between two requests of a visitor
PAUSE_OF_EDITOR = 1  # seconds between two saves


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.endurance")
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    refused, saves = [], 0
    with TemporaryDirectory(prefix="focushelp-") as name:
        site = Site(Path(name, "db.sqlite3"), Path(name, "pages"))
        site.manage("collectstatic", "--noinput", "-v0")
        site.prepare()
        load = Load(site.address, [*PAGES, READER], VISITORS, PAUSE)
        with running(site), load:
            editor = Editor(site)
            over = Event()
            Timer(minutes * 60, over.set).start()
            while not over.wait(PAUSE_OF_EDITOR):
                saves += 1
                try:
                    answer = editor.save(f"Made up, {saves}.")
                except (OSError, HTTPException) as error:
                    refused.append(f"save {saves}: {error!r}")
                else:
                    if answer.status != 302:
                        refused.append(f"save {saves}: {answer.status}")
    print(f"{load.answered} requests, {saves} saves, {len(refused)} refused")
    print(*refused, sep="\n")
    sys.exit(bool(refused))


if __name__ == "__main__":
    main()
