"""Reports on the content: what the checks find, which guides have gaps, what sources dispute, which facts were not
compared with their sources for a year, what drivers report; and all of the content as a file."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editing.checks import Level, check, coverage, facts
from editing.conflicts import is_unchanged_since
from editing.content_file import export
from editing.content_file.schema import models, name_of
from editing.handbook import html_of
from editing.history.record import current_version, recorded
from editing.links import change_url
from guides.feedback import counting
from guides.feedback import report as feedback_report
from guides.models import Answer, Claim, Version
from guides.public import selectors

#: The age at which a fact is to be compared with its sources again.
CHECK_AGAIN_AFTER = timedelta(days=365)
FACTS_SHOWN = 25
#: The permissions that a download of all content needs.
MAY_EXPORT = [f"guides.view_{name_of(model)}" for model in models()]


def may_confirm(request: HttpRequest, kind: type[Claim]) -> bool:
    return request.user.has_perm(f"guides.{get_permission_codename('confirm', kind._meta)}")


def mark_checked(claim: Claim) -> None:
    claim.checked_on = timezone.localdate()
    claim.save(update_fields=["checked_on"])


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What needs a look, for users with any permission on the content."""
    if not request.user.has_module_perms("guides"):
        raise PermissionDenied
    version = current_version()  # before the rows are read: a version stored in between then counts as later
    findings = check()
    due = timezone.localdate() - CHECK_AGAIN_AFTER
    context = {
        **admin.site.each_context(request),
        "title": _("What needs a look"),
        "version": version,
        "errors": [finding for finding in findings if finding.level == Level.ERROR],
        "warnings": [finding for finding in findings if finding.level == Level.WARNING],
        "columns": coverage.COLUMNS,
        "matrix": coverage.matrix(selectors.every_guide(), selectors.generations()),
        "facts": [
            {
                "claim": claim,
                "url": change_url(claim),
                "kind": claim._meta.verbose_name,
                "model": claim._meta.model_name,
                "is_due": claim.checked_on and claim.checked_on < due,
                "may_confirm": may_confirm(request, type(claim)),
            }
            for claim in facts.oldest_facts(FACTS_SHOWN)
        ],
        "disputed": _disputed(),
        "due": facts.count_checked_before(due),
        "days": CHECK_AGAIN_AFTER.days,
    }
    return TemplateResponse(request, "admin/guides/report.html", context)


def _disputed() -> list[dict[str, Any]]:
    """What sources dispute, with what drivers answered to the procedure, or on the radio, that it is about."""
    answers = feedback_report.answers_about(feedback_report.summaries())
    return [
        {
            "claim": claim,
            "url": change_url(claim),
            "kind": claim._meta.verbose_name,
            "yes": drivers[Answer.YES],
            "no": drivers[Answer.NO],
        }
        for claim in facts.disputed_facts()
        for drivers in [answers.get(getattr(claim, "procedure", claim), Counter())]
    ]


@require_POST
def checked_today(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """Set the day on which a fact was compared with its sources to today."""
    kinds = {kind._meta.model_name: kind for kind in Claim.__subclasses__()}
    if model not in kinds:
        raise Http404
    if not may_confirm(request, kinds[model]):
        raise PermissionDenied
    with recorded(request.user, _("Checked today, still true.")):
        claim = get_object_or_404(kinds[model], pk=pk)
        seen = Version.objects.numbered(request.POST.get("version"))
        if is_unchanged_since(claim, seen, besides="checked_on"):
            mark_checked(claim)
            admin.site.get_model_admin(kinds[model]).log_change(request, claim, _("Checked today, still true."))
            messages.success(request, _("“%(row)s”: checked today, still true.") % {"row": claim})
        else:
            words = _("“%(row)s” was changed since you opened this page. Read it again, then press the button.")
            messages.error(request, words % {"row": claim})
    return HttpResponseRedirect(f"{reverse('editing:report')}#facts")


@require_safe
@permission_required("guides.view_procedure", raise_exception=True)
def feedback(request: HttpRequest) -> HttpResponse:
    """What drivers answered to “Did it work?”, for each procedure on each radio, beside what sources dispute."""
    context = {
        **admin.site.each_context(request),
        "title": _("What drivers report"),
        "summaries": [
            (
                summary,
                change_url(summary.procedure, summary.radio.get_absolute_url()),
                [(claim, change_url(claim)) for claim in summary.disputed],
            )
            for summary in feedback_report.summaries()
        ],
        "enough": feedback_report.MIN_ANSWERS,
        "recent_days": feedback_report.RECENT_PERIOD.days,
        "kept_days": counting.RETENTION.days,
    }
    return TemplateResponse(request, "admin/guides/feedback.html", context)


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """The handbook for editors, as it is in this release."""
    text = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    context = {
        **admin.site.each_context(request),
        "title": _("Handbook for editors"),
        "handbook": mark_safe(html_of(text)),  # noqa: S308 (a file of the release)
    }
    return TemplateResponse(request, "admin/guides/handbook.html", context)


@require_safe
@permission_required(MAY_EXPORT, raise_exception=True)
def download(request: HttpRequest) -> HttpResponse:
    """All content as a file named by the day."""
    name = f"focus-help-{timezone.localdate():%Y-%m-%d}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export(), content_type="application/yaml", headers=headers)
