"""The question under a step. Its answers are the only thing that public pages store, as counts."""

import re
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guides.public import selectors
from guides.public.limits import seconds_to_wait
from guides.public.rendering import answer

from . import counting
from .counting import Outcome

#: The name of a step: GuideStep.key.
STEP = re.compile(r"[\w-]+/[\w-]+", re.ASCII)


def is_from_our_pages(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, by its headers, because public pages have no CSRF token.

    Without TLS browsers leave out Sec-Fetch-Site, and Origin is compared.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def did_it(request: HttpRequest) -> HttpResponse:
    """The question for one step of a guide, and the result of an answer."""
    if request.method != "POST":
        step = request.GET.get("step", "")
        button = f'[form][value="{step}"]' if STEP.fullmatch(step) else ""
        return answer(request, "guides/did_it.html", _question(request.GET), "guides/_did_it.html", instead_of=button)
    if not is_from_our_pages(request):
        response = render(request, "403_csrf.html", status=403)
        response["Cache-Control"] = "no-store"
        return response
    seconds = seconds_to_wait(request)
    context = _question(request.POST)
    if "item" in context and seconds:
        context |= {"outcome": Outcome.TOO_MANY}
    elif "item" in context:
        guide = context["guide"]
        sent = request.POST.getlist("answer")
        choice = counting.choices(guide).get(sent[0]) if len(sent) == 1 else None
        outcome = counting.count(context["item"], guide.radio, choice) if choice else Outcome.UNCLEAR
        context |= {"outcome": outcome, "choice": choice}
    response = answer(request, "guides/did_it.html", context, "guides/_did_it.html")
    if seconds:
        response.status_code = 429
        response["Retry-After"] = str(seconds)
    return response


def _slug(asked: QueryDict, name: str) -> str:
    """What was sent, if it is a slug; PostgreSQL raises an error for some other texts."""
    sent = asked.get(name, "")
    return sent if slug_re.fullmatch(sent) else ""


def _question(asked: QueryDict) -> dict[str, Any]:
    """The guide and the step of the question, or the outcome "gone" if there is no such guide or step."""
    try:
        guide = selectors.get_guide(_slug(asked, "radio"), _slug(asked, "car"))
    except ObjectDoesNotExist:
        return {"outcome": Outcome.GONE}
    item = next((item for item in guide.steps if item.key == asked.get("step")), None)
    return {"guide": guide, "item": item} if item else {"guide": guide, "outcome": Outcome.GONE}
