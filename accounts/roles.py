"""What each role may do. The groups are part of the program: every migrate brings them up to date, so that an upgrade
reaches them, and the admin does not offer to change them."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

CONTENT = Q(content_type__app_label="guides")
LOOK = Q(codename__startswith="view_")
CONFIRM = Q(codename__startswith="confirm_")
WRITE = Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="delete_")
#: No account is ever deleted, because what it did would go with it.
ACCOUNTS = Q(content_type__app_label="auth", codename__in=["add_user", "change_user", "view_user"])
SECOND_FACTORS = Q(content_type__app_label="otp_totp", codename="delete_totpdevice")
AUDIT_LOG = Q(content_type__app_label="admin", codename="view_logentry")

ROLES: dict[str, Q] = {
    "Reviewers": CONTENT & (LOOK | CONFIRM),
    "Editors": CONTENT & (LOOK | CONFIRM | WRITE),
    "Administrators": CONTENT | ACCOUNTS | SECOND_FACTORS | AUDIT_LOG,
}


def bring_up_to_date(*, using: str = "default", **kwargs: Any) -> None:
    """Make the groups that are not there, and give each exactly its permissions. Called after a migrate."""
    for name, permissions in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(Permission.objects.using(using).filter(permissions))
