"""Sign-in to the admin: two factors, lock-out, roles, the audit log."""

import re
from collections.abc import Iterator
from datetime import timedelta
from time import time
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import audit, roles, second_factor
from guides.models import ErrorMessage, Version

from .helpers import signed_in, signed_in_as, text

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
CODE = "/admin/second-factor/code/"
SET_UP = "/admin/second-factor/set-up/"
CODES = "/admin/second-factor/recovery-codes/"
#: Addresses below /admin/ that answer without a second factor.
OPEN = {"/admin/login/", "/admin/logout/", CODE, SET_UP}


@pytest.fixture(autouse=True)
def _fast_password_hasher(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anna() -> User:
    return User.objects.create_superuser("anna", password=PASSWORD)


@pytest.fixture
def phone(anna: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=anna, name="phone")


def code_of(phone: TOTPDevice, *, off: int = 0) -> str:
    """The code of a phone whose clock is `off` half minutes ahead."""
    totp = TOTP(phone.bin_key)
    totp.time = time() + 30 * off
    return f"{totp.token():06}"


def wrong_code(phone: TOTPDevice) -> str:
    """Six digits that are no code of this phone now."""
    near = {code_of(phone, off=off) for off in range(-3, 4)}
    return next(
        code
        for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
        if code not in near
    )


def give_password(client: Client, word: str = PASSWORD, name: str = "anna", forwarded: str = "") -> Any:
    return client.post(
        "/admin/login/?next=/admin/auth/", {"username": name, "password": word}, headers={"X-Forwarded-For": forwarded}
    )


def with_password(client: Client) -> Client:
    """The client after the password, before the code."""
    assert give_password(client).status_code == 302
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def log() -> list[tuple[str, str, str]]:
    """Entries of sign-ins, newest first: the user, what happened, the account."""
    entries = LogEntry.objects.filter(action_flag=audit.SIGN_IN).order_by("-pk")
    return [(entry.user.username, entry.get_change_message(), entry.object_repr) for entry in entries]


def end_throttling(device: Any) -> None:
    """As if the wait after a wrong code was over."""
    type(device).objects.filter(pk=device.pk).update(throttling_failure_timestamp=timezone.now() - timedelta(days=1))


def admin_addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every address below /admin/, with 1 for each argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + re.sub(r"(?<!P)<(?:\w+:)?\w+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from admin_addresses(pattern.url_patterns, here)
        elif here.startswith("admin/"):
            yield "/" + re.sub(
                r"\^?\(\?P<app_label>(\w+)[^)]*\)/\$|\(\?P<url>\.\*\)\$", lambda found: f"{found[1] or 'x'}/", here
            )


class TestEveryAddress:
    def test_all_are_found(self) -> None:
        found = set(admin_addresses())
        assert len(found) > 100
        assert OPEN | {"/admin/guides/report/", "/admin/auth/user/1/password/", "/admin/x/", "/admin/guides/"} <= found

    @pytest.mark.parametrize("factor", ["none", "password"])
    def test_redirects_to_the_sign_in(self, client: Client, phone: TOTPDevice, factor: str) -> None:
        if factor == "password":
            with_password(client)
        for address in set(admin_addresses()) - OPEN:
            for ask in (client.get, client.post):
                response = ask(address)
                assert response.status_code == 302, address
                assert response.headers["Location"].startswith("/admin/login/?next="), address

    def test_pages_are_not_cached(self, anna: User) -> None:
        client = signed_in(anna)
        for address in ("/admin/second-factor/", CODES, "/admin/second-factor/replace/", "/admin/admin/logentry/"):
            assert "no-store" in client.get(address).headers["Cache-Control"]

    def test_keys_and_codes_are_not_in_the_admin(self) -> None:
        assert not {StaticDevice, TOTPDevice, AccessAttempt} & admin.site._registry.keys()


class TestFirstSignIn:
    def test_the_password_leads_to_setting_up_a_second_factor(self, client: Client, anna: User) -> None:
        response = client.post(
            "/admin/login/", {"username": "anna", "password": PASSWORD, "next": "/admin/auth/"}, follow=True
        )
        assert response.redirect_chain[-1][0] == f"{SET_UP}?next=/admin/auth/"
        page = response.content.decode()
        key = client.session[second_factor.NEW_KEY]
        device = TOTPDevice(user=anna, key=key)
        assert second_factor.readable_key(device) in page
        assert 'src="data:image/svg+xml' in page
        assert "Focus%20Help" in device.config_url
        assert not TOTPDevice.objects.exists()  # not stored before a code confirms the key

        response = client.post(f"{SET_UP}?next=/admin/auth/", {"code": code_of(device)})
        codes = re.findall(r"<code>([\d ]+)</code>", response.content.decode())
        assert len(set(codes)) == second_factor.RECOVERY_CODES
        assert response.context["then"] == "/admin/auth/"
        assert is_signed_in(client)
        assert log() == [("anna", "Set up a second factor, and signed in.", "anna")]
        assert second_factor.NEW_KEY not in client.session

    def test_a_wrong_code_keeps_the_key(self, client: Client, anna: User) -> None:
        with_password(client).get(SET_UP)
        key = client.session[second_factor.NEW_KEY]
        response = client.post(SET_UP, {"code": wrong_code(TOTPDevice(key=key))})
        assert "This code does not belong to this key." in text(response)
        assert client.session[second_factor.NEW_KEY] == key
        assert not TOTPDevice.objects.exists()

    def test_the_confirming_code_is_not_accepted_again(self, client: Client, anna: User) -> None:
        with_password(client).get(SET_UP)
        code = code_of(TOTPDevice(key=client.session[second_factor.NEW_KEY]))
        client.post(SET_UP, {"code": code})
        other = with_password(Client())
        other.post(CODE, {"code": code})
        assert not is_signed_in(other)

    def test_each_session_has_another_key(self, anna: User) -> None:
        """A thief of the password who opened the page before does not know the key."""
        first, second = with_password(Client()), with_password(Client())
        for client in (first, second):
            client.get(SET_UP)
        key = first.session[second_factor.NEW_KEY]
        assert key != second.session[second_factor.NEW_KEY]
        second.post(SET_UP, {"code": code_of(TOTPDevice(key=second.session[second_factor.NEW_KEY]))})
        first.post(SET_UP, {"code": code_of(TOTPDevice(key=key))})
        assert not is_signed_in(first)
        assert TOTPDevice.objects.get().key != key

    def test_another_account_can_sign_in_instead(self, client: Client, anna: User) -> None:
        client.handler.enforce_csrf_checks = False
        assert with_password(client).post("/admin/logout/").status_code == 200
        assert client.get(SET_UP).headers["Location"].startswith("/admin/login/")
        assert log() == []


class TestTheCode:
    @pytest.mark.parametrize("off", [-1, 0, 1])
    def test_signs_in_with_a_clock_a_little_off(self, client: Client, phone: TOTPDevice, off: int) -> None:
        response = with_password(client).post(f"{CODE}?next=/admin/auth/", {"code": code_of(phone, off=off)})
        assert response.headers["Location"] == "/admin/auth/"
        assert is_signed_in(client)
        assert log() == [("anna", "Signed in.", "anna")]

    @pytest.mark.parametrize("off", [-3, 3])
    def test_of_another_time_is_refused(self, client: Client, phone: TOTPDevice, off: int) -> None:
        with_password(client).post(CODE, {"code": code_of(phone, off=off)})
        assert not is_signed_in(client)

    def test_may_be_grouped(self, client: Client, phone: TOTPDevice) -> None:
        code = code_of(phone)
        with_password(client).post(CODE, {"code": f" {code[:3]}-{code[3:]} "})
        assert is_signed_in(client)

    def test_other_texts_are_refused_and_not_counted_as_guesses(self, client: Client, phone: TOTPDevice) -> None:
        with_password(client)
        for typed in ("", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "1" * 500, "12345\0"):
            assert client.post(CODE, {"code": typed}).context["form"].errors["code"], typed
        phone.refresh_from_db()
        assert phone.throttling_failure_count == 0

    def test_is_accepted_once(self, phone: TOTPDevice) -> None:
        code = code_of(phone)
        first, second = with_password(Client()), with_password(Client())
        first.post(CODE, {"code": code})
        second.post(CODE, {"code": code})
        assert is_signed_in(first)
        assert not is_signed_in(second)

    def test_of_another_account_is_refused(self, client: Client, phone: TOTPDevice) -> None:
        other = TOTPDevice.objects.create(user=User.objects.create_superuser("bert"), name="phone")
        with_password(client).post(CODE, {"code": code_of(other)})
        assert not is_signed_in(client)

    def test_the_wait_after_a_wrong_code_grows(self, client: Client, phone: TOTPDevice) -> None:
        with_password(client).post(CODE, {"code": wrong_code(phone)})
        response = client.post(CODE, {"code": code_of(phone)})
        assert (response.status_code, response.context["form"].errors["code"]) == (
            429,
            ["Too many wrong codes. Try again in 1 second."],
        )
        assert log() == [("anna", "Wrong code.", "anna")]
        TOTPDevice.objects.update(throttling_failure_count=10, throttling_failure_timestamp=timezone.now())
        assert "in 9 minutes." in text(client.post(CODE, {"code": code_of(phone)}))
        end_throttling(phone)
        client.post(CODE, {"code": code_of(phone)})
        assert is_signed_in(client)

    def test_is_not_asked_of_a_signed_in_editor(self, anna: User) -> None:
        client = signed_in(anna)
        for address in (CODE, SET_UP):
            assert client.get(address).headers["Location"] == "/admin/"

    def test_never_redirects_to_another_site(self, phone: TOTPDevice) -> None:
        for other in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            TOTPDevice.objects.update(last_t=-1)  # the same code counts again
            response = with_password(Client()).post(f"{CODE}?next={other}", {"code": code_of(phone)})
            assert response.headers["Location"] == "/admin/", other


class TestRecoveryCodes:
    def test_each_signs_in_once(self, anna: User, phone: TOTPDevice) -> None:
        codes = second_factor.new_recovery_codes(anna)
        first, second = with_password(Client()), with_password(Client())
        response = first.post(CODE, {"code": f"{codes[0][:4]} {codes[0][4:8]} {codes[0][8:]}"}, follow=True)
        assert "9 are left" in text(response)
        second.post(CODE, {"code": codes[0]})
        assert is_signed_in(first)
        assert not is_signed_in(second)
        assert log()[1] == ("anna", "Signed in with a recovery code.", "anna")
        assert log()[0] == ("anna", "Wrong code.", "anna")

    def test_wrong_ones_do_not_delay_codes_of_the_phone(self, client: Client, anna: User, phone: TOTPDevice) -> None:
        second_factor.new_recovery_codes(anna)
        with_password(client).post(CODE, {"code": "0" * 12})
        assert client.post(CODE, {"code": "0" * 12}).status_code == 429
        client.post(CODE, {"code": code_of(phone)})
        assert is_signed_in(client)

    def test_new_ones_replace_the_old_and_need_the_password(self, anna: User) -> None:
        old = second_factor.new_recovery_codes(anna)
        client = signed_in(anna)
        assert "That is not your password." in text(client.post(CODES, {"password": "wrong"}))
        assert StaticDevice.objects.get().token_set.filter(token=old[0]).exists()
        page = client.post(CODES, {"password": PASSWORD}).content.decode()
        new = [code.replace(" ", "") for code in re.findall(r"<code>([\d ]+)</code>", page)]
        stored = set(StaticDevice.objects.get().token_set.values_list("token", flat=True))
        assert stored == set(new)
        assert not stored & set(old)
        assert not any(code in client.get(CODES).content.decode() for code in new)
        assert [entry[1] for entry in log()] == ["Made new recovery codes.", "Wrong password."]


class TestAnotherPhone:
    REPLACE = "/admin/second-factor/replace/"

    def test_replaces_the_old_one_and_needs_the_password(self, anna: User) -> None:
        client, other = signed_in(anna), signed_in(anna)
        client.get(self.REPLACE)
        new = TOTPDevice(user=anna, key=client.session[second_factor.NEW_KEY])
        client.post(self.REPLACE, {"code": code_of(new), "password": "wrong"})
        assert TOTPDevice.objects.get().key != new.key
        response = client.post(self.REPLACE, {"code": code_of(new), "password": PASSWORD}, follow=True)
        assert "The codes of this phone are valid now" in text(response)
        assert TOTPDevice.objects.get().key == new.key
        assert is_signed_in(client)
        assert not is_signed_in(other)
        assert log()[0] == ("anna", "Set up another phone as second factor.", "anna")


class TestReset:
    def test_by_an_administrator(self, anna: User, phone: TOTPDevice) -> None:
        second_factor.new_recovery_codes(anna)
        old_session = with_password(Client())
        old_session.post(CODE, {"code": code_of(phone)})
        assert is_signed_in(old_session)
        administrator = signed_in_as("Administrators")
        chosen = {"action": "reset_second_factor", "_selected_action": [anna.pk]}
        response = administrator.post(reverse("admin:auth_user_changelist"), chosen, follow=True)
        assert "1 second factor was reset." in text(response)
        assert log()[0] == ("Administrators", "Reset the second factor.", "anna")
        assert not TOTPDevice.objects.filter(user=anna).exists()
        assert not StaticDevice.objects.filter(user=anna).exists()
        # The session with the old phone has to give its password again; anna sets up another phone.
        assert not is_signed_in(old_session)
        assert old_session.get(SET_UP).headers["Location"].startswith("/admin/login/")
        assert old_session.get("/admin/login/").status_code == 200
        assert not old_session.session.keys()
        assert with_password(Client()).get(SET_UP).status_code == 200

    def test_by_the_operator(self, phone: TOTPDevice) -> None:
        call_command("reset_second_factor", "anna")
        assert not TOTPDevice.objects.exists()
        assert log() == [("anna", "The operator reset the second factor.", "anna")]

    def test_of_an_unknown_account(self) -> None:
        with pytest.raises(CommandError, match="There is no account “nobody”"):
            call_command("reset_second_factor", "nobody")

    @pytest.mark.parametrize("role", ["Editors", "Reviewers"])
    def test_not_by_other_roles(self, role: str, phone: TOTPDevice) -> None:
        chosen = {"action": "reset_second_factor", "_selected_action": [phone.user_id]}
        assert signed_in_as(role).post(reverse("admin:auth_user_changelist"), chosen).status_code == 403
        assert TOTPDevice.objects.filter(pk=phone.pk).exists()


class TestLockOut:
    def guess(self, client: Client, times: int, forwarded: str = "") -> Any:
        for _ in range(times):
            response = give_password(client, "wrong", forwarded=forwarded)
        return response

    def test_after_five_wrong_passwords_even_the_right_one_waits(self, client: Client, phone: TOTPDevice) -> None:
        assert self.guess(client, 4).status_code == 200
        response = self.guess(client, 1)
        assert response.status_code == 429
        assert "This name is locked for 15 minutes" in text(response)
        assert give_password(client).status_code == 429
        assert [entry[1] for entry in log()] == ["Locked out after too many wrong passwords.", *["Wrong password."] * 4]

    def test_is_for_one_name_at_one_address(self, client: Client, phone: TOTPDevice, settings: Any) -> None:
        settings.TRUSTED_PROXIES = 1
        User.objects.create_superuser("bert", password=PASSWORD)
        self.guess(client, 5, forwarded="192.0.2.1")
        made_up = give_password(Client(), forwarded="192.0.2.2, 192.0.2.1")
        assert made_up.status_code == 429
        assert give_password(Client(), forwarded="192.0.2.2").status_code == 302
        assert give_password(Client(), name="bert", forwarded="192.0.2.1").status_code == 302

    def test_ends_after_a_quarter_of_an_hour_and_deletes_the_address(self, client: Client, phone: TOTPDevice) -> None:
        self.guess(client, 5)
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert give_password(client).status_code == 302
        assert not AccessAttempt.objects.exists()

    def test_signing_in_deletes_the_attempts(self, client: Client, phone: TOTPDevice) -> None:
        self.guess(client, 4)
        with_password(client)
        assert not AccessAttempt.objects.exists()

    def test_counts_wrong_passwords_of_a_signed_in_browser(self, anna: User) -> None:
        client = signed_in(anna)
        for _ in range(5):
            response = client.post(CODES, {"password": "wrong"})
        assert response.status_code == 429

    def test_of_a_name_without_an_account_stores_its_hash(self, client: Client) -> None:
        for _ in range(5):
            response = give_password(client, name="my secret password")
        assert response.status_code == 429
        assert log() == []
        assert "my secret password" not in everything_stored()
        assert give_password(client, name="another secret password").status_code == 200


class TestSessions:
    def test_last_eight_hours(self, client: Client, phone: TOTPDevice) -> None:
        with_password(client)
        assert client.session.get_expiry_age() <= 15 * 60
        before = client.session.session_key
        client.post(CODE, {"code": code_of(phone)})
        assert 8 * 3600 - 60 < client.session.get_expiry_age() <= 8 * 3600
        assert client.session.session_key != before

    def test_each_request_to_the_admin_renews_them_but_not_before_the_code(self, client: Client, anna: User) -> None:
        def left_after(address: str, client: Client) -> int:
            session = client.session
            session.set_expiry(timedelta(minutes=10))
            session.save()
            client.get(address)
            return int(client.session.get_expiry_age())

        full = signed_in(anna)
        assert left_after("/admin/auth/user/", full) > 8 * 3600 - 60
        assert left_after("/", full) <= 10 * 60
        assert "sessionid" not in full.get("/").cookies
        with_password(client)
        for address in ("/admin/auth/user/", SET_UP, "/admin/login/"):
            assert left_after(address, client) <= 10 * 60

    def test_a_form_sent_after_the_end_is_said_to_be_unsaved(self, client: Client, phone: TOTPDevice) -> None:
        address = "/admin/guides/faq/add/"
        response = client.post(address, {"question": "Made up?"}, follow=True)
        assert "Not saved: your sign-in had ended." in text(response)
        assert "Not saved" not in text(client.get(f"/admin/login/?next={address}"))
        sent_to = response.redirect_chain[-1][0]
        password = client.post(sent_to, {"username": "anna", "password": PASSWORD, "next": address})
        assert password.headers["Location"] == address
        assert client.post(f"{CODE}?next={address}", {"code": code_of(phone)}).headers["Location"] == address

    def test_a_form_whose_token_is_gone_says_how_to_keep_the_text(self) -> None:
        address = "/admin/guides/faq/add/?_popup=1"
        response = Client(enforce_csrf_checks=True).post(address, {"question": "Made up?"})
        assert response.status_code == 403
        assert f'href="{address}"' in response.content.decode()
        assert "Made up?" not in response.content.decode()

    def test_cookies_are_sent_to_the_admin_only(self, client: Client, phone: TOTPDevice) -> None:
        with_password(client).post(CODE, {"code": code_of(phone)})
        assert set(client.cookies) == {"sessionid", "csrftoken"} or set(client.cookies) == {"sessionid"}
        for cookie in client.cookies.values():
            assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")

    def test_end_elsewhere_when_the_password_changes(self, anna: User) -> None:
        here, there = signed_in(anna), signed_in(anna)
        new = {
            "old_password": PASSWORD,
            "new_password1": "another horse entirely",
            "new_password2": "another horse entirely",
        }
        assert here.post("/admin/password_change/", new, follow=True).status_code == 200
        assert is_signed_in(here)
        assert not is_signed_in(there)
        assert log() == [("anna", "Changed the password.", "anna")]

    def test_signing_out_ends_it_and_is_logged(self, anna: User) -> None:
        client = signed_in(anna)
        assert client.post("/admin/logout/").status_code == 200
        assert not is_signed_in(client)
        assert log() == [("anna", "Signed out.", "anna")]


class TestRoles:
    VIEW, WRITE = {"view", "confirm"}, {"view", "confirm", "add", "change", "delete"}

    @pytest.mark.parametrize(
        ("role", "content", "others"),
        [
            ("Reviewers", VIEW, set()),
            ("Editors", WRITE, set()),
            (
                "Administrators",
                WRITE,
                {"add_user", "change_user", "view_user", "view_logentry", "delete_totpdevice"},
            ),
        ],
    )
    def test_permissions(self, role: str, content: set[str], others: set[str]) -> None:
        granted = Group.objects.get(name=role).permissions
        of_content = granted.filter(roles.CONTENT).values_list("codename", flat=True)
        # Other verbs: test_any_other_permission_is_for_administrators.
        assert {codename.partition("_")[0] for codename in of_content} & self.WRITE == content
        assert set(granted.exclude(roles.CONTENT).values_list("codename", flat=True)) == others

    def test_any_other_permission_is_for_administrators(self) -> None:
        """One that is neither viewing, confirming nor writing."""
        kind = Permission.objects.get(codename="view_source").content_type
        own = Permission.objects.create(codename="approve_content", content_type=kind, name="Approve")
        roles.update_roles()
        assert list(own.group_set.values_list("name", flat=True)) == ["Administrators"]

    def test_migrate_updates_existing_groups(self) -> None:
        Group.objects.get(name="Editors").permissions.clear()
        Group.objects.get(name="Administrators").delete()
        call_command("migrate", verbosity=0)
        assert Group.objects.get(name="Editors").permissions.filter(codename="change_faq").exists()
        assert Group.objects.get(name="Administrators").permissions.filter(codename="view_logentry").exists()

    @pytest.mark.parametrize(
        ("role", "opens"),
        [
            ("Reviewers", {"guides"}),
            ("Editors", {"guides"}),
            ("Administrators", {"guides", "auth", "admin"}),
        ],
    )
    def test_which_lists_open(self, role: str, opens: set[str]) -> None:
        client = signed_in_as(role)
        for model in admin.site._registry:
            label = model._meta.app_label
            response = client.get(reverse(f"admin:{label}_{model._meta.model_name}_changelist"))
            assert response.status_code == (200 if label in opens else 403), model

    def test_an_administrator_gives_roles(self, anna: User) -> None:
        client = signed_in_as("Administrators")
        groups = [Group.objects.get(name="Editors").pk]
        new = {"username": "carl", "password1": PASSWORD, "password2": PASSWORD, "groups": groups}
        assert client.post(reverse("admin:auth_user_add"), new).status_code == 302
        carl = User.objects.get(username="carl")
        assert (carl.is_staff, carl.is_superuser) == (True, False)
        assert log()[0] == ("Administrators", "Changed the role from none to Editors.", "carl")
        change = {
            "username": "carl",
            "is_active": "on",
            "groups": [Group.objects.get(name="Reviewers").pk],
            "is_superuser": "on",
        }
        assert client.post(reverse("admin:auth_user_change", args=[carl.pk]), change).status_code == 302
        assert log()[0] == ("Administrators", "Changed the role from Editors to Reviewers.", "carl")
        carl.refresh_from_db()
        assert not carl.is_superuser

    def test_no_account_is_deleted(self, anna: User) -> None:
        assert (
            signed_in(anna).post(reverse("admin:auth_user_delete", args=[anna.pk]), {"post": "yes"}).status_code == 403
        )
        assert User.objects.filter(pk=anna.pk).exists()


class TestAuditLog:
    LIST = "/admin/admin/logentry/"

    def test_shows_who_did_what(self, anna: User) -> None:
        client = signed_in(anna)
        row = ErrorMessage.objects.get(slug="wait")
        seen = {"version": Version.objects.newest_number()}
        client.post(reverse("editing:checked_today", args=["errormessage", row.pk]), seen)
        audit.record(anna, "Signed in.")
        page = text(client.get(self.LIST))
        assert "annaChecked today, still true.message: WAIT" in page
        assert "annaSigned in.user: anna" in page
        assert "Signed in." not in text(client.get(self.LIST, {"what": "2"}))
        assert "Checked today" not in text(client.get(self.LIST, {"q": "signed"}))
        assert "Signed in." not in text(client.get("/admin/"))

    def test_an_unknown_filter_is_ignored(self, anna: User) -> None:
        audit.record(anna, "Signed in.")
        client = signed_in(anna)
        for what in ("x", "-1", "99", "²", "9" * 5000):
            assert "Signed in." in text(client.get(self.LIST, {"what": what}))

    def test_cannot_be_changed(self, anna: User) -> None:
        audit.record(anna, "Signed in.")
        client, entry = signed_in(anna), LogEntry.objects.get()
        for page, arguments in (("add", []), ("delete", [entry.pk])):
            assert (
                client.post(reverse(f"admin:admin_logentry_{page}", args=arguments), {"post": "yes"}).status_code == 403
            )
        change = reverse("admin:admin_logentry_change", args=[entry.pk])
        assert client.post(change, {"change_message": "Nothing"}).status_code == 403
        client.post(self.LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
        assert LogEntry.objects.get().change_message == "Signed in."

    def test_deletes_sign_ins_after_a_year_and_no_change_of_a_row(self, anna: User) -> None:
        audit.record(anna, "Signed in.")
        LogEntry.objects.create(user=anna, action_flag=2, object_repr="row")
        LogEntry.objects.update(action_time=timezone.now() - timedelta(days=366))
        audit.record(anna, "Signed in again.")
        assert set(LogEntry.objects.values_list("change_message", flat=True)) == {"", "Signed in again."}


def everything_stored() -> str:
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names() if not table.startswith("guides_")]
        rows = []
        for table in set(tables) - {"otp_totp_totpdevice", "otp_static_statictoken", "django_session"}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows += cursor.fetchall()
    return repr(rows)


def test_no_password_code_or_key_is_stored_or_logged(
    client: Client, anna: User, phone: TOTPDevice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    recovery = second_factor.new_recovery_codes(anna)[0]
    code, guess = code_of(phone), wrong_code(phone)
    give_password(client, "my wrong word")
    with_password(client).post(CODE, {"code": guess})
    end_throttling(phone)
    client.post(CODE, {"code": code})
    client.post("/admin/second-factor/replace/", {"code": "987654", "password": "another wrong word"})
    give_password(Client(), "third wrong word", name="a password as name")
    said = everything_stored() + caplog.text
    secrets = [code, guess, "987654", recovery, PASSWORD, "wrong word", "a password as name", phone.key]
    secrets.append(second_factor.readable_key(phone))
    assert [secret for secret in secrets if secret in said] == []
