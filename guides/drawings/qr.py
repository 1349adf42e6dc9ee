"""Addresses as QR codes, for the phone in the car and for the printed sheet."""

from io import BytesIO

import segno


def svg(address: str) -> bytes:
    picture = BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", xmldecl=False, light="#fff", omitsize=True)
    return picture.getvalue()
