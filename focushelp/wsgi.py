"""The WSGI application: the page store in front of Django; with DEBUG, Django alone."""

import os
import signal
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread


def end_with(parent: BaseProcess) -> None:
    """End this worker when granian's main process has ended, even by SIGKILL: it would go on serving the port."""
    parent.join()
    os._exit(1)


if parent := parent_process():
    # Ctrl-C reaches workers too, and then SIGTERM of the main process; a worker that gets both may hang.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # Until granian sets its own handler, which it does after this, that of the main process would swallow SIGTERM.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=end_with, args=[parent], daemon=True).start()

# The imports below take half a second, in which a worker has to end when it is told to.
from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focushelp.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (after the setup of Django)

from focushelp.page_store.store import PageStore  # noqa: E402

application = django if settings.DEBUG else PageStore(django)
