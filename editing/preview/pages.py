"""Public pages as they are with a change and without it, made fit to be shown inside another page."""

import re
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import urljoin

from django.db import models
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from guides.drawings import qr
from guides.public.rendering import own_page

_SCRIPT = re.compile(r"<script\b.*?</script>\s*", re.DOTALL)
_LINK = re.compile(r'<a ([^>]*?)href="([^"]*)"')
_QR = re.compile(r' src="([^"]*)qr\.svg"')


class State(models.TextChoices):
    """What a change does to a page."""

    CHANGED = "changed", _("changed")
    NEW = "new", _("new")
    GONE = "gone", _("gone")
    SAME = "same", _("as it is now")


@dataclass(frozen=True)
class Page:
    """A public page with a change in it. Without a state it was not rendered."""

    address: str
    name: str
    state: str = ""

    @property
    def state_in_words(self) -> str:
        return str(State(self.state).label) if self.state else ""


def html_of(request: HttpRequest, address: str) -> str:
    """The page at this address, as the site answers now; empty if there is none."""
    try:
        return own_page(request, address).content.decode()
    except Http404:
        return ""


def state_of(then: str, now: str) -> State | None:
    """What becomes of a page, from its HTML with the change and without it; None if there is no page in either."""
    if not then:
        return State.GONE if now else None
    return State.NEW if not now else State.SAME if then == now else State.CHANGED


def framed(request: HttpRequest, address: str, html: str) -> str:
    """The page for a frame without script, with the style of marks. Links to other pages open them as they are now, in
    a new tab. The QR code of the guide is inlined, because a draft has no address to fetch it from."""
    style = f'<link rel="stylesheet" href="{static("css/preview.css")}">'
    html = _SCRIPT.sub("", html).replace("</head>", f"{style}</head>")
    html = _LINK.sub(lambda found: _link(found[1], found[2], address), html)
    return _QR.sub(lambda found: f' src="{_qr(request, found[1])}"', html)


def _link(attributes: str, target: str, address: str) -> str:
    if target.startswith("#"):  # in a srcdoc frame a bare anchor resolves against the page around it
        return f'<a {attributes}href="about:srcdoc{target}"'
    return f'<a target="_blank" {attributes}href="{urljoin(address, target)}"'


def _qr(request: HttpRequest, address: str) -> str:
    picture = b64encode(qr.svg(request.build_absolute_uri(address))).decode()
    return f"data:image/svg+xml;base64,{picture}"
