"""Print what the checks find in the published content, one line for each finding."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editing.checks import Level, check


class Command(BaseCommand):
    help = "Check the published content; the exit code is 1 if there is an error."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check()
        for finding in findings:
            self.stdout.write(f"{finding.level}: {finding.rule}: {finding.kind} “{finding.row}”: {finding.words}")
        errors = sum(finding.level == Level.ERROR for finding in findings)
        summary = f"errors: {errors}, warnings: {len(findings) - errors}"
        if errors:
            raise CommandError(summary)
        self.stdout.write(summary)
