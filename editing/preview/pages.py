"""Pages of the site as they are at this moment, made fit to be looked at inside another page."""

import re
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import urljoin

from django.db import models
from django.http import Http404, HttpRequest
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
    """A public page with a change in it. Without HTML there is none, or it was not looked at: then it has no state."""

    address: str
    name: str
    state: str = ""
    html: str = ""

    @property
    def state_in_words(self) -> str:
        return str(State(self.state).label) if self.state else ""


def page_html(request: HttpRequest, address: str) -> str:
    """The page at this address, as the site answers it now; "" if it has none."""
    try:
        return own_page(request, address).content.decode()
    except Http404:
        return ""


def compare(then: str, now: str) -> State | None:
    """What becomes of a page, from its HTML with and without the change; None if there is none at all."""
    if not then:
        return State.GONE if now else None
    return State.NEW if not now else State.SAME if then == now else State.CHANGED


def framed(request: HttpRequest, address: str, html: str) -> str:
    """The page for a frame without script: links to other pages open them as they are, in a tab of their own, and the
    square with the address of the guide is in it, because a draft has none to fetch."""
    html = _SCRIPT.sub("", html)
    html = _LINK.sub(lambda found: _link(found[1], found[2], address), html)
    return _QR.sub(lambda found: f' src="{_qr(request, found[1])}"', html)


def _link(attributes: str, target: str, address: str) -> str:
    if target.startswith("#"):  # such a frame resolves it against the page around it, unless told its own name
        return f'<a {attributes}href="about:srcdoc{target}"'
    return f'<a target="_blank" {attributes}href="{urljoin(address, target)}"'


def _qr(request: HttpRequest, address: str) -> str:
    picture = b64encode(qr.svg(request.build_absolute_uri(address))).decode()
    return f"data:image/svg+xml;base64,{picture}"
