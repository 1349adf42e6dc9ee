"""Runs the commands of docs/deployment.md, in order, on a bare Debian 12 with systemd: `make try-install`, as root.

debootstrap makes the system and systemd-nspawn boots it, on the network of this machine, whose ports 80, 443 and 8000
must be free. Of the document only the address of the repository is replaced, by the last commit here; questions on the
terminal are answered. Proxies and certificates for pip are taken from the environment of this command.
"""

import os
import pty
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "deployment.md"
NEEDS = ["debootstrap", "systemd-nspawn", "nsenter", "git"]
PORTS = [80, 443, 8000]
SITE = "focus.example"  # as in the document
UNITS = ["focus-help.service", "focus-help-backup.service", "focus-help-backup.timer"]
PASSWORD = "made-up for this test"
ANSWERS = {"Username": "tester", "Email address": "", "Password": PASSWORD}
PASSED_ON = ["http_proxy", "https_proxy", "no_proxy", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT"]
PAGES = ["/", "/focus/mk2/6000-cd/", "/messages/wait/", "/radios/", "/practice/6000-cd/"]
RESTARTS = 10
POLL_INTERVAL = 0.2  # seconds
MAX_POLLS = 600


def main() -> None:
    missing = [name for name in NEEDS if not shutil.which(name)]
    if missing or os.geteuid():
        sys.exit(f"This needs root, and here also: {' '.join(missing) or 'nothing'}.")
    taken = [port for port in PORTS if not is_free(port)]
    if taken:
        sys.exit(f"These ports of this machine are in use: {taken}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Terminated."))  # so that nothing is left behind
    with tempfile.TemporaryDirectory(prefix="focus-help-") as folder:
        root = Path(folder, "debian")
        say("A bare system")
        make_system(root)
        with booted(root) as inside:
            System(root, inside).try_document()


