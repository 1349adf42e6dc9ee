"""A fingerprint of the release: code, templates, static files and settings."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

#: Folders whose files affect a page.
FOLDERS = ("focushelp", "guides", "locale", "static", "templates")
#: Settings that do not affect a page.
EXCLUDED_SETTINGS = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASES", "CACHES"}
PLAIN_TYPES = (str, int, bool, list, tuple, dict, type(None))


def fingerprint() -> str:
    """A digest that is equal for processes that render equal pages of equal content. Calculated once, at the start."""
    digest = sha256()
    for part in _parts():
        digest.update(sha256(part).digest())
    return digest.hexdigest()


def _parts() -> Iterator[bytes]:
    base = Path(settings.BASE_DIR)
    files = [base / "CHANGELOG.md", base / "requirements.txt", Path(settings.STATIC_ROOT, "staticfiles.json")]
    for folder in FOLDERS:
        files += (path for path in sorted((base / folder).rglob("*")) if path.suffix != ".pyc")
    for path in files:
        if path.is_file():
            yield path.relative_to(base).as_posix().encode() if path.is_relative_to(base) else path.name.encode()
            yield path.read_bytes()
    for name in sorted(filter(str.isupper, dir(settings))):
        value = getattr(settings, name)
        if name not in EXCLUDED_SETTINGS and isinstance(value, PLAIN_TYPES):
            yield f"{name}={value!r}".encode()
