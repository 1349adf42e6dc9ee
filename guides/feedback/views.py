"""The answers to “Did it work?”: the only thing that public pages store, as counts."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guides.public import selectors
from guides.public.limits import seconds_to_wait
from guides.public.rendering import answer

from . import counting
from .counting import Given, Outcome


def is_from_our_pages(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, by its headers, because public pages have no CSRF token.

    Without TLS browsers leave out Sec-Fetch-Site, and Origin is compared.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@csrf_exempt
@require_POST
def did_it(request: HttpRequest) -> HttpResponse:
    """Count an answer, and say whether it was counted: in the place of the form, or on a page."""
    if not is_from_our_pages(request):
        response = render(request, "403_csrf.html", status=403)
        response["Cache-Control"] = "no-store"
        return response
    sent = request.POST
    given = Given(sent.get("answer", ""), sent.get("message", ""), sent.get("serial_from", ""))
    seconds = seconds_to_wait(request)
    context = _question(sent)
    if "way" not in context:
        outcome = Outcome.GONE
    elif seconds:
        outcome = Outcome.TOO_MANY
    else:
        outcome = counting.count(context["guide"], context["way"], given, request.META["REMOTE_ADDR"])
    context |= {"outcome": outcome, "given": given}
    response = answer(request, "guides/did_it.html", context, "guides/_did_it.html")
    if seconds:
        response.status_code = 429
        response["Retry-After"] = str(seconds)
    return response


def _slug(sent: QueryDict, name: str) -> str:
    """What was sent, if it is a slug; PostgreSQL raises an error for some other texts."""
    text = sent.get(name, "")
    return text if slug_re.fullmatch(text) else ""


def _question(sent: QueryDict) -> dict[str, Any]:
    """The guide and the procedure that were asked about, as far as they exist."""
    try:
        guide = selectors.get_guide(_slug(sent, "radio"), _slug(sent, "car"))
    except ObjectDoesNotExist:
        return {}
    way = next((way for way in guide.asked if way.procedure.slug == sent.get("procedure")), None)
    return {"guide": guide, "way": way} if way else {"guide": guide}
