"""The log: one JSON object a line, without anything that a visitor typed but a host name that is not the site's.

Addresses and the texts of exceptions may contain it, so they are left out; lines have the route, the type of the error
and the places in the code. Only operating system and database errors keep their text.
"""

import json
import logging
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from traceback import extract_tb
from typing import Any

from django.conf import settings
from django.db import OperationalError


class JsonLines(logging.Formatter):
    """Formats a record as {"time": …, "level": …, "logger": …, "message": …}; of a failed request also its status,
    route and method; of an exception "error"."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        if request := getattr(record, "request", None):
            status = getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
            match = getattr(request, "resolver_match", None)
            route = match.route if match else ""
            line |= {"message": HTTPStatus(status).phrase, "status": status, "route": route, "method": _method(request)}
        else:
            line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _method(request: Any) -> str:
    """Clients may send any text as method."""
    return request.method if request.method in {"GET", "HEAD", "POST"} else "other"


def _error(error: BaseException) -> list[dict[str, Any]]:
    """The exception and its causes, each with its type and the places in the code, innermost last."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    words = {"text": str(error)} if isinstance(error, (OSError, OperationalError)) else {}
    at = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return [{"kind": type(error).__qualname__, **words, "at": at}, *(_error(cause) if cause else [])]


def _short(filename: str) -> str:
    path = Path(filename)
    return (
        str(path.relative_to(settings.BASE_DIR))
        if path.is_relative_to(settings.BASE_DIR)
        else "/".join(path.parts[-3:])
    )
