"""The number of a row, from an address or a form: anybody may have written it."""


def number_in(text: str | None) -> int | None:
    """None for what is none; so is one of more than nine digits, which no row has and Python may refuse to read."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
