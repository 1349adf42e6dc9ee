"""The public site as files for any static host: what a server decides by query or header is decided beforehand.

A query becomes a folder, a policy a <meta>, and links are plain, for nobody is there to answer htmx with a fragment.
Typed texts are read by the phone itself, as it does without signal. Nobody counts answers to steps, so none is asked
for.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from focushelp.page_store.asking import Answer, Application, ask
from focushelp.page_store.page import Address
from guides.public.addresses import public_addresses

#: No address has it, so the page that says so answers.
NOWHERE = "/404"
_WITH_QUERY = re.compile(r"(?<![\w/])(?P<path>/[\w/-]*)\?(?P<query>[\w-]+=[\w-]*(?:&(?:amp;)?[\w-]+=[\w-]*)*)")
_LINK = re.compile(r"<a [^>]*>")
_FOR_HTMX = re.compile(r' data-hx-[a-z-]+=\\?"[^"]*"')  # in HTML, and in HTML within JSON
_QUESTION = re.compile(
    r'<form (?:id|class)="did".*?</form>\n?|<button type="submit" form="did".*?</button>\n?', re.DOTALL
)
_ONWARD = '<!doctype html>\n<meta http-equiv="refresh" content="0; url=/#cars">\n<title>Focus Help</title>\n'
_CHARSET = '<meta charset="utf-8">'


class ExportError(Exception):
    """Something of the site cannot be exported, and what."""


def export(django: Application, folder: Path) -> Iterator[str]:
    """Writes every page and every static file into an empty folder; gives each address as its file is written.

    Raises ExportError.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder} is not empty")
    if not Path(settings.STATIC_ROOT).is_dir():
        raise ExportError(f"{settings.STATIC_ROOT} is not there: run manage.py collectstatic")
    shutil.copytree(settings.STATIC_ROOT, folder / settings.STATIC_URL.strip("/"))
    addresses = list(public_addresses())
    for address in [*addresses, reverse("service_worker")]:
        path, _, query = address.partition("?")
        said = ask(django, Address(path, query))
        if said.status != "200 OK":
            raise ExportError(f"{address} answers {said.status}")
        _write(folder / file_of(address), _standing_alone(said, addresses))
        yield address
    _write(folder / "404.html", _standing_alone(ask(django, Address(NOWHERE)), addresses))
    _write(folder / file_of(reverse("guides:last_car")), _ONWARD)  # without the service worker nobody knows the car


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")


def file_of(address: str) -> str:
    """The file that a static host sends for an address, below its folder."""
    path = static_address(address).removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def static_address(address: str) -> str:
    """/questions/?car=mk2&radio=sony becomes /questions/car-mk2/radio-sony/."""
    path, _, query = address.partition("?")
    return f"{path}{query.replace('=', '-').replace('&', '/')}/" if query else path


def _standing_alone(said: Answer, addresses: Iterable[str]) -> str:
    known = set(addresses)

    def moved(found: re.Match[str]) -> str:
        address = unescape(found[0])
        return static_address(address) if address in known else found[0]

    text = _WITH_QUERY.sub(moved, said.body.decode())
    text = _QUESTION.sub("", _LINK.sub(lambda link: _FOR_HTMX.sub("", link[0]), text))
    headers = {name.lower(): value for name, value in said.headers}
    if not headers["content-type"].startswith("text/html") or 'http-equiv="Content-Security-Policy"' in text:
        return text
    policy = "; ".join(part for part in headers["content-security-policy"].split("; ") if "frame-ancestors" not in part)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    return text.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)
