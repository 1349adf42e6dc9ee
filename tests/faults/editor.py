"""An editor who uses the real forms of the admin without a browser."""

import re
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import urlencode

from tests.site import Site

from .load import Answer, Request, Visitor

#: Does what the sign-in does after password and code.
SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from accounts.second_factor import PASSED
from guides.models import ErrorMessage
user = User.objects.get()
phone, _ = TOTPDevice.objects.get_or_create(user=user, name="phone")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session[DEVICE_ID_SESSION_KEY] = phone.persistent_id
session[PASSED] = True
session.set_expiry(8 * 3600)
session.save()
print(session.session_key, ErrorMessage.objects.get(slug="wait").pk)
"""

#: Prints what WAIT means. A save is in the content and in its newest version, or in neither.
STORED = """
from editing.history.record import content_of
from guides.models import ErrorMessage, Version
meaning = ErrorMessage.objects.get(slug="wait").meaning
assert content_of(Version.objects.newest())[ErrorMessage][("wait",)]["meaning"] == meaning
print(meaning)
"""


class Form(HTMLParser):
    """What a browser would send of the forms in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._textarea: str | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "textarea":
            self._textarea = ""
            self.fields.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.fields.append((self._select, value))
        elif tag == "input" and name and found.get("type") not in {"submit", "file"}:
            box = found.get("type") in {"checkbox", "radio"}
            if not box or "checked" in found:
                self.fields.append((name, found.get("value", "on" if box else "")))

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._textarea += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            self.fields[-1] = (self.fields[-1][0], self._textarea.removeprefix("\n"))
            self._textarea = None


class Editor:
    """Changes what WAIT means, again and again."""

    def __init__(self, site: Site) -> None:
        session, number = site.shell(SIGN_IN).split()
        self._address = site.address
        self._cookies = {"sessionid": session}
        self.path = f"/admin/guides/errormessage/{number}/change/"

    def ask(self, form: str = "") -> Answer:
        """Open the form, or post it. Uses a new connection, so that nothing is sent twice."""
        with closing(Visitor(self._address)) as visitor:
            answer = visitor.ask_once(self.request(form))
        for name, value in re.findall(r"(csrftoken|sessionid)=(\w+)", answer.headers.get("set-cookie", "")):
            self._cookies[name] = value
        return answer

    def request(self, form: str = "") -> Request:
        return Request(self.path, form, cookie="; ".join(f"{name}={value}" for name, value in self._cookies.items()))

    def filled_in(self, meaning: str) -> str:
        """The form with another text in it, ready to be posted."""
        opened = self.ask()
        assert opened.status == 200, (opened.status, opened.headers)
        return _filled_in(opened, meaning)

    def save(self, meaning: str) -> Answer:
        """The answer to the form, or to opening it if that fails already."""
        opened = self.ask()
        return self.ask(_filled_in(opened, meaning)) if opened.status == 200 else opened


def _filled_in(opened: Answer, meaning: str) -> str:
    typed = {"meaning": meaning, "why": "For the test."}
    fields = [field for field in Form(opened.text).fields if field[0] not in typed]
    return urlencode([*fields, *typed.items(), ("_save", "Save")])
