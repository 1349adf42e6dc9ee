"""A stored page: its bodies, headers and ETags, all made in advance."""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from .encodings import BROTLI, GZIP, IDENTITY, best, encode

Headers = list[tuple[str, str]]

#: Headers that differ between the encodings of a page.
_ENCODING_HEADERS = {"content-length", "etag"}
#: Headers that describe a body, and so are missing in a 304.
_BODY_HEADERS = {"content-type", "content-length", "content-encoding"}


class Address(NamedTuple):
    """The key of a page. The query is as links of the site write it."""

    path: str
    query: str = ""
    fragment: bool = False


class Page:
    """One page in each encoding.

    `headers` are those of the identity encoding, without length and ETag; `tag` is the ETag without its quotes;
    `bodies` are by encoding.
    """

    def __init__(self, headers: Headers, tag: str, bodies: dict[str, bytes]) -> None:
        self.headers, self.tag, self.bodies = headers, tag, bodies
        self.size = sum(map(len, bodies.values()))  # bytes
        self._forms: dict[str, tuple[bytes, Headers]] = {}
        self._unchanged: dict[str, Headers] = {}
        for encoding, body in bodies.items():
            etag = f'"{tag}-{encoding}"' if encoding else f'"{tag}"'
            own = [("Content-Encoding", encoding)] if encoding else []
            form = [*headers, *own, ("Content-Length", str(len(body))), ("ETag", etag)]
            self._forms[encoding] = (body, form)
            self._unchanged[etag] = [each for each in form if each[0].lower() not in _BODY_HEADERS]

    @classmethod
    def of(cls, headers: Headers, body: bytes) -> "Page":
        """The page of an unencoded answer of Django."""
        named = {name.lower(): value for name, value in headers}
        encodings = (IDENTITY, GZIP, BROTLI) if "accept-encoding" in named.get("vary", "").lower() else (IDENTITY,)
        kept = [(name, value) for name, value in headers if name.lower() not in _ENCODING_HEADERS]
        return cls(kept, named["etag"].strip('"'), {encoding: encode(body, encoding) for encoding in encodings})

    def stale(self) -> "Page":
        """The same page with X-Stale: 1 and no-cache, for when it may be out of date."""
        others = [(name, value) for name, value in self.headers if name.lower() != "cache-control"]
        return Page([*others, ("Cache-Control", "public, no-cache"), ("X-Stale", "1")], self.tag, self.bodies)

    def answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """The WSGI answer to a GET or HEAD."""
        form = self._forms.get(best(environ.get("HTTP_ACCEPT_ENCODING", ""))) or self._forms[IDENTITY]
        body, headers = form
        asked = environ.get("HTTP_IF_NONE_MATCH")
        unchanged = self._not_modified(asked, headers[-1][1]) if asked else None
        if unchanged:
            start_response("304 Not Modified", unchanged[:])
            return []
        start_response("200 OK", headers[:])  # a copy: servers add headers to the list
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _not_modified(self, if_none_match: str, etag: str) -> Headers | None:
        """The headers of a 304, if the browser has the page in any encoding; else None."""
        if if_none_match.strip() == "*":
            return self._unchanged[etag]
        for part in if_none_match.split(","):
            found = self._unchanged.get(part.strip().removeprefix("W/"))
            if found:
                return found
        return None

    def dump(self) -> bytes:
        """The content of a file: a checksum, headers and lengths as JSON, and the bodies."""
        lengths = {encoding: len(body) for encoding, body in self.bodies.items()}
        about = json.dumps({"headers": self.headers, "tag": self.tag, "lengths": lengths}).encode()
        content = b"\n".join([about, b"".join(self.bodies.values())])
        return sha256(content).hexdigest().encode() + b"\n" + content

    @classmethod
    def load(cls, data: bytes) -> "Page":
        """The page of a file. Raises ValueError if it is not exactly what dump() gave."""
        checksum, _, content = data.partition(b"\n")
        if sha256(content).hexdigest().encode() != checksum:
            raise ValueError("wrong checksum")
        line, _, rest = content.partition(b"\n")
        about = json.loads(line)
        bodies = {}
        for encoding, length in about["lengths"].items():
            bodies[encoding], rest = rest[:length], rest[length:]
        return cls([(name, value) for name, value in about["headers"]], about["tag"], bodies)
