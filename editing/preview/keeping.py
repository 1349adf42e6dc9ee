"""Previews for people without an account: kept for LIFETIME, behind a link that only the site can make."""

from collections.abc import Iterable
from dataclasses import asdict

from django.contrib.auth.models import User
from django.core.signing import TimestampSigner
from django.urls import reverse
from django.utils import timezone

from guides.models.previews import LIFETIME, Preview

from .pages import Page

_SIGNER = TimestampSigner(salt="guides.preview")


def keep(title: str, pages: Iterable[Page], made_by: User) -> str:
    """Keep these pages, and drop what nobody can look at any more. Returns the address of the preview."""
    Preview.objects.filter(made_at__lt=timezone.now() - LIFETIME).delete()
    longest = Preview._meta.get_field("title").max_length
    kept = Preview.objects.create(title=title[:longest], pages=[asdict(page) for page in pages], made_by=made_by)
    return reverse("guides:preview", args=[_SIGNER.sign(str(kept.pk))])


def find(signed: str) -> Preview:
    """The preview behind a link. Raises SignatureExpired or Preview.DoesNotExist if it is no longer there, BadSignature
    if the link was never made here."""
    return Preview.objects.get(pk=_SIGNER.unsign(signed, max_age=LIFETIME))
