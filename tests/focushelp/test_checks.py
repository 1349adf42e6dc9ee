"""Files with secrets: commands make them for their owner only, and the deployment check finds others."""

from pathlib import Path

import pytest
from pytest_django import Settings

from focushelp.checks import files_with_secrets
from focushelp.operations.backup.copy import as_default

from .helpers import SECRET, run


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_what_a_command_makes_is_for_its_owner_only(tmp_path: Path) -> None:
    database, pages = tmp_path / "db.sqlite3", tmp_path / "pages"
    code = "from pathlib import Path; from focushelp.page_store.disk import Disk; "
    code += f"Disk(Path('{pages}')).begin('{'0' * 16}-{'0' * 16}')"
    url = f"sqlite:///{database}"
    for command in (("migrate", "-v0"), ("shell", "-v0", "-c", code)):
        result = run(*command, SECRET_KEY=SECRET, HTTPS="0", DATABASE_URL=url)
        assert result.returncode == 0, result.stderr
    found = {path: mode(path) for path in (database, pages, *pages.iterdir())}
    assert found == {path: "0o600" if path == database else "0o700" for path in found}


def test_files_that_others_can_read_are_named_with_what_to_do(
    settings: Settings, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, log, secret = (tmp_path / name for name in ("db.sqlite3", "db.sqlite3-wal", "secret_key"))
    for path in (database, log, secret):
        path.touch(0o600)
    settings.LOCAL_SECRET = tmp_path / "none"
    monkeypatch.setenv("SECRET_KEY_FILE", str(secret))
    with as_default(NAME=database):
        assert files_with_secrets(None) == []
        for path in (log, secret):
            path.chmod(0o644)
        hints = [warning.hint for warning in files_with_secrets(None)]
    assert hints == [f"As the user of the site run: chmod 600 {path}" for path in (log, secret)]
