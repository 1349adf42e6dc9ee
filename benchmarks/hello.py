"""What the site is compared with: the least that a WSGI application does, and the least that Django does."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"hello\n"


def raw(environ, start_response):  # type: ignore[no-untyped-def]  # the least is the point
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, content_type="text/plain")


urlpatterns = [path("", hello)]

if os.environ.get("DJANGO_SETTINGS_MODULE") is None:
    settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="not a secret", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
    bare_django = get_wsgi_application()
