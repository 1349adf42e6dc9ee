"""Which app may import which, and that no test module imports another."""

import ast
from pathlib import Path

from .site import ROOT

MAY_IMPORT = {"focushelp": {"editing", "guides", "accounts"}, "editing": {"guides"}, "guides": set(), "accounts": set()}


def imported(path: Path) -> set[str]:
    """The names that a file imports: "guides.models", "guides.models.Step"; ".test_admin" of its own package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {module, *(f"{module.rstrip('.')}.{alias.name}" for alias in node.names)}
    return found


def test_apps_import_downwards_only() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for app, allowed in MAY_IMPORT.items()
        for path in (ROOT / app).rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in MAY_IMPORT.keys() - allowed - {app}
    }
    assert wrong == set()


def test_no_test_is_imported() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "tests").rglob("*.py")
        for name in imported(path)
        if name.startswith((".", "tests")) and any(part.startswith("test_") for part in name.split("."))
    }
    assert wrong == set()
