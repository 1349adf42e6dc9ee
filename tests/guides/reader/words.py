"""A vocabulary like the one that the site builds from its rows: ``words.yaml``."""

from pathlib import Path

import yaml

from guides.reader import Generation, Message, Overlap, Phrases, Severity, Vocabulary

WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())

VOCABULARY = Vocabulary(
    messages=tuple(
        Message(slug, Severity(row["severity"]), tuple(row["spellings"]), tuple(row.get("everyday", ())))
        for slug, row in WORDS["messages"].items()
    ),
    radios=tuple((name, slug) for slug, names in WORDS["radios"].items() for name in names),
    generations=tuple(
        Generation(slug, tuple(row["names"]), *row["years"]) for slug, row in WORDS["generations"].items()
    ),
    overlaps=tuple(Overlap(*row) for row in WORDS["overlaps"]),
    cars=tuple((name, slug) for slug, names in WORDS["cars"].items() for name in names),
    topics=tuple(
        Phrases(kind, slug, tuple(map(str, phrases)))
        for kind, rows in WORDS["topics"].items()
        for slug, phrases in rows.items()
    ),
)
