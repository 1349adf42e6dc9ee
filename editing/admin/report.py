"""What needs a look: what the checker finds, which guides have gaps, and which facts nobody compared with their sources
for long."""

from datetime import timedelta

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editing.checks import Level, check, coverage
from editing.checks.finding import change_url
from editing.conflicts import is_as_seen
from editing.history.record import number_now, recorded
from guides.models import Claim
from guides.public import selectors

from .number import number_in

#: So long a fact is taken to be true.
CHECK_AGAIN_AFTER = timedelta(days=365)
#: So many facts are on the page; when one is done, the next moves up.
FACTS_SHOWN = 25


def may_confirm(request: HttpRequest, kind: type[Claim]) -> bool:
    return request.user.has_perm(f"guides.{get_permission_codename('confirm', kind._meta)}")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The report, for everybody who has to do with the content."""
    if not request.user.has_module_perms("guides"):
        raise PermissionDenied
    version = number_now()  # before the rows are read: what is stored in between then counts as later
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
            for claim in selectors.oldest_claims(FACTS_SHOWN)
        ],
        "due": selectors.claims_checked_before(due),
        "days": CHECK_AGAIN_AFTER.days,
    }
    return TemplateResponse(request, "admin/guides/report.html", context)


@require_POST
def checked_today(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """Somebody compared this fact with its sources today, and it is still true."""
    kinds = {kind._meta.model_name: kind for kind in Claim.__subclasses__()}
    if model not in kinds:
        raise Http404
    if not may_confirm(request, kinds[model]):
        raise PermissionDenied
    with recorded(request.user, _("Checked today, still true.")):
        claim = get_object_or_404(kinds[model], pk=pk)
        if is_as_seen(claim, number_in(request.POST.get("version")), besides="checked_on"):
            claim.checked_on = timezone.localdate()
            claim.save(update_fields=["checked_on"])
            admin.site.get_model_admin(kinds[model]).log_change(request, claim, _("Checked today, still true."))
            messages.success(request, _("“%(row)s”: checked today, still true.") % {"row": claim})
        else:
            words = _("“%(row)s” was changed since you opened this page. Read it again, then press the button.")
            messages.error(request, words % {"row": claim})
    return HttpResponseRedirect(f"{reverse('desk:report')}#facts")
