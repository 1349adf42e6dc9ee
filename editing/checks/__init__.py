"""The checks read all that is published, and say what is wrong with it. One rule is one function."""

from .content import read_published
from .finding import Finding, Level
from .rules import RULES

__all__ = ["RULES", "Finding", "Level", "check"]


def check() -> list[Finding]:
    """What every rule finds, errors first, in a number of queries that does not grow with the content."""
    content = read_published()
    found = [
        Finding(rule.level, rule.name, row, words, rule.blocks_publishing)
        for rule in RULES
        for row, words in rule.demand(content)
    ]
    return sorted(found, key=lambda finding: finding.level != Level.ERROR)
