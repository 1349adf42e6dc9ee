"""Measure everything and print it; with --write, put it into docs/performance.md with its chart.

python -m benchmarks [--quick] [--write]
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from focushelp.page_store.disk import Disk
from tests.browser import install

from . import load, report, servers
from .load import Target

GUIDE = "/focus/mk2/6000-cd/"
#: No address that the page store knows: Django renders it each time.
COLD = f"{GUIDE}?view=all"
#: For pages that take long: what wrk still waits for at the end of a round does not count, and disturbs the next one.
ONE_AT_A_TIME = 1
#: The servers have the other core.
WRK_CPU = 1
GROWTH = (1, 10, 100, 1000)


@dataclass(frozen=True)
class Site:
    address: str
    process: "subprocess.Popen[bytes]"
    variables: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="short rounds, growth to 10 times only: to try it out")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args()
    if not all(map(shutil.which, ("wrk", "nginx", "taskset"))):
        install("wrk", "nginx", "util-linux")
    with TemporaryDirectory(prefix="focushelp-bench-") as folder:
        result = _measure(Path(folder), GROWTH[:2] if options.quick else GROWTH, 1 if options.quick else load.SECONDS)
    print(report.table(result))
    if options.write:
        report.write(result)


def _measure(folder: Path, growth: tuple[int, ...], seconds: int) -> report.Result:
    rates: dict[str, float] = {}

    def measure(*targets: Target) -> None:
        rates.update(load.rates(targets, WRK_CPU, seconds=seconds))

    with ExitStack() as stack:
        _say("The site, its content rendered once")
        site = stack.enter_context(_site(folder / "1", times=1))
        raw = stack.enter_context(_hello(folder, "raw"))
        django = stack.enter_context(_hello(folder, "bare_django"))
        _say("One server")
        measure(
            Target("raw", f"{raw}/"),
            Target("django", f"{django}/"),
            Target("warm", f"{site.address}{GUIDE}"),
            Target("brotli", f"{site.address}{GUIDE}", {"Accept-Encoding": "br"}),
            Target("304", f"{site.address}{GUIDE}", conditional=True),
            Target("cold", f"{site.address}{COLD}", connections=ONE_AT_A_TIME),
            Target("reader", f"{site.address}/check/", body="text=V123456"),
        )
        memory = servers.memory(site.process)
        _say("nginx in front")
        with urlopen(f"{site.address}{GUIDE}") as response:
            page = response.read()
        file, kept = stack.enter_context(servers.nginx(folder / "nginx", site.address, page, GUIDE))
        measure(Target("file", f"{file}{GUIDE}"), Target("nginx", f"{kept}{GUIDE}"))
        _say("More content")
        sites = {1: site} | {times: stack.enter_context(_site(folder / str(times), times)) for times in growth[1:]}
        measure(*(Target(f"warm {times}", f"{sites[times].address}{GUIDE}") for times in growth))
        measure(
            *(Target(f"cold {times}", f"{sites[times].address}{COLD}", connections=ONE_AT_A_TIME) for times in growth)
        )
        _say("An editor saves each second")  # last, because all pages are made again when the editor has gone
        with _editor(site):
            measure(Target("editing", f"{site.address}{GUIDE}"), Target("editing, hello", f"{raw}/"))
    _say("A worker starts")
    begin = time.monotonic()
    with servers.granian("focushelp.wsgi:application", site.variables, folder / "log", GUIDE):
        start = time.monotonic() - begin
    return report.Result(rates, memory, start, growth)


@contextmanager
def _site(folder: Path, times: int) -> Iterator[Site]:
    """The site as it is shipped, with so many times the starting content. With its own, all pages are made beforehand;
    of more, each is made when it is asked for: to warm thousands would take its time from the measuring."""
    folder.mkdir()
    variables = servers.environment(folder)
    for command in ("migrate -v0", "load_content", "collectstatic --noinput -v0"):
        servers.manage(variables, *command.split())
    if times > 1:
        servers.manage(variables, "shell", "-v0", "-c", f"from benchmarks.content import multiply; multiply({times})")
    else:
        servers.manage(variables, "warm")
    disk = Disk(folder / "pages")
    nobody_warms = disk.writing() if times > 1 else nullcontext()
    server = servers.granian("focushelp.wsgi:application", variables, folder / "log")
    with nobody_warms, server as (address, process):
        servers.wait_for(f"{address}{GUIDE}")
        yield Site(address, process, variables)


@contextmanager
def _hello(folder: Path, name: str) -> Iterator[str]:
    variables = {key: value for key, value in servers.environment(folder).items() if key != "DJANGO_SETTINGS_MODULE"}
    with servers.granian(f"benchmarks.hello:{name}", variables, folder / "log") as (address, _process):
        yield address


@contextmanager
def _editor(site: Site) -> Iterator[None]:
    """Somebody who changes a message once a second, on the core of wrk."""
    command = ["taskset", "-c", str(WRK_CPU), sys.executable, "-m", "benchmarks.editor"]
    process = subprocess.Popen(command, cwd=servers.ROOT, env=site.variables)
    try:
        yield
        if process.poll() is not None:
            raise load.LoadError("the editor stopped")
    finally:
        process.kill()
        process.wait()


def _say(words: str) -> None:
    print(f"{words} …", file=sys.stderr)


main()
