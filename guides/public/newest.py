"""Which version of the content is the newest: asked at most once a second, in the request that is due."""

import logging
import threading
import time

from django.db import Error, close_old_connections

from guides.models import Version

logger = logging.getLogger(__name__)

#: A change is public in every process after twice this time.
LOOK_INTERVAL = 1  # seconds


class NewestContent:
    """The digest of the newest content, as far as this process knows it.

    One request asks the database; the others go on with what is known, even if the database takes long to answer.
    """

    def __init__(self) -> None:
        self.digest = ""  # until the first look, and before the first version
        self.database_answers = True
        self.due = 0.0  # when to look again
        self._asking = threading.Lock()

    def look(self) -> str:
        """The digest, after a small query if the last one was a second ago."""
        if time.monotonic() >= self.due:
            if self._asking.acquire(blocking=False):
                try:
                    self.due = time.monotonic() + LOOK_INTERVAL
                    self.ask()
                finally:
                    self._asking.release()
            elif time.monotonic() >= self.due:  # the request that asks has waited for a second
                self.database_answers = False
        return self.digest

    def ask(self) -> str:
        """The digest, after a small query; the last one known if the database does not answer."""
        close_old_connections()  # as before and after a request: the page store asks outside of them
        try:
            self.digest = Version.objects.newest_digest()
            self.database_answers = True
        except Error as error:
            if self.database_answers:
                logger.error("The database does not answer (%s): stored pages are served.", error)
            self.database_answers = False
        finally:
            close_old_connections()
        return self.digest


#: What this process knows, for everything that is kept for one version of the content.
newest_content = NewestContent()
