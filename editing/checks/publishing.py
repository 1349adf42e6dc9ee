"""What may not be published: errors of the checker that were not there before."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from editing.content_file import ContentFile, ContentFileError, Difference, rehearsed
from editing.history.revert import whole
from guides.models import Version

from . import Finding, Level, check

#: Rules that a larger change breaks half-way and that harm no driver: what is published before anything leads to it.
HALF_WAY = {"orphan"}


def errors() -> list[Finding]:
    """What the checker finds now that may not be published."""
    return [finding for finding in check() if finding.level == Level.ERROR and finding.rule not in HALF_WAY]


def in_words(found: Collection[Finding], before: Collection[Finding]) -> list[str]:
    """What was found that had not been there before."""
    return [
        _("%(row)s (%(kind)s): %(words)s") % {"row": finding.row, "kind": finding.kind, "words": finding.words}
        for finding in found
        if finding not in before
    ]


def new_errors() -> list[str]:
    """What a change breaks, within `recorded`: what the checker finds now, and not in the newest version.

    Nearly always it finds nothing, so only then the content is put back for a moment, to see what was wrong before.
    """
    found = errors()
    newest = Version.objects.newest()
    if not found or not newest:
        return in_words(found, ())
    try:
        with rehearsed(whole(newest)):
            before = errors()
    except ContentFileError:  # it was changed outside the desk, into what the desk does not take
        before = []
    return in_words(found, before)


def rehearse(file: ContentFile) -> tuple[Difference, list[str]]:
    """What making the content equal to the file would change, and what it would break; nothing is stored."""
    with rehearsed(file) as difference:
        found = errors()
    return difference, in_words(found, errors()) if found else []
