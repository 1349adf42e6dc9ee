"""The reader's knowledge as plain data, for the same reader in the browser: ``static/js/reader.js``.

Whatever is written down in this package is handed over, so that nothing is written twice. What JavaScript brings
itself are Unicode's own classes (``\\p{L}``): tests hold them against Python's.
"""

from typing import Any

from .reading import MAX_LENGTH, MAX_LINES
from .rules import CERTAIN_RULES, MEANT, MOST_HELPFUL, RULES, SERIAL_AMONG_WORDS, SPLIT_SERIAL, Rule
from .tidy import DASHES, LABEL, LINE_END, LONGEST_FORM
from .verdict import GOOD_SERIAL, LONGEST_QUOTE, Tidy
from .vocabulary import DASHES_ONLY, Vocabulary, phrasebook


def data(vocabulary: Vocabulary) -> dict[str, Any]:
    """Give all that ``read(text, vocabulary)`` goes by, ready for JSON."""
    phrases = phrasebook(vocabulary)
    return {
        "limits": {"characters": MAX_LENGTH, "lines": MAX_LINES, "quote": LONGEST_QUOTE},
        "tidy": {
            "lineEnd": LINE_END.pattern,
            "label": LABEL.pattern,
            "dashes": DASHES,
            "longestForm": LONGEST_FORM,
            "changes": list(Tidy),
        },
        "phrases": {
            "whole": phrases.whole.pattern,
            "amongWords": phrases.among_words.pattern,
            "dashesOnly": DASHES_ONLY.pattern,
            "meanings": [(phrase.kind, phrase.slug) for phrase in phrases.phrases],
        },
        "certainRules": list(map(_row, CERTAIN_RULES)),
        "rules": list(map(_row, RULES)),
        "serialAmongWords": [rule.pattern for rule in SERIAL_AMONG_WORDS],
        "splitSerial": SPLIT_SERIAL.pattern,
        "meant": MEANT,
        "goodSerial": sorted(GOOD_SERIAL),
        "mostHelpful": MOST_HELPFUL,
    }


def _row(rule: Rule) -> list[str]:
    return [rule.kind, rule.on, rule.pattern, *rule.also]
