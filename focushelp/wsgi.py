import os

from django.core.wsgi import get_wsgi_application

from .checks import say_what_to_know

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focushelp.settings")

django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (now that Django is set up)

from focushelp.page_store.store import PageStore  # noqa: E402
from focushelp.sqlite.base import DatabaseWrapper  # noqa: E402

DatabaseWrapper.may_create = False  # a site without its database says so, and begins no empty one
application = django if settings.DEBUG else PageStore(django)
say_what_to_know()
