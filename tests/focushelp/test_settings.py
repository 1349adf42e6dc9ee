"""Configuration: safe by default, loud when wrong, documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "x1y2" * 15


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """manage.py with these variables only."""
    environment = {"PATH": os.environ["PATH"], **variables}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY_FILE": "/no/such/file"}, "SECRET_KEY_FILE"),
        ({"SECRET_KEY_FILE": "static/img/icon-192.png"}, "SECRET_KEY_FILE"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "https://focus.example.org"}, "ALLOWED_HOSTS"),
        *(
            ({"SECRET_KEY": SECRET, "DATABASE_URL": url}, "DATABASE_URL")
            for url in (
                "sqlite:////no/such/folder/db.sqlite3",
                "sqlite:///db.sqlite3",  # one slash too few
                "postgresql://focus@db.example.org",  # no name
                "postgresql://focus@db.example.org:x/focus",
                "postgresql://focus:a[b@db.example.org/focus",
                "mysql://db.example.org/focus",
                "/srv/db.sqlite3",
            )
        ),
        ({"SECRET_KEY": SECRET, "DATABASE_URL_FILE": "/no/such/file"}, "DATABASE_URL_FILE"),
        ({"SECRET_KEY": SECRET, "DATABASE_READ_ONLY": "yes"}, "DATABASE_READ_ONLY"),
        *(
            ({"SECRET_KEY": SECRET, "CACHE_URL": url}, "CACHE_URL")
            for url in ("cache.example.org:6379", "redis://cache.example.org:x", "memcached://cache.example.org")
        ),
        ({"SECRET_KEY": SECRET, "SITE_URL": "focus.example.org"}, "SITE_URL"),
        ({"SECRET_KEY": SECRET, "SITE_URL": "https://focus.example.org/"}, "SITE_URL"),
        ({"SECRET_KEY": SECRET, "DEBUG": "yes"}, "DEBUG"),
        ({"SECRET_KEY": SECRET, "HTTPS": "true"}, "HTTPS"),
        ({"SECRET_KEY": SECRET, "TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"SECRET_KEY": SECRET, "TRUSTED_PROXIES": "10.0.0.1"}, "TRUSTED_PROXIES"),
        ({"SECRET_KEY": SECRET, "ADMIN_ENABLED": "off"}, "ADMIN_ENABLED"),
        ({"SECRET_KEY": SECRET, "SECURITY_CONTACT": "me@example.org"}, "SECURITY_CONTACT"),
        ({"SECRET_KEY": SECRET, "OFFLINE": "no"}, "OFFLINE"),
    ],
)
def test_a_broken_setting_ends_in_one_line_that_names_it(variables: dict[str, str], named: str) -> None:
    result = run("check", **variables)
    assert result.returncode != 0
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"focushelp: {named} ")


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "mysql://focus:made-up-word@host/focus"), ("CACHE_URL", "redis://:made-up-word@host:x")],
)
def test_no_message_holds_a_password(name: str, url: str) -> None:
    result = run("check", SECRET_KEY=SECRET, **{name: url})
    assert result.returncode != 0
    assert "made-up-word" not in result.stdout + result.stderr


@pytest.mark.parametrize("admin", ["0", "1"])
def test_production_settings_pass_the_deployment_check(admin: str) -> None:
    secret = "kZ8-" + SECRET + "qWpLm_3Nv7"
    result = run("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=secret, ADMIN_ENABLED=admin)
    assert result.returncode == 0, result.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    assert run("check", SECRET_KEY_FILE=str(secret)).returncode == 0


def test_every_setting_is_documented() -> None:
    code = (ROOT / "focushelp" / "settings.py").read_text()
    names = re.findall(r'(?:env_\w+|required_secret)\(\s*"([A-Z_]+)"', code)
    documented = (ROOT / "docs" / "deployment.md").read_text()
    assert len(names) > 4
    assert [name for name in names if f"`{name}`" not in documented] == []


def test_static_files_are_hashed_and_compressed_for_production(tmp_path: Path) -> None:
    code = f"""
import django
from django.conf import settings
from django.core.management import call_command
from django.templatetags.static import static
settings.STATIC_ROOT = {str(tmp_path)!r}
django.setup()
call_command("collectstatic", verbosity=0, interactive=False)
print(static("css/site.css"))
"""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": SECRET, "DJANGO_SETTINGS_MODULE": "focushelp.settings"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    url = result.stdout.strip()
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", url)
    served = tmp_path / url.removeprefix("/static/")
    for suffix in ("", ".gz", ".br"):
        assert served.with_name(served.name + suffix).exists()


def test_the_version_stands_in_the_changelog() -> None:
    from focushelp import settings

    assert re.fullmatch(r"\d+\.\d+\.\d+", settings.VERSION)
