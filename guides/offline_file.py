"""The guide for one car as a single file that fetches nothing: styles, drawings, reader and practice radio are in it.

The guide is the same template on a third base, templates/base_file.html; here is what that base needs beyond it.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from focushelp.storage import minified
from guides.offline.verdicts import offline_reader
from guides.practice.radio import Practice
from guides.practice.screens import START, Still
from guides.public.guide import Guide

from .bundle import bundle
from .drawings import qr

DRAWINGS = "img/steps.svg"

_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
#: What htmx and forms would need: here neither goes anywhere.
_ASKING = re.compile(r' (?:data-hx-[a-z-]+|method|action)="[^"]*"')
_LINK = re.compile(r' href="([^"]*)"')
#: The module of a part, under whatever hash: "/static/js/progress.52f3b1c0.js".
_MODULE = re.compile(r' data-module="[^"]*/([\w-]+)[^"/]*"')


@dataclass(frozen=True)
class OfflineFile:
    """One guide to take along, made on a day, by the site at an address such as "https://focus.example"."""

    guide: Guide
    site: str
    made_on: date
    version: str = settings.VERSION

    @property
    def address(self) -> str:
        """Where the site has this guide, and so a newer file."""
        return self.site + self.guide.url

    @cached_property
    def practice(self) -> Practice | None:
        """The practice radio, from the rows that the guide has read already."""
        return Practice(self.guide.radio, self.guide.messages) if self.guide.radio.can_be_practised else None

    @property
    def still(self) -> Still | None:
        """The practice radio before a key is pressed, and no links to other stills: in a file they have no address."""
        return Still(self.practice.screens[START], pressed=0, presses={}) if self.practice else None

    @property
    def reader(self) -> dict[str, Any]:
        """What the reader goes by, and what it answers."""
        found = offline_reader(self.guide)
        lines = [self.self_contained(line) for line in found["words"]["lines"]]
        return {"data": found["data"], "words": {**found["words"], "lines": lines}}

    @cached_property
    def style(self) -> str:
        names = ["css/site.css", *(["css/practice.css"] if self.practice else [])]
        return "".join(minified(_source(name)) for name in names)

    @cached_property
    def script(self) -> str:
        names = ["progress.js", "reader-here.js", *(["practice.js"] if self.practice else [])]
        return bundle(names, lambda name: _source(f"js/{name}"))

    @property
    def policy(self) -> str:
        """What the file may do: run and look like what is written in it, and nothing else."""
        script, style = (f"'sha256-{_sha256(text)}'" for text in (self.script, self.style))
        allowed = f"script-src {script}; style-src {style}; img-src data:"
        return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"

    @property
    def icon(self) -> str:
        return _data_uri(_source("img/icon.svg").encode())

    @property
    def qr(self) -> str:
        return _data_uri(qr.svg(self.address))

    @property
    def symbols(self) -> list[str]:
        """The drawings of its steps, each once."""
        used = {item.step.drawing for item in self.guide.steps}
        return [found[0] for found in _SYMBOL.finditer(_source(DRAWINGS)) if found[1] in used]

    def self_contained(self, html: str) -> str:
        """The same HTML with links that lead within the file or, with signal, to the site."""
        html = _MODULE.sub(r' data-module="\1.js"', _ASKING.sub("", html))
        return _LINK.sub(lambda found: f' href="{self._link(found[1])}"', html)

    def _link(self, address: str) -> str:
        url, anchor = urldefrag(urljoin(self.guide.url, address))
        page = url.partition("?")[0]
        if anchor and page in (self.guide.url, static(DRAWINGS)):
            return f"#{anchor}"
        return self._here.get(page) or urljoin(self.site, urljoin(self.guide.url, address))

    @cached_property
    def _here(self) -> dict[str, str]:
        """Pages of the site that are parts of the file."""
        messages = {message.get_absolute_url(): f"#message-{message.slug}" for message in self.guide.messages}
        return messages | ({self.guide.radio.practice_url: "#practice"} if self.practice else {})


def _source(name: str) -> str:
    """A static file as it was written; a page may be made before any were collected."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_text()


def _sha256(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _data_uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
