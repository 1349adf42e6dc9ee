"""Tells a CDN that all pages may be other ones now."""

import json
import logging
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings

logger = logging.getLogger(__name__)

PATIENCE = 10  # seconds


def everything(edition: str) -> None:
    """Posts {"site": …, "edition": …} to PURGE_URL, if there is one. A failure is logged and changes nothing else."""
    if not settings.PURGE_URL:
        return
    body = json.dumps({"site": settings.SITE_URL, "edition": edition}).encode()
    request = Request(settings.PURGE_URL, body, {"Content-Type": "application/json"})  # noqa: S310 (http or https)
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            logger.info("The CDN was told of %s.", edition)
    except (OSError, HTTPException) as error:
        logger.error("PURGE_URL does not answer (%s): the CDN keeps old pages until they expire.", error)
