"""What may not be published: findings that block publishing and were not there before."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet

from editing.content_file import ContentFile, Difference, apply, dump, primary_keys, read_content
from editing.content_file.schema import Content
from guides.models import Version

from . import RULES, Finding, check


def blocking_findings(content: Content) -> list[Finding]:
    """What the checks find in the stored content, which was read before, that blocks publishing."""
    return _blocking_findings(dump(content), repr(primary_keys()))


@lru_cache(maxsize=2)  # a save asks twice, and reading the content takes a tenth of the time that the checks take
def _blocking_findings(_content: str, _primary_keys: str) -> list[Finding]:
    """The same for the same content."""
    return [finding for finding in check() if finding.blocks_publishing]


def findings_to_store(content: Content) -> dict[str, list[str]]:
    """The keys of the blocking findings by rule, for Version.findings; of rules without any, an empty list."""
    return _by_rule(blocking_findings(content))


def new_blocking_findings() -> list[str]:
    """The blocking findings that the newest version does not have, as sentences; within history.record.recorded().

    A rule that the newest version does not know came with an upgrade since. It blocks from the next version on: rows
    published before that it does not accept would otherwise block every save.
    """
    newest = Version.objects.newest()
    return _sentences_of_new(newest.findings if newest else _by_rule([]))


def dry_run(file: ContentFile) -> tuple[Difference, list[str]]:
    """What making the content equal to the file would change, and the new blocking findings; nothing is stored."""
    with transaction.atomic():
        before = findings_to_store(read_content())
        difference = apply(file)
        broken = _sentences_of_new(before) if difference else []
        transaction.set_rollback(True)
    return difference, broken


def broken_by_deleting(rows: QuerySet) -> list[str]:
    """The new blocking findings that there would be without the rows; nothing is deleted."""
    with transaction.atomic():
        rows.delete()
        broken = new_blocking_findings()
        transaction.set_rollback(True)
    return broken


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {rule.name: [] for rule in RULES if rule.blocks_publishing}
    for finding in findings:
        found[finding.rule].append(finding.key)
    return found


def _sentences_of_new(before: dict[str, list[str]]) -> list[str]:
    """The blocking findings that are not among those, given by rule, as sentences."""
    return [
        finding.sentence
        for finding in blocking_findings(read_content())
        if finding.key not in before.get(finding.rule, [finding.key])
    ]
