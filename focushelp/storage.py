"""Static files under names that change with their content."""

import re
from pathlib import PurePath

import rcssmin
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT_LINES = re.compile(r"^ *//.*\n", re.MULTILINE)


def minified(style: str) -> str:
    """The style without comments and blanks: a fifth less for a phone to fetch before anything shows.

    rcssmin takes ".a :is(.b)" for ".a:is(.b)": write ".a *:is(.b)". A test compares what the browser makes of both.
    """
    return str(rcssmin.cssmin(style))


def without_comments(script: str) -> str:
    """A script of ours without the lines that are comments: they are for readers of the source, not for phones."""
    return COMMENT_LINES.sub("", script)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed, minified and compressed, and our own scripts import each other by those names.

    Django's support_js_module_import_aggregation would do it for every script, but trips over one of django-htmx's.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched> from "(?P<url>\./[^"]+)")', ' from "%(url)s"'),)),
    )

    def _save(self, name: str, content: File) -> str:
        make_lighter = {".css": minified, ".js": without_comments}.get(PurePath(name).suffix)
        if make_lighter and name.startswith(("css/", "js/")):  # ours
            source = b"".join(content.chunks())  # from the start, wherever others have read to
            content = ContentFile(make_lighter(source.decode()).encode())
        return str(super()._save(name, content))
