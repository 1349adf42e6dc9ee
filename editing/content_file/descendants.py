"""Which rows belong together: a row, and every row whose natural key begins with its own. Pure.

The steps of a procedure, the phases of a generation with their fuses: a child is named by its parent, so keys alone
tell, also of rows that were deleted long ago.
"""

from collections.abc import Iterator
from typing import TypeAlias

from .schema import Content, Key, Model, target

Row: TypeAlias = tuple[Model, Key]


def is_descendant_of(row: Row, ancestor: Row) -> bool:
    """Whether it is that row or a child of it, at any depth."""
    return row == ancestor or any(is_descendant_of(parent, ancestor) for parent in parents(row))


def parents(row: Row) -> Iterator[Row]:
    """The rows whose keys are part of its key."""
    model, key = row
    for name in dict.fromkeys(path.partition("__")[0] for path in model.natural_key_fields if "__" in path):
        parent = target(model._meta.get_field(name))  # type: ignore[arg-type]
        parts = zip(model.natural_key_fields, key, strict=False)
        yield parent, tuple(part for path, part in parts if path.startswith(f"{name}__"))


def with_descendants(content: Content, row: Row) -> Iterator[Row]:
    """The row and its descendants, as far as the content has them."""
    for model, rows in content.items():
        for key in rows:
            if is_descendant_of((model, key), row):
                yield model, key
