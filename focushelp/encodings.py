"""The encodings that we send, and which of them a browser takes."""

import gzip
import re
from functools import lru_cache

import brotli

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
#: For pages that are kept and sent to many. A guide is a seventh smaller than with gzip; below 10 hardly anything is
#: gained, above it takes three times as long.
BROTLI_QUALITY = 10
#: For answers that are made for one: as small as gzip makes them, in as short a time.
QUICK_BROTLI = 5
WORTH_COMPRESSING = 200  # bytes, as in Django's GZipMiddleware

_OFFER = re.compile(r"\s*(?P<name>[\w*-]+)\s*(?:;\s*q\s*=\s*(?P<quality>[01](?:\.\d{0,3})?)\s*)?", re.IGNORECASE)


@lru_cache(maxsize=256)  # browsers send a handful; whoever invents more of them only loses the quick way
def best(accept_encoding: str) -> str:
    """What to send for this Accept-Encoding: the one that is wanted most, Brotli where two are wanted alike.

    An encoding that is not named, or named in a way that cannot be read, is not taken.
    """
    offers = [_OFFER.fullmatch(part) for part in accept_encoding.split(",")]
    wanted = {offer["name"].lower(): float(offer["quality"] or 1) for offer in offers if offer}
    encoding = max((BROTLI, GZIP), key=lambda name: wanted.get(name, 0.0))
    return encoding if wanted.get(encoding) else IDENTITY


def encode(body: bytes, encoding: str, quality: int = BROTLI_QUALITY) -> bytes:
    if encoding == BROTLI:
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, mtime=0) if encoding == GZIP else body
