"""Reset a second factor: for the operator, when the only administrator has lost the phone."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from accounts import audit, second_factor


class Command(BaseCommand):
    help = "Reset the second factor of an account; its password then leads to setting up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the account signs in with")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        account = User.objects.filter(username=name).first()
        if not account:
            raise CommandError(f"There is no account “{name}”.")
        second_factor.reset(account)
        audit.record(account, "The operator reset the second factor.")
        self.stdout.write(f"The second factor of “{name}” is reset.")
