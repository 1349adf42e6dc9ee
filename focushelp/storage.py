"""Storage of static files: hashed names, minified CSS and JavaScript, compressed."""

import re
from pathlib import PurePath

import rcssmin
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT_LINES = re.compile(r"^ *//.*\n", re.MULTILINE)


def minified(style: str) -> str:
    """CSS without comments and blanks: a fifth smaller, and a page is blank until it has arrived.

    rcssmin turns ".a :is(.b)" into ".a:is(.b)": write ".a *:is(.b)". A browser test compares both.
    """
    return str(rcssmin.cssmin(style))


def without_comments(script: str) -> str:
    """JavaScript without the lines that are only a comment."""
    return COMMENT_LINES.sub("", script)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed, minified and compressed files, in which our scripts import each other by their hashed names.

    Django's support_js_module_import_aggregation does that for all scripts, but fails on one of django-htmx's.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched> from "(?P<url>\./[^"]+)")', ' from "%(url)s"'),)),
    )

    def _save(self, name: str, content: File) -> str:
        minify = {".css": minified, ".js": without_comments}.get(PurePath(name).suffix)
        if minify and name.startswith(("css/", "js/")):  # our own
            source = b"".join(content.chunks())  # from the start, even if it was read before
            content = ContentFile(minify(source.decode()).encode())
        return str(super()._save(name, content))