class System:
    """A booted system, and what is tried on it."""

    def __init__(self, root: Path, inside: list[str]) -> None:
        self.root = root
        self.inside = inside

    def try_document(self) -> None:
        one_host, postgresql = DOCUMENT.read_text().split("\n## PostgreSQL")
        self.run_blocks(one_host)
        self.run("systemd-analyze", "verify", *(f"/etc/systemd/system/{unit}" for unit in UNITS))
        self.check_answers()
        self.check_secrets()
        self.check_restarts()
        self.run_blocks(postgresql)
        self.check_answers()
        self.check_secrets()
        say("All of it works.")

    def run(self, *command: str, given: str = "") -> str:
        done = subprocess.run([*self.inside, *command], input=given, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def run_blocks(self, document: str) -> None:
        """Run the blocks marked as sh in one shell, as somebody would who pastes one after the other."""
        script = self.root / "root" / "blocks"
        blocks = re.findall(r"^```sh\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
        say(f"{len(blocks)} blocks of {DOCUMENT.name}")
        code = "set -euo pipefail -o verbose\n" + "\n".join(blocks)
        script.write_text(re.sub("^REPOSITORY=.*", "REPOSITORY=/root/repository", code, flags=re.MULTILINE))
        status = answer_questions([*self.inside, "bash", "/root/blocks"])
        if status:
            sys.exit(f"The document’s commands ended with status {status}.")

    def check_answers(self) -> None:
        """The site answers by TLS on both address families, redirects http there, and other names get nothing."""
        say("Answers")
        until(lambda: self.ask("127.0.0.1", "GET", "/readyz") == 200)
        challenge = self.root / "var/www/html/.well-known/acme-challenge/test"
        challenge.parent.mkdir(parents=True, exist_ok=True)
        challenge.write_text("certbot")
        for address in ("127.0.0.1", "::1"):
            found = {
                "https /readyz": self.ask(address, "GET", "/readyz"),
                "https /admin/login/": self.ask(address, "GET", "/admin/login/"),
                "https /check/": self.ask(address, "POST", "/check/"),
                "http /": self.ask(address, "GET", "/", tls=False),
                "http challenge": self.ask(address, "GET", "/.well-known/acme-challenge/test", tls=False),
            }
            print(f"  {address}: {found}")
            if list(found.values()) != [200, 200, 200, 301, 200]:
                sys.exit("One of these is wrong.")

    def ask(self, address: str, method: str, path: str, *, tls: bool = True) -> int:
        """The status of an answer; 502 for one of status 503 that does not say when to come again."""
        with socket.create_connection((address, 443 if tls else 80), timeout=30) as plain:
            connection = HTTPConnection(SITE)
            certificate = self.root / "etc/nginx/focus-help/fullchain.pem"
            context = ssl.create_default_context(cafile=str(certificate))
            connection.sock = context.wrap_socket(plain, server_hostname=SITE) if tls else plain
            body = "text=V123456" if method == "POST" else None
            connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            response = connection.getresponse()
            text = response.read().decode()
            connection.close()
        friendly = response.headers["Retry-After"] and "<h1>" in text
        return response.status if response.status != 503 or friendly else 502

    def check_secrets(self) -> None:
        """Another user of the host cannot read a secret, nor any file of the site's user."""
        say("Secrets")
        key = Path(self.root, "var/lib/focus-help/secret_key").read_text().strip()
        private = Path(self.root, "etc/nginx/focus-help/privkey.pem").read_text().splitlines()[1]
        asked = "from django.contrib.auth.models import User; print(User.objects.get().password)"
        password = self.run("/srv/focus-help/deploy/manage", "shell", "--command", asked).splitlines()[-1]
        walk = (Path(__file__).parent / "readable.py").read_text()
        found = self.run("runuser", "-u", "nobody", "--", "python3", "-c", walk, given=f"{key}\n{private}\n{password}")
        print("  " + found.splitlines()[-1])
        if len(found.splitlines()) > 1:
            sys.exit(found)

    def check_restarts(self) -> None:
        """While the service restarts, nginx answers each page that it has, and says of a text to send it again."""
        for page in PAGES:
            self.ask("127.0.0.1", "GET", page)
        say(f"{RESTARTS} restarts under load")
        with self.load() as answers:
            for _number in range(RESTARTS):
                self.run("systemctl", "restart", "focus-help")
                until(lambda: self.ask("127.0.0.1", "GET", "/readyz") == 200)
        report(answers)
        if {status for method, status in answers if method == "GET"} != {200}:
            sys.exit("nginx could have answered every GET.")
        if not {status for method, status in answers if method == "POST"} <= {200, 503}:
            sys.exit("A POST got neither its answer nor the page that says to send it again.")

    @contextmanager
    def load(self) -> Iterator[Counter[tuple[str, int]]]:
        """Two visitors who read pages and two who send texts, while a block runs."""
        answers: Counter[tuple[str, int]] = Counter()
        over = threading.Event()

        def visit(number: int) -> None:
            while not over.wait(0.02):
                method, path = ("GET", PAGES[answers.total() % len(PAGES)]) if number % 2 else ("POST", "/check/")
                try:
                    status = self.ask(["127.0.0.1", "::1"][number // 2], method, path)
                except (OSError, HTTPException):
                    status = 0
                answers[method, status] += 1

        threads = [threading.Thread(target=visit, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        yield answers
        over.set()
        for thread in threads:
            thread.join()


def make_system(root: Path) -> None:
    subprocess.run(["debootstrap", "bookworm", root], check=True, stdout=subprocess.DEVNULL)
    repository = root / "root" / "repository"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, repository], check=True)
    if "PIP_CERT" in os.environ:
        shutil.copy(os.environ["PIP_CERT"], root / "root" / "certificates")


@contextmanager
def booted(root: Path) -> Iterator[list[str]]:
    """Boot the system, and give the beginning of a command that runs in it."""
    nspawn = ["systemd-nspawn", "--quiet", "--directory", str(root), "--boot", "--register=no", "--keep-unit"]
    with subprocess.Popen([*nspawn, "--console=pipe"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            until(lambda: process.poll() is None and children.read_text().split())
            passed_on = [f"{name}={os.environ[name]}" for name in PASSED_ON if name in os.environ]
            if "PIP_CERT" in os.environ:
                passed_on.append("PIP_CERT=/root/certificates")
            enter = ["nsenter", "--target", children.read_text().split()[0], "--all", "--root", "--wd"]
            usual = ["env", "--ignore-environment", "HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
            path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            inside = [*enter, *usual, path, *passed_on]
            ready = [*inside, "systemctl", "is-system-running"]
            until(lambda: subprocess.run(ready, capture_output=True, text=True).stdout.strip() == "running")
            yield inside
        finally:
            process.terminate()  # halts the system


def answer_questions(command: list[str]) -> int:
    """Run the command on a terminal, show what it writes, answer its questions, and return its status."""
    line = ""

    def read(terminal: int) -> bytes:
        nonlocal line
        text = os.read(terminal, 65536)
        line = (line + text.decode(errors="replace")).rpartition("\n")[2]
        for question, answer in ANSWERS.items():
            if line.startswith(question) and line.endswith(": "):
                os.write(terminal, f"{answer}\n".encode())
                line = ""
        return text

    return os.waitstatus_to_exitcode(pty.spawn(command, read))


def until(condition: Callable[[], object]) -> None:
    for _ in range(MAX_POLLS):
        with suppress(OSError, HTTPException):
            if condition():
                return
        time.sleep(POLL_INTERVAL)
    sys.exit(f"This did not come true in {MAX_POLLS} polls.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return bool(probe.connect_ex(("127.0.0.1", port)))


def report(answers: Counter[tuple[str, int]]) -> None:
    print("  " + ", ".join(f"{method} {status}: {times}" for (method, status), times in sorted(answers.items())))


def say(words: str) -> None:
    print(f"\n== {words}", flush=True)


if __name__ == "__main__":
    main()
