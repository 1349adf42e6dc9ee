"""Typed readers for environment variables. A wrong value ends the program with one line that says what to set."""

import os
from pathlib import Path
from urllib.parse import urlsplit


def refuse(name: str, problem: str) -> SystemExit:
    """The exception to raise for a wrong value; `problem` says what is wrong and what to set."""
    return SystemExit(f"focushelp: {name} {problem}")


def env_bool(name: str, default: bool) -> bool:
    """1 or 0; anything else is refused, so that a typing error cannot turn protection off."""
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise refuse(name, f"is {value!r}; set it to 1 or 0.")
    return value == "1" if value else default


def env_count(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name, "")
    if value and not (value.isascii() and value.isdigit()):
        raise refuse(name, f"is {value!r}; set it to a whole number, such as 1.")
    return int(value) if value else default


def env_contact(name: str) -> str:
    """An address to contact: mailto:… or https://…; "" if it is not set."""
    value = os.environ.get(name, "")
    if value and not (value.startswith(("mailto:", "https://")) and value.isascii() and value.isprintable()):
        raise refuse(name, f"is {value!r}; set it to mailto:… or https://…")
    return value


def env_hosts(name: str, default: list[str]) -> list[str]:
    """Host names, separated by commas."""
    hosts = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    for host in hosts:
        if "/" in host:
            raise refuse(name, f"holds {host!r}; set it to names alone, such as focus.example.org.")
    return hosts or default


def env_origin(name: str, default: str) -> str:
    """An origin, with a port if it is not the default: "https://focus.example.org"."""
    value = os.environ.get(name, "") or default
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or value != f"{parts.scheme}://{parts.netloc}":
        raise refuse(name, f"is {value!r}; set it to the site alone, such as https://focus.example.org.")
    return value


def env_path(name: str, default: Path) -> Path:
    """The path of a file or folder that may be missing, in a folder that exists."""
    value = os.environ.get(name, "")
    if value and not Path(value).parent.is_dir():
        raise refuse(name, f"is {value}, but there is no folder {Path(value).parent}; make it, or set another path.")
    return Path(value) if value else default


#: Of these a real host sets some; a machine on which somebody tries the site sets none.
HOST_VARIABLES = {"SECRET_KEY", "SECRET_KEY_FILE", "HTTPS", "TRUSTED_PROXIES"}


def is_local(secret: Path) -> bool:
    """Whether the site is for this machine only: its secret was made here, and no variable speaks of a real host."""
    return secret.is_file() and not HOST_VARIABLES & os.environ.keys()


def names_secret(name: str) -> bool:
    """Whether the variable of a secret, or that of its file, is there; it may be empty."""
    return bool({name, f"{name}_FILE"} & os.environ.keys())


def env_secret(name: str, file: Path | None = None) -> str:
    """A secret from the variable itself, or from the file that NAME_FILE points at, by default `file`; "" if neither is
    set."""
    path = os.environ.get(f"{name}_FILE", "") or file
    if not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"{name}_FILE", f"cannot be read: {path} ({error}).") from error


def required_secret(name: str, *, at_least: int, how: str, file: Path | None = None) -> str:
    """A secret of at least that many characters; `how` tells the operator how to make one."""
    value = env_secret(name, file)
    if len(value) < at_least:
        problem = f"is shorter than {at_least} characters" if value else "is not set"
        raise refuse(name, f"{problem}. {how}")
    return value
