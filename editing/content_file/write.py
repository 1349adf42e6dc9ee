"""Writes a content file. A changed field is a changed line; in a long text, only the changed sentences are."""

import re
import sys
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from guides.models.base import OrderedModel

from .read import END, FORMAT
from .schema import Content, Key, Record, fields, is_empty, may_be_empty, models, name_of

HEADER = f"""\
# The content of Focus Help. docs/content.md tells how to use this file. Fields that are empty are left out.
format: {FORMAT}
"""

FOLD_AFTER = 80  # characters; a longer text has a line for each sentence
_SENTENCES = re.compile(r"(?<=[.!?]) (?=\S)")
#: Characters that YAML does not preserve in a block, or that are invisible there.
_UNSAFE = re.compile(r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def dump(content: Content) -> str:
    return "\n".join([HEADER, *(_section(model, content[model]) for model in models()), END]) + "\n"


def _section(model: Any, rows: dict[Key, Record]) -> str:
    if not rows:
        return f"{name_of(model)}: []\n"
    return "\n".join([f"{name_of(model)}:\n", *(_row(model, rows[key]) for key in _in_order(model, rows))])


def _in_order(model: Any, rows: dict[Key, Record]) -> list[Key]:
    """By parent, then in the order of the site; by key where rows have no order. Rows with the same order stay as they
    are given, because an import stores them as they stand."""
    if not issubclass(model, OrderedModel):
        return sorted(rows)
    within = model.order_within
    return sorted(rows, key=lambda key: (rows[key][within] if within else (), rows[key]["order"]))


def _row(model: Any, record: Record) -> str:
    shown = {
        field.name: _references(record[field.name]) if field.is_relation else record[field.name]
        for field in fields(model)
        if not (may_be_empty(field) and is_empty(record[field.name]))
    }
    return _written(tuple(shown.items()))


@lru_cache(maxsize=1024)  # each save writes all rows, and few of them have changed
def _written(shown: tuple[tuple[str, Any], ...]) -> str:
    return yaml.dump([dict(shown)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=sys.maxsize)


def _references(value: Any) -> Any:
    """Keys of one part stand by themselves: mk1, not [mk1]."""
    if not isinstance(value, tuple):
        return value
    return _references(value[0]) if len(value) == 1 and isinstance(value[0], str) else tuple(map(_references, value))


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, references on one line, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def write_folded(self, text: str) -> None:
        """A line for each sentence, whatever its length: changing one leaves the other lines alone."""
        self.write_indicator(">-", True)
        for sentence in _SENTENCES.split(text):
            self.write_indent()
            self.column += len(sentence)
            self.stream.write(sentence)


def _style(text: str) -> str | None:
    if _UNSAFE.search(text) or text.endswith("\n"):  # else the empty line after a row would read as part of the text
        return '"'
    if "\n" in text:
        return "|"
    return ">" if len(text) > FOLD_AFTER and " " in text and text == text.strip() else None


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _tuple(dumper: yaml.SafeDumper, items: tuple[Any, ...]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


def _decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(number))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, _tuple)
_Dumper.add_representer(Decimal, _decimal)
