"""The part of YAML that a content file needs: text, lists and mappings. Pure: bytes in, nodes out.

A file may be damaged or hostile. Aliases (a few lines of them can stand for gigabytes), tags (they may name code to
run), and a file too large, too deep or of too many values are refused while it is read, event by event: yaml.compose()
with libyaml crashes the process on deeply nested lists. Every value stays the text that was written; the field that it
belongs to says what it means, so a text `no` is never taken for a truth value.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import yaml
from django.utils.translation import gettext as _

from .errors import ContentFileError, short

MAX_BYTES = 5_000_000  # fifty times the starting content
MAX_NODES = 250_000  # values, lists and mappings: the memory that they take does not follow from the bytes
MAX_DEPTH = 5  # the file, a section, a row, a list of references, a reference of two parts

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"


class Node(NamedTuple):
    value: Value
    line: int


def decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ContentFileError(_("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1_000_000})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentFileError(_("The file is not UTF-8."), data.count(b"\n", 0, error.start) + 1) from None


def parse(text: str) -> Node:
    """The one document in the text. Raises ContentFileError."""
    events = _events(text)
    try:
        next(events)  # the stream begins
        if isinstance(next(events), yaml.StreamEndEvent):
            raise ContentFileError(_("The file is empty."))
        root = _node(next(events), events, 1)
        end = next(events)
        if not isinstance(next(events), yaml.StreamEndEvent):
            raise ContentFileError(_("There is more after the end."), _line(end))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or _("it cannot be read")
        raise ContentFileError(
            _("This is not YAML: %(problem)s.") % {"problem": problem}, mark and mark.line + 1
        ) from None
    return root


def _events(text: str) -> Iterator[yaml.Event]:
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if number > 2 * MAX_NODES:
            raise ContentFileError(_("The file has more than %(most)d values.") % {"most": MAX_NODES}, _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentFileError(_("Anchors and aliases (& and *) are not allowed."), _line(event))
        if getattr(event, "tag", None):
            raise ContentFileError(_("Tags (!) are not allowed."), _line(event))
        yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    if isinstance(event, yaml.ScalarEvent):
        return Node(None if event.implicit[0] and event.value in _NULLS else event.value, _line(event))
    if depth > MAX_DEPTH:
        raise ContentFileError(_("Lists within lists are nested too deeply."), _line(event))
    if isinstance(event, yaml.SequenceStartEvent):
        return Node([_node(each, events, depth + 1) for each in _until(yaml.SequenceEndEvent, events)], _line(event))
    return Node(_mapping(events, depth), _line(event))


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
    mapping: dict[str, Node] = {}
    for event in _until(yaml.MappingEndEvent, events):
        if not isinstance(event, yaml.ScalarEvent):
            raise ContentFileError(_("A name is expected before the colon, not a list."), _line(event))
        name = event.value
        if name in mapping:
            raise ContentFileError(_("“%(name)s” stands here twice.") % {"name": short(name)}, _line(event))
        mapping[name] = _node(next(events), events, depth + 1)
    return mapping


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    while not isinstance(event := next(events), end):
        yield event
