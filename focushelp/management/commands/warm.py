"""Make all public pages in advance."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from editing.history.record import current_version
from focushelp.page_store.page import Address, Page
from focushelp.page_store.store import PageStore
from guides.public.addresses import public_addresses


class Command(BaseCommand):
    help = "Make every public page of the present content; first record changes that were made outside the admin."

    def handle(self, *args: Any, **options: Any) -> None:
        current_version()
        store = PageStore(WSGIHandler())
        failed = []
        for url in public_addresses():
            path, _, query = url.partition("?")
            fragments = (False, True) if path.endswith("/") else (False,)  # files have none
            pages = [store.make(Address(path, query, fragment)) for fragment in fragments]
            if not all(isinstance(page, Page) for page in pages):
                failed.append(url)
        if not store.disk.is_writable:
            raise CommandError(f"{store.disk.root} cannot be written to: see the log.")
        if failed:
            raise CommandError(f"These addresses gave no page: {', '.join(failed)}")
