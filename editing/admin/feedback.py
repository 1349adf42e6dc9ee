"""What drivers report: the answers to “Did your radio do this?”, for each step on each radio."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editing.checks.finding import change_url
from guides.feedback import counting, report


@require_safe
@permission_required("guides.view_step", raise_exception=True)
def feedback_report(request: HttpRequest) -> HttpResponse:
    """The report, for those who may view steps."""
    context = {
        **admin.site.each_context(request),
        "title": _("What drivers report"),
        "summaries": [(summary, change_url(summary.step)) for summary in report.summaries()],
        "enough": report.MIN_ANSWERS,
        "recent_days": report.RECENT_PERIOD.days,
        "kept_days": counting.RETENTION.days,
    }
    return TemplateResponse(request, "admin/guides/feedback.html", context)
