"""Which rows belong together: a row, and all whose names begin with its own. Pure.

The steps of a procedure, the phases of a generation with their fuses: what hangs from a row is named by it, so the keys
alone tell, also of rows that are long gone.
"""

from collections.abc import Iterator
from typing import TypeAlias

from .schema import Content, Key, Model, target

Row: TypeAlias = tuple[Model, Key]


def belongs(row: Row, to: Row) -> bool:
    """Whether it is that row, or hangs from it at any depth."""
    return row == to or any(belongs(parent, to) for parent in parents(row))


def parents(row: Row) -> Iterator[Row]:
    """The rows whose names are part of its own."""
    model, key = row
    for name in dict.fromkeys(path.partition("__")[0] for path in model.natural_key_fields if "__" in path):
        parent = target(model._meta.get_field(name))  # type: ignore[arg-type]
        parts = zip(model.natural_key_fields, key, strict=False)
        yield parent, tuple(part for path, part in parts if path.startswith(f"{name}__"))


def family(content: Content, of: Row) -> Iterator[Row]:
    """The row and what hangs from it, as far as the content has them."""
    for model, rows in content.items():
        for key in rows:
            if belongs((model, key), of):
                yield model, key
