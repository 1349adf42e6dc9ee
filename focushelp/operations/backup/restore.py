"""A backup, opened beside the site, proved, and only then put in the place of the present database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from . import pages
from .connection import as_default
from .engine import engine
from .errors import BackupError
from .make import publish
from .rotation import name_of

MARK = "-before-restore"


@dataclass(frozen=True)
class State:
    """What a database holds: the public pages that it gives, and how many rows there are of each kind."""

    pages: dict[str, bytes]
    rows: dict[str, int]


@dataclass(frozen=True)
class Restore:
    """A backup that fits this release and gives pages, ready to take the place of the present database."""

    file: Path
    settings: dict[str, Any]
    work: Path
    migrated: bool
    state: State
    present: State
    #: Why the present database cannot be kept as a backup; "" when it can.
    problem: str

    def lines(self) -> list[str]:
        """What would be replaced by what."""
        differing = pages.differing(self.present.pages, self.state.pages)
        words = {"n": len(differing), "all": len(self.state.pages)}
        lines = [_("The backup is sound and gives %(all)d pages; %(n)d of them differ from now.") % words]
        lines += [f"  {address}" for address in differing[:10]]
        if self.migrated:
            lines.append(_("It is of an older release, and was brought up to this one."))
        for kind, number in self.state.rows.items():
            now = self.present.rows.get(kind, 0)
            if now != number:
                lines.append(
                    _("%(kind)s: %(now)d now, %(then)d in the backup") % {"kind": kind, "now": now, "then": number}
                )
        if self.problem:
            lines.append(_("The present database cannot be read: %s.") % self.problem)
        return lines

    def apply(self) -> Path | None:
        """Puts it in the place of the present database, and gives the file where that was kept, if there was one."""
        name = name_of(datetime.now(UTC), MARK + engine().SUFFIX)
        if self.problem:
            return engine().replace_broken(self.settings, name)
        kept = self.file.parent / name
        with TemporaryDirectory(dir=kept.parent, prefix=".part-") as folder:
            part = Path(folder, "backup")
            with engine().copied(part):
                publish(part, kept)
        engine().replace(self.settings, self.work)
        return kept


@contextmanager
def restore(file: Path) -> Iterator[Restore]:
    """Opens a backup beside the site; refuses one that is damaged, no backup of this site, or of a newer release."""
    engine().check(file)
    problem = engine().live_problem()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        with engine().scratch(file, work) as settings:
            with as_default(**settings):
                migrated = _migrate()
                state = _state()
            present = State({}, {}) if problem else _present()
            yield Restore(file, settings, work, migrated, state, present, problem)


def _migrate() -> bool:
    """Brings the database up to this release; False when it was of this one. Refuses what it cannot bring up."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if not any(app == "guides" for app, _name in applied):
        raise BackupError(_("it is no backup of this site"))
    unknown = sorted(name for name in applied - set(loader.disk_migrations) if name[0] in loader.migrated_apps)
    if unknown:
        newer = {"migration": ".".join(unknown[0])}
        raise BackupError(_("it is of a newer release (%(migration)s): install that release, then restore") % newer)
    if not set(loader.disk_migrations) - applied:
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _state() -> State:
    try:
        models = [*apps.get_app_config("guides").get_models(), *apps.get_app_config("auth").get_models()]
        rows = {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}
        return State(pages.render(), rows)
    except DatabaseError as error:
        raise BackupError(_("it gives no pages in this release: %s") % error) from error


def _present() -> State:
    """Of the present database, which may be of another release, or empty."""
    try:
        return _state()
    except BackupError:
        return State({}, {})
