"""Why there is no backup, or why a file is not restored, in one line."""


class BackupError(Exception):
    """Says what is wrong and what to do, in words for an operator, and never in more than one line."""

    def __init__(self, reason: object) -> None:
        super().__init__(" ".join(str(reason).split()))
