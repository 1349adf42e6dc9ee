"""The WSGI application: the page store in front of Django; with DEBUG, Django alone."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focushelp.settings")

django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (after the setup of Django)

from focushelp.page_store.store import PageStore  # noqa: E402

application = django if settings.DEBUG else PageStore(django)
