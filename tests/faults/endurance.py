"""Load for a long time while an editor saves each second: python -m tests.faults.endurance [--minutes 10]

Prints what was asked, what failed and how long answers took; ends with 1 if anything failed.
"""

import argparse
import sys
import time
from http.client import HTTPException
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.site import Site, prepare

from .conftest import running
from .desk import Editor
from .load import PAGES, READER, Load

VISITORS = 20
#: Each looks at a page for a moment; without it, what is measured is how soon two processors are busy.
PAUSE = 0.2  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.endurance")
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with TemporaryDirectory(prefix="focushelp-") as name:
        site = Site(Path(name, "db.sqlite3"), Path(name, "pages"))
        site.manage("collectstatic", "--noinput", "-v0")
        prepare(site)
        with running(site):
            load = Load(site.address, [*PAGES, READER], VISITORS, PAUSE)
            load.begin()
            saves, refused = _edit(Editor(site), minutes * 60)
            load.end()
    percent = quantiles(load.seconds, n=100)
    print(f"{len(load.seconds)} requests, {len(load.failures)} failed; {saves} saves, {len(refused)} failed")
    print(f"answers: median {percent[49] * 1000:.0f} ms, 99 of 100 within {percent[98] * 1000:.0f} ms")
    print(*load.failures, *refused, sep="\n")
    sys.exit(bool(load.failures or refused))


def _edit(editor: Editor, seconds: float) -> tuple[int, list[str]]:
    """How many saves there were, and those that were not taken."""
    refused = []
    end, saves = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        started = time.monotonic()
        saves += 1
        try:
            answer = editor.save(f"Made up, {saves}.")
        except (OSError, HTTPException) as error:
            refused.append(f"save {saves}: {error!r}")
        else:
            if answer.status != 302:
                refused.append(f"save {saves}: {answer.status}")
        time.sleep(max(0, started + 1 - time.monotonic()))
    return saves, refused


if __name__ == "__main__":
    main()
