"""Headers that no library sets for us."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def same_origin_resources(get_response: GetResponse) -> GetResponse:
    """Cross-Origin-Resource-Policy on every answer, static files too: other sites cannot embed what is ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware
