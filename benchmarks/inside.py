"""What runs with the site's own settings: python -m benchmarks.inside times | multiply TIMES | edit"""

import io
import itertools
import json
import sys
import time
from collections.abc import Callable
from statistics import median

import django
from django.conf import settings

django.setup()

from django.db import models, transaction  # noqa: E402 (after the setup of Django)

from editing.content_file import schema  # noqa: E402
from editing.history.record import recorded  # noqa: E402
from focushelp.page_store.asking import ask, page_of, plain_request  # noqa: E402
from focushelp.page_store.disk import Disk  # noqa: E402
from focushelp.page_store.page import Address  # noqa: E402
from focushelp.wsgi import django as application  # noqa: E402
from guides.models import FAQ, CodeSource, ErrorMessage, Fuse, RadioUnit, SerialFormat  # noqa: E402

from . import GUIDE, TEXT  # noqa: E402

ROUNDS = 9
#: The primary keys of a row and of its copies are so far apart.
APART = 100_000
#: There are as many as there are letters, whatever the number of cars.
SHARED = {SerialFormat}


def times() -> None:
    """Print the processor time in ms that each takes in this one process, as JSON; medians of rounds in turns."""
    guide, disk = Address(GUIDE), Disk(settings.PAGES_PATH)
    posted = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(TEXT)),
        "REMOTE_ADDR": "127.0.0.1",  # posts from this machine are not limited
    }

    def post() -> object:
        body = {"wsgi.input": io.BytesIO(TEXT.encode())}
        return ask(application, plain_request(Address("/check/", fragment=True)) | posted | body)

    def stored() -> None:
        page = page_of(ask(application, plain_request(guide)))  # compresses it
        assert page
        disk.write("benchmark", guide, page)

    what: dict[str, Callable[[], object]] = {
        "healthz": lambda: ask(application, plain_request(Address("/healthz"))),
        "anew": lambda: ask(application, plain_request(guide)),
        "stored": stored,
        "fragment": post,
    }
    found: dict[str, list[float]] = {name: [] for name in what}
    for _ in range(ROUNDS):
        for name, do in what.items():
            repeat = 20 if name == "healthz" else 2
            begin = time.process_time()
            for _ in range(repeat):
                do()
            found[name].append((time.process_time() - begin) / repeat * 1000)
    print(json.dumps({name: median(each) for name, each in found.items()}))


def multiply(factor: int) -> None:
    """Have every row so many times. Copies belong to copies, so the guides there were stay the same."""
    with transaction.atomic():
        for model in schema.models():
            throughs = [schema.links(field) for field in model._meta.many_to_many]
            for each in (model, *(through for through in throughs if through._meta.auto_created)):
                rows = [] if each in SHARED else list(each._default_manager.all())
                for _ in range(1, factor):
                    for row in rows:
                        _become_next_copy(row)
                    each._default_manager.bulk_create(rows)
        radio = RadioUnit.objects.order_by("pk")[0]
        for model in (FAQ, CodeSource):  # for all radios: a copy is for one, or it would stand in every guide
            for copy in model._default_manager.filter(pk__gte=APART, radios=None):
                copy.radios.add(radio.pk + copy.pk // APART * APART)


def _become_next_copy(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if (field.primary_key or (field.is_relation and field.related_model not in SHARED)) and value is not None:
            setattr(row, field.attname, value + APART)
        elif field.name == "slug" or (isinstance(row, Fuse) and field.name == "box"):
            setattr(row, field.attname, f"{value}-x")


def edit() -> None:
    """Change a message once a second, with its version, and print what it then says."""
    for number in itertools.count():
        words = f"Made up, {number}."
        with recorded(None, "benchmark"):
            ErrorMessage.objects.filter(slug="wait").update(meaning=words)
        print(words, flush=True)
        time.sleep(1)


if __name__ == "__main__":
    if sys.argv[1] == "multiply":
        multiply(int(sys.argv[2]))
    else:
        {"times": times, "edit": edit}[sys.argv[1]]()
