"""The database and the cache: what their URLs become in Django's settings."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url

from .environment import env_secret, refuse

#: How long a connection to the database may be used again.
KEPT_FOR = 60  # seconds
#: PostgreSQL keeps a transaction from writing, and shows it one moment of a content that goes on changing.
LOOK_ONLY = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"


def env_database(name: str, *, default: Path, read_only: bool) -> dict[str, Any]:
    """The database of a URL: sqlite:////absolute/path or postgresql://…; an SQLite file at `default` if it is not set.

    No message holds the URL: there may be a password in it.
    """
    url = env_secret(name)
    if not url:
        return _sqlite(default, read_only)
    parsed: dict[str, Any] = {"ENGINE": None}
    with suppress(ValueError):  # refused below
        parsed |= dict(dj_database_url.parse(url, conn_max_age=KEPT_FOR, conn_health_checks=True))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        path = Path(parsed["NAME"])
        if not path.is_absolute():
            raise refuse(name, "holds no absolute path; set it with four slashes: sqlite:////var/lib/db.sqlite3.")
        if not path.parent.is_dir():
            raise refuse(name, f"names {path}, but there is no folder {path.parent}; make it, or set another path.")
        return _sqlite(path, read_only)
    if parsed["ENGINE"] == "django.db.backends.postgresql" and parsed["NAME"]:
        return _postgresql(parsed, read_only)
    raise refuse(name, "is no URL of a database; set it to postgresql://user:password@host/name or sqlite:////path.")


def _sqlite(path: Path, read_only: bool) -> dict[str, Any]:
    # A writer takes its lock at once and waits its turn, instead of failing half-way; readers never wait.
    writing = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return {
        "ENGINE": "focushelp.sqlite",
        "CONN_MAX_AGE": KEPT_FOR,
        "NAME": f"{path.as_uri()}?mode=ro" if read_only else path,
        "OPTIONS": {"timeout": 10, **({} if read_only else writing)},
        # As with Django's own backend; pytest-django does not see that this one is SQLite too.
        "TEST": {"NAME": ":memory:"},
    }


def _postgresql(database: dict[str, Any], read_only: bool) -> dict[str, Any]:
    options = {"connect_timeout": 5, **database.get("OPTIONS", {})}
    if read_only:
        options["options"] = f"{options.get('options', '')} {LOOK_ONLY}".strip()
    return {**database, "OPTIONS": options}


def env_cache(name: str) -> dict[str, Any]:
    """The cache of a URL: redis://…, rediss://… or unix://…; without one, each worker has its own, in memory.

    What is in a cache can be done without: when it does not answer, pages are made as if it were empty.
    """
    url = env_secret(name)
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    from redis import ConnectionPool  # only who has such a cache pays for the import

    try:
        ConnectionPool.from_url(url)  # connects to nothing yet
    except ValueError:
        problem = "is no URL of a cache; set it to redis://:password@host:6379/0 (Redis or Valkey)."
        raise refuse(name, problem) from None
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "focushelp",
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5},  # seconds
    }
