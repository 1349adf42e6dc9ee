"""The first sentence of a text, which pages show by itself."""


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence, and the others."""
    first, _space, others = text.partition(". ")
    return (f"{first}.", others) if others else (text, "")
