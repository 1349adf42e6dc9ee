"""What the front page of the admin says of the content."""

from typing import Any

from django import template
from django.utils import timezone

from editing.admin.report import CHECK_AGAIN_AFTER, MAY_EXPORT
from editing.checks import Level, check, facts
from guides.feedback import report

register = template.Library()


@register.inclusion_tag("admin/guides/_report_counts.html")
def report_counts() -> dict[str, Any]:
    findings = check()
    errors = sum(finding.level == Level.ERROR for finding in findings)
    due = facts.count_checked_before(timezone.localdate() - CHECK_AGAIN_AFTER)
    return {"errors": errors, "warnings": len(findings) - errors, "due": due}


@register.inclusion_tag("admin/guides/_content_file.html", takes_context=True)
def content_file_link(context: dict[str, Any]) -> dict[str, Any]:
    return {"may_export": context["user"].has_perms(MAY_EXPORT)}


@register.inclusion_tag("admin/guides/_feedback_count.html")
def feedback_count() -> dict[str, Any]:
    return {"worth_a_look": sum(summary.worth_a_look for summary in report.summaries())}
