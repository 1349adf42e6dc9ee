"""What is made lighter on the way to a phone."""

import pytest

from focushelp.storage import without_comments


@pytest.mark.parametrize(
    ("script", "lighter"),
    [
        ("// why\nconst a = 1;\n", "const a = 1;\n"),
        ("f();\n  // why\n  g();\n", "f();\n  g();\n"),
        ('const b = "// no comment";\n', 'const b = "// no comment";\n'),
        ("const c = 1; // stays\n", "const c = 1; // stays\n"),
        ('const d = "http://focus.example/";\n', 'const d = "http://focus.example/";\n'),
    ],
)
def test_only_lines_that_are_comments_go(script: str, lighter: str) -> None:
    assert without_comments(script) == lighter
