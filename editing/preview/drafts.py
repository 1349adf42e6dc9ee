"""Publishes drafts within a dry run, because a draft has no page to preview."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Model
from django.db.models.functions import Coalesce
from django.utils import timezone

from guides.models import Claim, Generation, Phase, Procedure, ProcedureUse, RadioUnit
from guides.models.base import PublishedModel

#: Relations to rows that make no page without this one.
_BELOW: dict[type[Model], tuple[str, ...]] = {
    Generation: ("phases", "fitments"),
    Phase: ("fuses",),
    RadioUnit: ("fitments", "procedures"),
    Procedure: ("steps",),
}


def show_drafts(rows: Iterable[Model], withdrawn: Collection[Model]) -> list[PublishedModel]:
    """Publish those of the rows that are drafts, with the drafts above and below them, but none of the withdrawn.
    Returns what was published. Only for a transaction that is rolled back."""
    shown: list[PublishedModel] = []
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        if isinstance(row, ProcedureUse):
            waiting += [row.radio, row.procedure]
        elif isinstance(row, PublishedModel) and not (row.is_published or row in shown or row in withdrawn):
            publish(row)
            shown.append(row)
            waiting += _related(row)
    return shown


def publish(row: PublishedModel) -> None:
    """Publish one row. Only for a transaction that is rolled back."""
    changes = {"is_published": True}
    if isinstance(row, Claim) and not row.evidence_from:  # a constraint wants a day
        changes["checked_on"] = Coalesce("checked_on", timezone.localdate())  # type: ignore[assignment]
    type(row).objects.filter(pk=row.pk).update(**changes)


def _related(row: PublishedModel) -> Iterator[Model]:
    yield from row.drafts_above()
    for below in _BELOW.get(type(row), ()):
        yield from getattr(row, below).all()
    if isinstance(row, Procedure) and not row.radios.filter(is_published=True):  # otherwise some guide shows it
        yield from row.radios.all()
