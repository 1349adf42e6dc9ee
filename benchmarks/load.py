"""wrk against several addresses in turns: medians of rounds, so that a noisy neighbour hits all of them alike."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

SECONDS = 2
ROUNDS = 5
WARM_UP = 1  # seconds


class LoadError(Exception):
    """An answer was not what it should be: the figures would mean nothing."""


@dataclass(frozen=True)
class Target:
    """One thing to measure, over so many connections. A body makes it a POST; conditional sends the page's own ETag, to
    be answered 304."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    conditional: bool = False
    connections: int = 16

    def all_headers(self) -> dict[str, str]:
        if not self.conditional:
            return self.headers
        with urlopen(Request(self.url, headers=self.headers)) as response:
            return {**self.headers, "If-None-Match": response.headers["ETag"]}

    def script(self) -> str:
        """For wrk, in Lua."""
        headers = {**self.all_headers(), **({"Content-Type": "application/x-www-form-urlencoded"} if self.body else {})}
        lines = [f'wrk.method = "{"POST" if self.body else "GET"}"', f'wrk.body = "{self.body}"' if self.body else ""]
        lines += [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in headers.items()]
        return "\n".join(lines)


def _lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rates(targets: Sequence[Target], cpu: int, rounds: int = ROUNDS, seconds: int = SECONDS) -> dict[str, float]:
    """Answers in a second for each target, as the median of the rounds. Raises LoadError."""
    found: dict[str, list[float]] = {target.name: [] for target in targets}
    with TemporaryDirectory() as folder:
        scripts = {target.name: Path(folder, f"{number}.lua") for number, target in enumerate(targets)}
        for target in targets:
            scripts[target.name].write_text(target.script())
            _wrk(target, scripts[target.name], cpu, WARM_UP)
        for number in range(rounds):
            for target in targets if number % 2 == 0 else reversed(targets):
                found[target.name].append(_wrk(target, scripts[target.name], cpu, seconds))
    return {name: median(each) for name, each in found.items()}


def _wrk(target: Target, script: Path, cpu: int, seconds: int) -> float:
    command = ["taskset", "-c", str(cpu), "wrk", "-t1", f"-c{target.connections}", f"-d{seconds}s", "-s", str(script)]
    said = subprocess.run([*command, target.url], capture_output=True, text=True, check=True).stdout
    if problem := re.search(r"Non-2xx.*|Socket errors.*", said):
        raise LoadError(f"{target.name}: {problem[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    return float(rate[1])
