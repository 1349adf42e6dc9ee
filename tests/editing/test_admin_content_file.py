"""The content as a file on the editor's desk: who may, what is shown, and that only what was agreed to happens."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editing.admin.content_file import PATIENCE, PIECE
from editing.content_file import export
from editing.content_file.plain_yaml import LARGEST
from guides.models import ErrorMessage, RadioUnit, Version

from .test_admin import browser_of, in_group
from .test_content_file import REFUSED, edited, everything, row_of, start

pytestmark = pytest.mark.django_db

EXPORT, IMPORT, CONFIRM = (reverse(f"desk:{name}") for name in ("export", "import", "confirm_import"))
NOTE = "Import of a content file: One, not 1."
ONE_CHANGE = ("name: Mk1", "name: Mk one")
#: Of files: as a browser may send them.
NAMES = st.sampled_from(["content.yaml", "a b", "ø – 🚗.yml", "../../x", "x" * 300, "%00.yaml"])


@pytest.fixture(autouse=True)
def _starting_content(db: None) -> None:
    start()


@pytest.fixture
def importer() -> Client:
    """The browser of somebody who may import, and nothing else."""
    person = User.objects.create_user("importer", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="import_content"))
    return browser_of(person)


def send(client: Client, data: bytes, name: str = "content.yaml") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def carried(response: Any) -> str:
    return response.context["carried"]


def refusal(response: Any) -> str:
    """The one line in which an upload was refused; there is a form to try again, and no button to import anything."""
    assert response.status_code == 200
    page = response.content.decode()
    assert 'name="carried"' not in page
    assert 'type="file"' in page
    (line,) = re.findall(r'<p class="errornote"[^>]*>(.*?)</p>', page)
    assert line.endswith(" Nothing was changed.")
    return response.context["refusal"]


class TestWhoMay:
    @pytest.mark.parametrize("group", ["Editors", "Reviewers"])
    def test_who_may_view_content_may_take_it_along_but_not_replace_it(self, group: str) -> None:
        client = in_group(group)
        front = client.get("/admin/").content.decode()
        assert f'href="{EXPORT}"' in front
        assert f'href="{IMPORT}"' not in front
        response = client.get(EXPORT)
        assert response.content.decode() == export()
        assert response.headers["Content-Type"] == "application/yaml"
        assert re.fullmatch(
            r'attachment; filename="focus-help-\d{4}-\d\d-\d\d\.yaml"', response.headers["Content-Disposition"]
        )
        assert "no-store" in response.headers["Cache-Control"]
        assert client.get(IMPORT).status_code == 403
        assert send(client, edited(ONE_CHANGE).encode()).status_code == 403
        assert client.post(CONFIRM, {"carried": ""}).status_code == 403

    def test_who_sees_only_a_part_gets_no_file(self, importer: Client) -> None:
        assert importer.get(EXPORT).status_code == 403
        front = importer.get("/admin/").content.decode()
        assert f'href="{EXPORT}"' not in front
        assert f'href="{IMPORT}"' in front

    @pytest.mark.parametrize("address", [EXPORT, IMPORT, CONFIRM])
    def test_a_stranger_is_asked_to_sign_in(self, client: Client, address: str) -> None:
        for response in (client.get(address), client.post(address)):
            assert response.headers["Location"].startswith("/admin/login/")

    def test_an_agreement_of_one_who_may_is_of_no_use_to_another(self, importer: Client) -> None:
        agreed = carried(send(importer, edited(ONE_CHANGE).encode()))
        assert in_group("Editors").post(CONFIRM, {"carried": agreed}).status_code == 403
        assert export() == start()

    def test_only_by_a_form_of_the_site(self, importer: Client) -> None:
        careful = browser_of(User.objects.get(username="importer"))
        careful.handler.enforce_csrf_checks = True
        assert send(careful, start().encode()).status_code == 403
        assert careful.post(CONFIRM, {"carried": "x"}).status_code == 403
        page = careful.get(IMPORT)
        token = page.context["csrf_token"]
        file = SimpleUploadedFile("content.yaml", start().encode())
        assert careful.post(IMPORT, {"file": file, "csrfmiddlewaretoken": str(token)}).status_code == 200
        assert importer.get(CONFIRM).status_code == 405


class TestShownAndConfirmed:
    def test_nothing_happens_before_somebody_agrees(self, importer: Client) -> None:
        before, versions = everything(), Version.objects.count()
        page = send(importer, edited(ONE_CHANGE).encode()).content.decode()
        assert "<del>Mk1</del><ins>Mk one</ins>" in page
        assert everything() == before
        assert Version.objects.count() == versions

    def test_all_of_it_happens_then_and_is_in_the_history(self, importer: Client) -> None:
        text = edited(ONE_CHANGE).replace(row_of(start(), "- slug: locked13\n"), "")
        shown = send(importer, text.encode())
        assert [row.what for row in shown.context["shown"]] == ["removed", "changed"]
        response = importer.post(CONFIRM, {"carried": carried(shown), "why": "One, not 1."}, follow=True)
        assert "Imported: 0 added, 1 removed, 1 changed." in response.content.decode()
        assert export() == text
        version = Version.objects.newest()
        assert version
        assert version.made_by
        assert (version.made_by.username, version.note, version.data.decode()) == ("importer", NOTE, text)
        assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [NOTE]

    def test_what_a_file_says_is_text_on_the_page(self, importer: Client) -> None:
        page = send(importer, edited(("name: Mk1", "name: <script>alert(1)</script>")).encode()).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page

    def test_the_same_content_leaves_nothing_to_agree_to(self, importer: Client) -> None:
        page = send(importer, start().encode()).content.decode()
        assert "No difference." in page
        assert 'name="carried"' not in page

    def test_what_was_changed_meanwhile_is_looked_at_again(self, importer: Client) -> None:
        agreed = carried(send(importer, edited(ONE_CHANGE).encode()))
        ErrorMessage.objects.filter(slug="wait").update(meaning="Changed meanwhile.")
        before = everything()
        assert "changed meanwhile" in refusal(importer.post(CONFIRM, {"carried": agreed}))
        assert everything() == before

    def test_agreed_twice_it_happens_once(self, importer: Client) -> None:
        agreed = carried(send(importer, edited(ONE_CHANGE).encode()))
        assert importer.post(CONFIRM, {"carried": agreed}).status_code == 302
        assert "changed meanwhile" in refusal(importer.post(CONFIRM, {"carried": agreed}))
        assert Version.objects.filter(made_by__username="importer").count() == 1

    @pytest.mark.parametrize(
        "tamper",
        [lambda it: "", lambda it: it[:-1], lambda it: it[1:], lambda it: "." + it, lambda it: "\0é" + it],
        ids=["empty", "cut", "beheaded", "packed twice", "not ASCII"],
    )
    def test_only_what_was_looked_at_is_imported(self, importer: Client, tamper: Callable[[str], str]) -> None:
        agreed = carried(send(importer, edited(ONE_CHANGE).encode()))
        told = refusal(importer.post(CONFIRM, {"carried": tamper(agreed)}))
        assert told == "The file did not come back whole; choose it again."
        assert export() == start()


class TestRefused:
    @pytest.mark.parametrize("case", REFUSED)
    def test_in_one_line_and_nothing_is_changed(self, importer: Client, case: str) -> None:
        make, told = REFUSED[case]
        data, before = make(), everything()
        line = refusal(send(importer, data))
        assert re.search(told, line), line
        assert "\n" not in line
        assert everything() == before

    def test_what_would_publish_errors(self, importer: Client) -> None:
        before = everything()
        response = send(importer, re.sub(r"\n  confirm_keys: .*", "", start()).encode())
        assert "6000 CD (radio unit): Missing: confirm keys." in response.context["broken"]
        assert "6000 CD (radio unit): Missing: confirm keys." in response.content.decode()
        assert 'name="carried"' not in response.content.decode()
        assert everything() == before

    def test_errors_that_were_there_before_are_no_reason(self, importer: Client) -> None:
        RadioUnit.objects.filter(slug="6000-cd").update(confirm_keys="")
        response = send(importer, export().replace(*ONE_CHANGE).encode())
        assert not response.context["broken"]
        assert carried(response)

    def test_no_file(self, importer: Client) -> None:
        for form in ({}, {"file": "format: 1"}, {"other": SimpleUploadedFile("a", b"a")}):
            assert refusal(importer.post(IMPORT, form)) == "Choose a file first."

    def test_an_enormous_one_is_never_taken_in(self, importer: Client) -> None:
        class Endless(BytesIO):
            taken = 0

            def read(self, size: int | None = -1) -> bytes:
                assert size is not None
                assert 0 < size <= PIECE
                self.taken += size
                return b"a" * size

        stream = Endless()
        body: dict[str, Any] = {"wsgi.input": stream, "CONTENT_LENGTH": "5000000000"}
        response = importer.generic("POST", IMPORT, b"", **body)
        assert refusal(response) == "The file is larger than 5000000 bytes."
        assert stream.taken <= PATIENCE

    def test_the_largest_is_still_read(self, importer: Client) -> None:
        text = start()
        comment = "# " + "x" * (LARGEST - len(text.encode()) - 3) + "\n"
        response = send(importer, (comment + text).encode())
        assert len((comment + text).encode()) == LARGEST
        assert "No difference." in response.content.decode()

    def test_one_that_the_next_form_could_not_hold_is_refused_at_once(self, importer: Client) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=20_000):
            assert "too large for this page" in refusal(send(importer, edited(ONE_CHANGE).encode()))

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_whatever_is_sent(self, importer: Client, data: st.DataObject) -> None:
        """Noise, or the real file with noise in it: never a trace, and never a change before somebody agrees."""
        whole = start().encode()
        noise = data.draw(
            st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode(errors="replace"))
        )
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 300))
        sent = whole[:at] + noise + whole[at + cut :] if data.draw(st.booleans()) else noise
        response = send(importer, sent, data.draw(NAMES))
        if "difference" not in response.context:
            assert "\n" not in refusal(response)
        assert export() == start()

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        body=st.binary(max_size=300),
        kind=st.sampled_from(["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""]),
    )
    def test_whatever_the_request_is(self, importer: Client, body: bytes, kind: str) -> None:
        for address in (IMPORT, CONFIRM):
            for sent in (body, b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + body):
                response = importer.generic("POST", address, sent, content_type=kind)
                assert response.status_code in (200, 400)
        assert export() == start()
