"""What the front page of the admin says of the content."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.admin.report import CHECK_AGAIN_AFTER, MAY_EXPORT
from editing.checks import Level, check, facts
from guides.feedback import report

register = template.Library()

#: The lists of the admin as an editor thinks of them, most used first.
SUBJECTS = {
    _("Radios"): ["RadioUnit", "Fitment"],
    _("Cars"): ["Generation", "Phase", "Overlap", "Fuse"],
    _("What to do"): ["Procedure", "Step"],
    _("Messages and answers"): ["ErrorMessage", "FAQ", "CodeSource"],
    _("Where facts come from"): ["Source"],
    _("Other cars"): ["CarGuide", "Make"],
    _("Forms of serials"): ["SerialFormat"],
    _("Accounts"): ["User", "LogEntry"],
}
#: Plainer names for models of other apps.
NAMES = {"LogEntry": _("Audit log")}


@register.simple_tag
def by_subject(app_list: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lists under headings of their own instead of one for each app; those of no subject stay under their app."""
    models = {model["object_name"]: (model, app) for app in app_list for model in app["models"]}
    subjects = []
    for subject, names in SUBJECTS.items():
        found = [models.pop(name) for name in names if name in models]
        if found:
            lists = [{**model, "name": NAMES.get(model["object_name"], model["name"])} for model, app in found]
            subjects.append({**found[0][1], "name": subject, "app_url": lists[0]["admin_url"], "models": lists})
    others = [{**app, "models": [each for each in app["models"] if each["object_name"] in models]} for app in app_list]
    return [*subjects, *(app for app in others if app["models"])]


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
