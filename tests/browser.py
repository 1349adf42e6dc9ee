"""Finds the Chromium that the tests use. Run as a program, it installs one if it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ON_A_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ADVICE = """\
The tests need Chromium, and it is not on this machine.
  Debian, Ubuntu: sudo apt-get install chromium
  macOS:          brew install --cask chromium
Or set CHROMIUM to the path of a Chromium or Chrome."""


def find() -> str | None:
    """The path of a Chromium, or None."""
    candidates = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *ON_A_MAC)
    return next((path for path in candidates if path and Path(path).exists()), None)


def install(*packages: str) -> None:
    """Install Debian packages, as root only. Elsewhere a person has to."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    if not find():
        install("chromium", "fonts-noto-core", "fonts-liberation")
    if not find():
        sys.exit(ADVICE)
