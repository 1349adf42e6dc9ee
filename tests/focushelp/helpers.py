"""manage.py as an operator runs it: in a process, with the given environment variables only."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRET = "kZ8-" + "x1y2" * 15 + "qWpLm_3Nv7"


def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    """A command that is running."""
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **variables}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True
    )


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The result of a command, which may fail."""
    process = start(*arguments, **variables)
    output, errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def manage(url: str, *arguments: str, **variables: str) -> str:
    """The output of a command in production on this database; it has to succeed."""
    result = run(*arguments, SECRET_KEY=SECRET, HTTPS="0", DATABASE_URL=url, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout
