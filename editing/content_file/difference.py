"""The difference between two contents, in words to be read before it is applied. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from .errors import short
from .read import title
from .schema import Content, Key, Model, fields, is_empty

CONTEXT = 20  # characters around a change in a long text


@dataclass(frozen=True)
class Difference:
    #: Each row as (model, key), in the order of the file; of a changed one also what its fields held and will hold.
    added: tuple[tuple[Model, Key], ...]
    removed: tuple[tuple[Model, Key], ...]
    changed: dict[tuple[Model, Key], dict[str, tuple[Any, Any]]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def digest(self) -> str:
        """The same for the same difference, and for no other."""
        return sha256(repr(self).encode()).hexdigest()

    def lines(self) -> Iterator[str]:
        """Every change, then how many there are."""
        for row in self.removed:
            yield f"- {title(*row)}"
        for row in self.added:
            yield f"+ {title(*row)}"
        for row, changes in self.changed.items():
            for name, (old, new) in changes.items():
                yield f"~ {title(*row)}, {name}: {' → '.join(_apart(_shown(old), _shown(new)))}"
        yield self.summary

    @property
    def summary(self) -> str:
        counts = {"added": len(self.added), "removed": len(self.removed), "changed": len(self.changed)}
        return _("%(added)d added, %(removed)d removed, %(changed)d changed.") % counts if self else _("No difference.")


def compare(old: Content, new: Content) -> Difference:
    return Difference(
        # As they stand in the new content: rows with the same order keep the order in which they are stored.
        added=tuple((model, key) for model in new for key in new[model] if key not in old[model]),
        removed=tuple((model, key) for model in new for key in sorted(old[model].keys() - new[model].keys())),
        changed={
            (model, key): {
                field.name: (old[model][key][field.name], new[model][key][field.name])
                for field in fields(model)
                if old[model][key][field.name] != new[model][key][field.name]
            }
            for model in new
            for key in sorted(old[model].keys() & new[model].keys())
            if old[model][key] != new[model][key]
        },
    )


def _shown(value: Any) -> str:
    if is_empty(value):
        return _("(empty)")
    if isinstance(value, tuple):
        return ", ".join(each if isinstance(each, str) else "/".join(each) for each in value)
    return str(value)


def _apart(old: str, new: str) -> Iterator[str]:
    """Both texts without what they share at either end, except CONTEXT."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    before, after = max(start - CONTEXT, 0), max(end - CONTEXT, 0)
    for text in (old, new):
        middle = text[before : len(text) - after]
        yield f"“{'…' if before else ''}{short(middle, 160)}{'…' if after else ''}”"


def _shared(one: str, other: str) -> int:
    """How many characters at the start are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
