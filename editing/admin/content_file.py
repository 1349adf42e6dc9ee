"""The content as a file: handed out to those who may read all of it, and read back by those who may replace all of it.

A file is read back in two steps, look and confirm. Between them it is kept nowhere: the page that shows the difference
carries file and difference along, signed, so that what was looked at is what is imported.
"""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from editing.checks.publishing import rehearse
from editing.content_file import ContentFile, ContentFileError, Difference, apply, export, load, stored
from editing.content_file.plain_yaml import LARGEST, decode
from editing.content_file.schema import models, name_of
from editing.history.display import differences
from editing.history.record import recorded
from guides.models import Version

#: What a form may have around the file, or around what it carries along, in bytes.
FORM = 10_000
#: So many bytes of a file that is too large are taken from the browser, piece by piece, and thrown away: a browser that
#: cannot send does not look for an answer.
PATIENCE, PIECE = 1_000_000_000, 100_000
MAY_EXPORT = [f"guides.view_{name_of(model)}" for model in models()]
MAY_IMPORT = "guides.import_content"


@require_safe
@permission_required(MAY_EXPORT, raise_exception=True)
def download(request: HttpRequest) -> HttpResponse:
    """All content, for those who may look at every kind of row."""
    name = f"focus-help-{timezone.localdate():%Y-%m-%d}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export(), content_type="application/yaml", headers=headers)


@csrf_exempt  # who looks for the token takes in the whole request; _look() does when that is known to be small
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT, raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; then show what it would change. Nothing is changed here."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + FORM:
        for _piece in range(PATIENCE // PIECE):
            if not request.read(PIECE):
                break
        return _refused(request, _("The file is larger than %(most)d bytes.") % {"most": LARGEST})
    return _look(request)


@csrf_protect
def _look(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "admin/guides/import.html")
    file = request.FILES.get("file")
    if not file:
        return _refused(request, _("Choose a file first."))
    try:
        text = decode(file.read())
        read = load(text.encode())
        before = stored()
        difference, broken = rehearse(read)
        carried = _carry(text, difference)
    except ContentFileError as error:
        return _refused(request, str(error))
    context = {"difference": difference, "broken": broken, "carried": carried}
    context["shown"] = list(differences(difference, before, read.content))
    return _page(request, "admin/guides/import_difference.html", **context)


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def confirm(request: HttpRequest) -> HttpResponse:
    """Import what somebody has looked at, all or nothing."""
    try:
        text, agreed = signing.loads(request.POST.get("carried", ""), salt=MAY_IMPORT)
        difference = _import(request, load(text.encode()), agreed)
    except signing.BadSignature:
        return _refused(request, _("The file did not come back whole; choose it again."))
    except ContentFileError as error:
        return _refused(request, str(error))
    messages.success(request, _("Imported: %(summary)s") % {"summary": difference.summary})
    return HttpResponseRedirect(reverse("admin:index"))


def _import(request: HttpRequest, file: ContentFile, agreed: str) -> Difference:
    """Import it, with a version in the history and a line in the log; or raise ContentFileError."""
    note = _("Import of a content file: %(why)s") % {"why": request.POST.get("why", "").strip() or "–"}
    with transaction.atomic():
        with recorded(request.user, note):
            difference = apply(file, agreed)
        LogEntry.objects.log_actions(request.user.pk, Version.objects.all()[:1], CHANGE, note)  # type: ignore[arg-type]
    return difference


def _carry(text: str, difference: Difference) -> str:
    """The file and what was shown of it, as a form can hold them; packed, because a form holds less than a file."""
    carried = signing.dumps([text, difference.digest], salt=MAY_IMPORT, compress=True)
    if len(carried) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - FORM:
        raise ContentFileError(_("The file is too large for this page. The operator can import it, by a command."))
    return carried


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return _page(request, "admin/guides/import.html", refusal=reason)


def _page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    page = {**admin.site.each_context(request), "title": _("Import content"), **context}
    return TemplateResponse(request, template, page)
