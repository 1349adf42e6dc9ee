"""The servers that are measured: the site as it is shipped, and the two that it is compared with. All on one core."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
#: The servers' core; wrk has the other.
CPU = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Production settings, and a database and a page store of their own in the folder."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "SECRET_KEY_FILE"}}
    return {
        **kept,
        "SECRET_KEY": token_urlsafe(50),
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "focushelp.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "PAGES_PATH": str(folder / "pages"),
        "ALLOWED_HOSTS": "127.0.0.1",
        **more,
    }


def manage(variables: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, check=True)


@contextmanager
def granian(
    application: str, variables: dict[str, str], log: Path, path: str = "/"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of an application on granian, with one worker, and its main process, when that path is answered."""
    port = free_port()
    command = [*_pinned(), sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--log-level",
        "warning",
        application,
    ]
    with _running(command, variables, log) as process:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}{path}")
        yield address, process


@contextmanager
def nginx(folder: Path, upstream: str, page: bytes, path: str) -> Iterator[tuple[str, str]]:
    """The addresses of the page as a file, and of the site behind the shipped configuration; one worker."""
    files, kept = free_port(), free_port()
    shutil.rmtree(folder, ignore_errors=True)
    page_file = folder / "files" / path.strip("/") / "index.html"
    page_file.parent.mkdir(parents=True)
    page_file.write_bytes(page)
    shipped = {name: (ROOT / "deploy/nginx" / name).read_text() for name in ("cache.conf", "site.conf")}
    cache = shipped["cache.conf"].replace("/var/cache/nginx/focus-help", str(folder / "cache"))
    configuration = folder / "nginx.conf"
    configuration.write_text(f"""
        user root;
        worker_processes 1;
        pid {folder}/pid;
        error_log {folder}/error.log;
        events {{ worker_connections 512; }}
        http {{
            include /etc/nginx/mime.types;
            access_log off;
            keepalive_requests 1000000;
            {cache}
            upstream focushelp {{ server {upstream.removeprefix("http://")}; keepalive 32; keepalive_timeout 8s; }}
            server {{ listen 127.0.0.1:{files}; root {folder}/files; }}
            server {{ listen 127.0.0.1:{kept}; {shipped["site.conf"]} }}
        }}""")
    command = [*_pinned(), "nginx", "-c", str(configuration), "-p", str(folder), "-g", "daemon off;"]
    with _running(command, dict(os.environ), folder / "log"):
        addresses = f"http://127.0.0.1:{files}", f"http://127.0.0.1:{kept}"
        for address in addresses:
            wait_for(f"{address}{path}")
        yield addresses


def wait_for(url: str, seconds: float = 30) -> None:
    """Until it answers."""
    begin = time.monotonic()
    while time.monotonic() < begin + seconds:
        try:
            with urlopen(url, timeout=5):
                return
        except URLError:
            time.sleep(0.02)
    raise TimeoutError(url)


def memory(process: subprocess.Popen[bytes]) -> list[float]:
    """What each worker of a server holds for itself and shares, in MB (resident set)."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [_resident(child) for child in children]


def _resident(pid: str) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _pinned() -> list[str]:
    return ["taskset", "-c", str(CPU)]


@contextmanager
def _running(command: list[str], variables: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(15)
