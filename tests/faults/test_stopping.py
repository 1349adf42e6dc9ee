"""The server ends when it is told to, leaves no worker, and does not start beside another."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.site import ROOT, Site, until

from .helpers import workers

TIMEOUT = 60  # seconds: far more than it takes, as machines that run tests may be busy


@pytest.fixture
def site(new_site: Callable[[Path], Site], tmp_path: Path) -> Iterator[Site]:
    """A site whose server is started in a process group of its own, as a terminal does."""
    site = new_site(tmp_path)
    start(site)
    yield site
    site.server.kill()
    site.server.wait(TIMEOUT)


def start(site: Site) -> None:
    site.server = subprocess.Popen(command(site), env=site.environment, start_new_session=True)
    until(lambda: len(workers(site)) == 2)


def command(site: Site) -> list[str]:
    return [str(ROOT / "deploy/serve"), "--port", str(site.port)]


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def press_ctrl_c(site: Site) -> None:
    os.killpg(site.server.pid, signal.SIGINT)  # a terminal sends it to all processes


def terminate(site: Site) -> None:
    """As systemd does with KillMode=control-group."""
    for pid in [site.server.pid, *workers(site)]:
        os.kill(pid, signal.SIGTERM)


@pytest.mark.parametrize("stop", [press_ctrl_c, terminate])
def test_a_signal_ends_it_while_workers_start_and_when_they_serve(site: Site, stop: Callable[[Site], None]) -> None:
    for is_ready in (False, True):
        if is_ready:
            start(site)
            until(lambda: site.status("/healthz") == 200)
        started = workers(site)
        stop(site)
        site.server.wait(TIMEOUT)
        assert [pid for pid in started if is_alive(pid)] == []


def test_workers_end_when_their_main_process_is_killed(site: Site) -> None:
    until(lambda: site.status("/healthz") == 200)
    started = workers(site)
    site.server.kill()
    until(lambda: not any(map(is_alive, started)))


def test_a_second_start_on_its_port_is_refused(site: Site) -> None:
    """At once, before the workers of the first have bound the port, and later."""
    for _ in range(2):
        second = subprocess.run(
            command(site), env=site.environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        assert second.returncode != 0
        assert second.stderr == f"focushelp: 127.0.0.1, port {site.port} cannot be used: Address already in use.\n"
        until(lambda: site.status("/healthz") == 200)
