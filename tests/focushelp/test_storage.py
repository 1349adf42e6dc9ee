"""JavaScript without comments."""

from focushelp.storage import without_comments

#: A script, and what is left of it.
SCRIPTS = {
    "// why\nconst a = 1;\n": "const a = 1;\n",
    "f();\n  // why\n  g();\n": "f();\n  g();\n",
    'const b = "// no comment";\n': 'const b = "// no comment";\n',
    "const c = 1; // stays\n": "const c = 1; // stays\n",
    'const d = "http://focus.example/";\n': 'const d = "http://focus.example/";\n',
}


def test_only_lines_of_comment_are_removed() -> None:
    assert {script: without_comments(script) for script in SCRIPTS} == SCRIPTS
