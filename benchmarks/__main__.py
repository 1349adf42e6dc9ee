"""Measure everything and print it; with --write, put it into docs/performance.md.

python -m benchmarks [--quick] [--write]

All servers run on one core, and wrk on another. What is compared is measured in turns.
"""

import argparse
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser import install
from tests.site import Site

from . import GUIDE, TEXT

ROOT = Path(__file__).parents[1]
SERVE = ROOT / "deploy/serve"
DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
SERVERS, LOAD = ("taskset", "-c", "0"), ("taskset", "-c", "1")  # their processors
FACTOR = 20  # how much more content

Figures = dict[str, float]


@dataclass(frozen=True)
class Target:
    """What wrk requests, over so many connections."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    connections: int = 16


# ---- Measuring


def measure(folder: Path, rounds: int, seconds: int) -> Figures:
    """Answers a second by name; times in ms of processor, or in s of a clock; memory in MB."""
    found: Figures = {}
    with ExitStack() as stack:

        def rates(**targets: Target) -> None:
            found.update(measure_rates(targets, folder, rounds, seconds))

        say("One process")
        site = new_site(folder / "site")
        found |= {f"{name} in process": each for name, each in json.loads(run_inside(site, "times")).items()}
        begin = time.monotonic()
        server = stack.enter_context(serving(site.address, site.environment))
        found["start"] = time.monotonic() - begin
        raw = stack.enter_context(hello("raw"))
        bare = stack.enter_context(hello("bare_django"))
        guide = f"{site.address}{GUIDE}"
        with urlopen(guide) as response:
            page, etag = response.read(), response.headers["ETag"]
        anew = Target(f"{guide}?view=all", connections=1)  # an address that is not stored; wrk waits for no slow answer
        fragment = Target(f"{site.address}/check/", {"HX-Request": "true"}, TEXT, connections=1)
        say("One server")
        rates(
            raw=Target(f"{raw}/"),
            django=Target(f"{bare}/"),
            warm=Target(guide),
            brotli=Target(guide, {"Accept-Encoding": "br"}),
            unchanged=Target(guide, {"If-None-Match": etag}),
            anew=anew,
            fragment=fragment,
        )
        found["memory"] = resident(server)
        if shutil.which("nginx"):
            say("nginx in front")
            file, kept = stack.enter_context(nginx(folder / "nginx", site.address, page))
            rates(file=Target(f"{file}{GUIDE}"), nginx=Target(f"{kept}{GUIDE}"))
        say(f"{FACTOR} times the content")
        large = new_site(folder / "large")
        run_inside(large, "multiply", str(FACTOR))
        large_server = stack.enter_context(serving(large.address, large.environment))
        rates(warm_once=Target(guide), warm_large=Target(f"{large.address}{GUIDE}"))
        rates(anew_once=anew, anew_large=replace(anew, url=f"{large.address}{GUIDE}?view=all"))
        rates(fragment_once=fragment, fragment_large=replace(fragment, url=f"{large.address}/check/"))
        found["memory, large"] = resident(large_server)
        say("An editor saves each second")
        editor = stack.enter_context(running([*LOAD, *INSIDE, "edit"], site.environment))
        assert editor.stdout
        found["edit"] = max(delay_of_edit(editor.stdout, f"{site.address}/messages/wait/") for _ in range(rounds))
        rates(editing=Target(guide), hello_while_editing=Target(f"{raw}/"))
        assert editor.poll() is None, "the editor stopped"
    return found


def measure_rates(targets: dict[str, Target], folder: Path, rounds: int, seconds: int) -> Figures:
    """Answers a second: the median of rounds, whose order alternates, after one that does not count."""
    scripts = {}
    for name, target in targets.items():
        headers = target.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if target.body else {})
        lines = [f"wrk.headers[{json.dumps(key)}] = {json.dumps(value)}" for key, value in headers.items()]
        lines += [f'wrk.method = "POST"; wrk.body = "{target.body}"'] if target.body else []
        scripts[name] = folder / f"{name}.lua"
        scripts[name].write_text("\n".join(lines))
    found: dict[str, list[float]] = {name: [] for name in targets}
    for number in range(rounds + 1):
        for name in list(targets) if number % 2 else reversed(targets):
            target = targets[name]
            options = ["-t1", f"-c{target.connections}", f"-d{seconds}s", "-s", str(scripts[name])]
            said = subprocess.check_output([*LOAD, "wrk", *options, target.url], text=True)
            if problem := re.search(r"Non-2xx.*|Socket errors.*", said):
                sys.exit(f"{name}: {problem[0]}")
            rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
            assert rate, said
            found[name].append(max(float(rate[1]), 1 / seconds))  # an answer that takes longer counts as one
    return {name: median(each[1:]) for name, each in found.items()}


def delay_of_edit(lines: IO[str], url: str) -> float:
    """Seconds from a save until its words are public, while the page is requested all the time."""
    with ThreadPoolExecutor(1) as pool:
        line = pool.submit(lines.readline)
        while not line.done():
            wait_for(url)
        begin = time.monotonic()
        wait_for(url, line.result().strip())
        return time.monotonic() - begin


def wait_for(url: str, words: str = "") -> None:
    """Until it answers, with these words."""
    for _ in range(1000):
        with suppress(URLError), urlopen(url) as response:
            if words in response.read().decode():
                return
        time.sleep(0.02)
    sys.exit(f"{url} does not answer {words}")


def resident(server: "subprocess.Popen[str]") -> float:
    """The memory of its largest worker, in MB."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) for status in statuses) / 1024


