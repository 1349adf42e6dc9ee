"""The database and the cache: Django settings from DATABASE_URL and CACHE_URL."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url

from .environment import env_secret, names_secret, refuse

#: How long a connection to PostgreSQL is used again.
CONN_MAX_AGE = 60  # seconds
CONNECT_TIMEOUT = 5  # seconds
#: How long a writer to SQLite waits for another one.
BUSY_TIMEOUT = 10  # seconds
CACHE_TIMEOUT = 0.5  # seconds
#: The advice for a host whose database would be a file among the code.
OUTSIDE = "set it to a file outside the code, such as sqlite:////var/lib/focus-help/db.sqlite3, or to postgresql://…"
#: Refuses writes; each transaction sees one snapshot, as SQLite's do.
READ_ONLY_OPTIONS = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"


def env_database(name: str, *, default: Path, read_only: bool, not_in: Path | None) -> dict[str, Any]:
    """The database settings for a URL: sqlite:////absolute/path or postgresql://user:password@host/name.

    Without the variable, an SQLite file at `default`; an empty one is refused, because it is an accident of a shell.
    So is a file in the folder `not_in`. No error message contains the URL: it may hold a password.
    """
    url = env_secret(name)
    if not url and names_secret(name):
        raise refuse(name, "is empty; set it to postgresql://user:password@host/name or sqlite:////path.")
    if not url and not_in:
        raise refuse(name, f"is not set; {OUTSIDE}")
    if not url:
        return _sqlite(default, read_only)
    parsed: dict[str, Any] = {"ENGINE": None}
    with suppress(ValueError):  # refused below
        parsed |= dict(dj_database_url.parse(url, conn_max_age=CONN_MAX_AGE, conn_health_checks=True))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        path = Path(parsed["NAME"])
        if not path.is_absolute():
            raise refuse(name, "holds no absolute path; set it with four slashes: sqlite:////var/lib/db.sqlite3.")
        if not path.parent.is_dir():
            raise refuse(name, f"names {path}, but there is no folder {path.parent}; make it, or set another path.")
        if not_in and path.resolve().is_relative_to(not_in):
            raise refuse(name, f"names {path}, in the folder of the code; {OUTSIDE}")
        return _sqlite(path, read_only)
    if parsed["ENGINE"] == "django.db.backends.postgresql" and parsed["NAME"]:
        return _postgresql(parsed, read_only)
    raise refuse(name, "is no URL of a database; set it to postgresql://user:password@host/name or sqlite:////path.")


def _sqlite(path: Path, read_only: bool) -> dict[str, Any]:
    # IMMEDIATE takes the write lock when a transaction begins, so that it waits for another writer instead of failing
    # in the middle. In WAL mode readers never wait.
    writing = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": 0,  # a new connection for each request, so that a file that was replaced is noticed
        "NAME": f"{path.as_uri()}?mode=ro" if read_only else path,
        "OPTIONS": {"timeout": BUSY_TIMEOUT, **({} if read_only else writing)},
    }


def _postgresql(database: dict[str, Any], read_only: bool) -> dict[str, Any]:
    options = {"connect_timeout": CONNECT_TIMEOUT, **database.get("OPTIONS", {})}
    if read_only:
        options["options"] = f"{options.get('options', '')} {READ_ONLY_OPTIONS}".strip()
    return {**database, "OPTIONS": options}


def env_cache(name: str) -> dict[str, Any]:
    """The cache settings for a URL: redis://…, rediss://… or unix://…; without one, each process has its own in memory.

    No error message contains the URL.
    """
    url = env_secret(name)
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    from redis import ConnectionPool  # a slow import that no other cache needs

    try:
        ConnectionPool.from_url(url)  # does not connect
    except ValueError:
        problem = "is no URL of a cache; set it to redis://:password@host:6379/0 (Redis or Valkey)."
        raise refuse(name, problem) from None
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": [url],  # as text it would be split at commas
        "KEY_PREFIX": "focushelp",
        "OPTIONS": {"socket_connect_timeout": CACHE_TIMEOUT, "socket_timeout": CACHE_TIMEOUT},
    }
