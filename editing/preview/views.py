"""A preview that was kept, for whoever has its link."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from guides.models.previews import Preview

from .keeping import find
from .pages import Page


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, signed: str) -> HttpResponse:
    try:
        kept = find(signed)
    except (SignatureExpired, Preview.DoesNotExist):
        return render(request, "guides/preview_gone.html", status=410)
    except BadSignature:
        return render(request, "guides/preview_gone.html", status=404)
    pages = [Page(**page) for page in kept.pages]
    shown = next((page for page in pages if page.address == request.GET.get("page")), pages[0])
    return render(request, "guides/preview.html", {"preview": kept, "pages": pages, "shown": shown})