# ---- The servers

INSIDE = (sys.executable, "-m", "benchmarks.inside")


def new_site(folder: Path) -> Site:
    folder.mkdir()
    site = Site(folder / "db.sqlite3", folder / "pages")
    site.manage("collectstatic", "--noinput", "-v0")
    site.prepare()
    return site


def run_inside(site: Site, *arguments: str) -> str:
    return subprocess.check_output([*SERVERS, *INSIDE, *arguments], cwd=ROOT, env=site.environment, text=True)


@contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def serving(
    address: str, environment: dict[str, str], application: str = "focushelp.wsgi:application", path: str = GUIDE
) -> Iterator["subprocess.Popen[str]"]:
    """One worker, started as deploy/serve does; the block begins when it has answered."""
    script = SERVE.read_text().replace("focushelp.wsgi:application", application)
    arguments = ["--port", address.rpartition(":")[2], "--workers", "1"]
    with running([*SERVERS, "sh", "-c", script, str(SERVE), *arguments], environment) as process:
        wait_for(f"{address}{path}")
        yield process


@contextmanager
def hello(name: str) -> Iterator[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    address = f"http://127.0.0.1:{free_port()}"
    with serving(address, environment, f"benchmarks.hello:{name}", "/"):
        yield address


@contextmanager
def nginx(folder: Path, upstream: str, page: bytes) -> Iterator[tuple[str, str]]:
    """The guide as a file, and the site behind the shipped configuration: both on nginx with one worker."""
    file, kept = free_port(), free_port()
    page_file = folder / f"files{GUIDE}index.html"
    page_file.parent.mkdir(parents=True)
    page_file.write_bytes(page)
    cache, site = ((ROOT / "deploy/nginx" / name).read_text() for name in ("cache.conf", "site.conf"))
    configuration = folder / "nginx.conf"
    configuration.write_text(f"""
        {"user root;" if os.geteuid() == 0 else ""}
        worker_processes 1;
        pid {folder}/pid;
        error_log {folder}/error.log;
        events {{ worker_connections 512; }}
        http {{
            include /etc/nginx/mime.types;
            access_log off;
            keepalive_requests 1000000;
            {cache.replace("/var/cache/focus-help", str(folder / "cache"))}
            upstream focushelp {{ server {upstream.removeprefix("http://")}; keepalive 32; keepalive_timeout 8s; }}
            server {{ listen 127.0.0.1:{file}; root {folder}/files; }}
            server {{ listen 127.0.0.1:{kept}; {site} }}
        }}""")
    command = [*SERVERS, "nginx", "-c", str(configuration), "-p", str(folder), "-g", "daemon off;"]
    with running(command, dict(os.environ)):
        addresses = f"http://127.0.0.1:{file}", f"http://127.0.0.1:{kept}"
        for address in addresses:
            wait_for(f"{address}{GUIDE}")
        yield addresses


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# ---- The report


ANSWER = "answer to a text, for htmx"


def aims(found: Figures) -> Iterator[tuple[str, float, str, str, float]]:
    """What is aimed at: its name, the figure, a unit, "≥" or "≤", and the limit."""
    healthz = found["healthz in process"]
    yield "guide made anew", found["anew in process"] / healthz, "× `/healthz` in one process", "≤", 25
    yield ANSWER, found["fragment in process"] / healthz, "× `/healthz` in one process", "≤", 6
    yield "guide made anew, compressed and stored", found["stored in process"], "ms of processor", "≤", 50
    yield "warm guide", found["warm"] / found["django"], "× bare Django", "≥", 3
    yield "warm guide", found["warm"] / found["raw"], "× raw WSGI", "≥", 0.6
    yield "guide, not modified (304)", found["unchanged"] / found["warm"], "× the warm guide", "≥", 1
    if "nginx" in found:
        yield "guide behind the shipped nginx", found["nginx"] / found["file"], "× nginx with a file", "≥", 0.7
    for what, name, most in (("warm guide", "warm", 1.1), ("guide made anew", "anew", 1.5), (ANSWER, "fragment", 1.5)):
        slower = found[f"{name}_once"] / found[f"{name}_large"]
        yield f"{what}, with {FACTOR} times the content", slower, "× the time of once", "≤", most
    yield "memory of a worker", found["memory"], "MB", "≤", 80
    yield f"memory of a worker, with {FACTOR} times the content", found["memory, large"], "MB", "≤", 80
    yield "from the start to the first guide", found["start"], "s", "≤", 1.5
    yield "from a save to the page", found["edit"], "s at most", "≤", 2
    slower = found["editing"] / found["hello_while_editing"] * found["raw"] / found["warm"]
    yield "warm guide while an editor saves each second", slower, "× that without, beside raw WSGI", "≥", 0.9


RATES = {
    "raw": "raw WSGI, “hello”",
    "django": "bare Django view, “hello”",
    "warm": "warm guide",
    "brotli": "warm guide, Brotli",
    "unchanged": "guide, not modified (304)",
    "anew": "guide made anew, one at a time",
    "fragment": f"{ANSWER}, one at a time",
    "file": "nginx, the guide as a file",
    "nginx": "nginx as shipped, the site behind it",
}


def table(found: Figures) -> str:
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    machine = f"{os.cpu_count()} processors ({processor[1] if processor else platform.machine()})"
    software = ", ".join(f"{name} {version(name)}" for name in ("Django", "granian"))
    lines = [f"{datetime.now(UTC):%-d %B %Y}, {machine}, Python {platform.python_version()}, {software}.", ""]
    lines += ["| what | measured | aim | reached |", "| --- | --- | --- | --- |"]
    for what, figure, unit, relation, limit in aims(found):
        reached = figure >= limit if relation == "≥" else figure <= limit
        lines.append(f"| {what} | {figure:.3g} {unit} | {relation} {limit} | {'yes' if reached else '**no**'} |")
    lines += ["", "| | answers a second | × bare Django | × raw WSGI |", "| --- | ---: | ---: | ---: |"]
    for name, words in RATES.items():
        if name in found:
            beside = (f"{found[name] / found[other]:.2g}" for other in ("django", "raw"))
            lines.append(f"| {words} | {found[name]:,.0f} | {' | '.join(beside)} |")
        else:
            lines.append(f"| {words} | nginx is not installed | | |")
    return "\n".join(lines)


def say(words: str) -> None:
    print(f"{words} …", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="one round of a second each: to try it out")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args()
    if not all(map(shutil.which, ("wrk", "nginx"))):
        install("wrk", "nginx")
    if not shutil.which("wrk"):
        sys.exit("This needs wrk. Debian: sudo apt-get install wrk nginx")
    with TemporaryDirectory(prefix="focushelp-bench-") as folder:
        result = table(measure(Path(folder), *((1, 1) if options.quick else (5, 2))))
    print(result)
    if options.write:
        before, after = DOCUMENT.read_text().split(BEGIN)[0], DOCUMENT.read_text().split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}\n{result}\n{END}{after}")


if __name__ == "__main__":
    main()
