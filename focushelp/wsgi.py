import os

from django.core.wsgi import get_wsgi_application

from .checks import say_what_to_know

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focushelp.settings")

application = get_wsgi_application()
say_what_to_know()
