"""Addresses as QR codes."""

from io import BytesIO

import segno


def svg(address: str) -> bytes:
    """The QR code of an address, as an SVG file."""
    picture = BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", xmldecl=False, light="#fff", omitsize=True)
    return picture.getvalue()
