"""Somebody at the editor's desk who saves once a second: a change of a message, with its version."""

import itertools
import time

import django

django.setup()

from editing.history.record import recorded  # noqa: E402
from guides.models import ErrorMessage  # noqa: E402

for number in itertools.count():
    with recorded(None, "benchmark"):
        message = ErrorMessage.objects.get(slug="wait")
        message.others_say = f"Made up, {number}."
        message.save()
    time.sleep(1)
