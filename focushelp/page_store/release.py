"""What makes a page beside the content: this code, these templates, these settings."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

#: Whose files show on a page, be it only in the offline file or in a header.
FOLDERS = ("focushelp", "guides", "locale", "static", "templates")
#: Values that no page shows; the content has a digest of its own.
NOT_SHOWN = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASES", "CACHES"}
PLAIN = (str, int, bool, list, tuple, dict, type(None))


def fingerprint() -> str:
    """The same for every process that makes the same pages of the same content. Worked out once, at the start."""
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
        if name not in NOT_SHOWN and isinstance(value, PLAIN):
            yield f"{name}={value!r}".encode()
