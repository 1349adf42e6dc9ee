"""Settings: safe by default, clear errors, documented."""

import os
import re
import shutil
from pathlib import Path
from runpy import run_path

import pytest
from django.core.management import call_command
from django.templatetags.static import static
from pytest_django import Settings

from .helpers import ROOT, SECRET, run

DATABASE = "postgresql:///focushelp"
#: Environment variables, and the one that the error names.
BROKEN: list[tuple[dict[str, str], str]] = [
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"SECRET_KEY_FILE": "/no/such/file"}, "SECRET_KEY_FILE"),
    ({"SECRET_KEY_FILE": "static/img/icon-192.png"}, "SECRET_KEY_FILE"),
    ({"ALLOWED_HOSTS": "https://focus.example.org"}, "ALLOWED_HOSTS"),
    ({"DATABASE_URL": ""}, "DATABASE_URL"),
    ({"DATABASE_URL": "", "HTTPS": "0"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"sqlite:///{ROOT}/db.sqlite3"}, "DATABASE_URL"),
    ({"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"}, "DATABASE_URL"),
    ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL"),  # one slash too few
    ({"DATABASE_URL": "postgresql://focus@db.example.org"}, "DATABASE_URL"),  # no name
    ({"DATABASE_URL": "postgresql://focus@db.example.org:x/focus"}, "DATABASE_URL"),
    ({"DATABASE_URL": "postgresql://focus:a[b@db.example.org/focus"}, "DATABASE_URL"),
    ({"DATABASE_URL": "mysql://focus:made-up-password@db.example.org/focus"}, "DATABASE_URL"),
    ({"DATABASE_URL": "/srv/db.sqlite3"}, "DATABASE_URL"),
    ({"DATABASE_URL_FILE": "/no/such/file"}, "DATABASE_URL_FILE"),
    ({"DATABASE_READ_ONLY": "yes"}, "DATABASE_READ_ONLY"),
    ({"CACHE_URL": "cache.example.org:6379"}, "CACHE_URL"),
    ({"CACHE_URL": "redis://:made-up-password@cache.example.org:x"}, "CACHE_URL"),
    ({"CACHE_URL": "memcached://cache.example.org"}, "CACHE_URL"),
    ({"SITE_URL": "focus.example.org"}, "SITE_URL"),
    ({"SITE_URL": "https://focus.example.org/"}, "SITE_URL"),
    ({"PAGES_PATH": "/no/such/folder/pages"}, "PAGES_PATH"),
    ({"DEBUG": "yes"}, "DEBUG"),
    ({"HTTPS": "true"}, "HTTPS"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ({"TRUSTED_PROXIES": "10.0.0.1"}, "TRUSTED_PROXIES"),
    ({"ADMIN_ENABLED": "off"}, "ADMIN_ENABLED"),
    ({"SECURITY_CONTACT": "me@example.org"}, "SECURITY_CONTACT"),
    ({"OFFLINE": "no"}, "OFFLINE"),
]


def test_a_wrong_value_is_refused_in_one_line_that_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = []
    for variables, name in BROKEN:
        monkeypatch.setattr(os, "environ", {"SECRET_KEY": SECRET, "DATABASE_URL": DATABASE, **variables})
        with pytest.raises(SystemExit) as error:
            run_path(str(ROOT / "focushelp" / "settings.py"), run_name="focushelp.settings")
        line = str(error.value)
        if "\n" in line or "made-up-password" in line or not line.startswith(f"focushelp: {name} "):
            wrong.append(line)
    assert wrong == []


def test_a_command_with_a_wrong_value_prints_that_line_only() -> None:
    result = run("check", HTTPS="1")
    assert result.returncode != 0
    assert result.stderr.startswith("focushelp: SECRET_KEY is not set.")
    assert len(result.stderr.splitlines()) == 1


def test_a_host_has_to_name_its_database() -> None:
    result = run("check", SECRET_KEY=SECRET)
    assert result.returncode != 0
    assert result.stderr.startswith("focushelp: DATABASE_URL is not set;")


@pytest.mark.parametrize("admin", ["0", "1"])
def test_production_settings_pass_the_deployment_check(admin: str) -> None:
    host = {"SECRET_KEY": SECRET, "DATABASE_URL": DATABASE}
    result = run("check", "--deploy", "--fail-level", "WARNING", **host, ADMIN_ENABLED=admin)
    assert result.returncode == 0, result.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    assert run("check", SECRET_KEY_FILE=str(secret), HTTPS="0").returncode == 0


@pytest.fixture
def after_make_run(tmp_path: Path) -> Path:
    """The settings in a folder in which `make run` made a secret."""
    settings = tmp_path / "focushelp" / "settings.py"
    for made in (settings, tmp_path / "var" / "secret_key"):
        made.parent.mkdir()
    (tmp_path / "var" / "secret_key").write_text(SECRET)
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    return Path(shutil.copy(ROOT / "focushelp" / "settings.py", settings))


def test_after_make_run_commands_need_no_variables(after_make_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    found = run_path(str(after_make_run), run_name="focushelp.settings")
    assert (found["SECRET_KEY"], found["HTTPS"], found["DEBUG"]) == (SECRET, False, False)
    assert found["SITE_URL"] == "http://localhost:8000"


def test_a_real_host_does_not_use_the_secret_of_make_run(after_make_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variables in ({"HTTPS": "1"}, {"TRUSTED_PROXIES": "1"}, {"SECRET_KEY": ""}):
        monkeypatch.setattr(os, "environ", {"DATABASE_URL": DATABASE, **variables})
        with pytest.raises(SystemExit, match="SECRET_KEY is not set"):
            run_path(str(after_make_run), run_name="focushelp.settings")


def test_hsts_of_less_than_a_year_is_for_this_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for variables in ({}, {"HSTS_SECONDS": "3600"}):
        monkeypatch.setattr(os, "environ", {"SECRET_KEY": SECRET, "DATABASE_URL": DATABASE, **variables})
        settings = run_path(str(ROOT / "focushelp" / "settings.py"), run_name="focushelp.settings")
        names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
        found[len(variables)] = tuple(settings[name] for name in names)
    assert found == {0: (365 * 24 * 3600, True, True), 1: (3600, False, False)}


def test_every_setting_is_documented() -> None:
    code = (ROOT / "focushelp" / "settings.py").read_text()
    names = re.findall(r'(?:env_\w+|required_secret)\(\s*"([A-Z_]+)"', code)
    documented = (ROOT / "docs" / "deployment.md").read_text()
    assert len(names) > 4
    assert [name for name in names if f"`{name}`" not in documented] == []


def test_static_files_are_hashed_and_compressed_for_production(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {"staticfiles": {"BACKEND": "focushelp.storage.StaticFiles"}}
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # our own
    call_command("collectstatic", verbosity=0, interactive=False)
    url = static("css/site.css")
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", url)
    served = tmp_path / url.removeprefix("/static/")
    for suffix in ("", ".gz", ".br"):
        assert served.with_name(served.name + suffix).exists()


def test_the_version_is_in_the_changelog() -> None:
    from focushelp import settings

    assert re.fullmatch(r"\d+\.\d+\.\d+", settings.VERSION)
