"""The reader's knowledge as plain data, for the same reader in the browser: ``static/js/reader.js``.

Whatever is written down in this package is handed over, so that nothing is written twice. What JavaScript brings
itself are Unicode's own classes (``\\p{L}``): tests hold them against Python's.
"""

from typing import Any

from . import edit, plates, vin
from .display import AROUND
from .kinds import GOOD_SERIAL, LEADING, MOST_HELPFUL, NEAR_SERIAL, Tidy
from .knowledge import knowledge
from .reading import MAX_QUOTE
from .rules import MEANT, MEANT_FIRST, Rule
from .sentence import BESIDE, KINDS, KNOWN, NO_WORDS
from .text import MAX_LENGTH, MAX_LINES
from .tidy import APOSTROPHE, BREAK, DASHES, DASHES_IN_A_ROW, LABEL, LINE_END, MAX_FORM, YEAR_RANGE
from .vocabulary import Vocabulary


def data(vocabulary: Vocabulary) -> dict[str, Any]:
    """Give all that ``read(text, vocabulary)`` goes by, ready for JSON."""
    known = knowledge(vocabulary)
    return {
        "limits": {"characters": MAX_LENGTH, "lines": MAX_LINES, "quote": MAX_QUOTE},
        "tidy": {
            "lineEnd": LINE_END.pattern,
            "label": LABEL.pattern,
            "dashes": DASHES,
            "longestForm": MAX_FORM,
            "changes": list(Tidy),
            "apostrophe": APOSTROPHE.pattern,
            "yearRange": YEAR_RANGE.pattern,
            "dashesInARow": DASHES_IN_A_ROW,
            "break": BREAK,
        },
        "certainRules": list(map(_row, known.certain_rules)),
        "rules": list(map(_row, known.rules)),
        "serialAmongWords": [rule.pattern for rule in known.serial_among_words],
        "splitSerial": known.split_serial.pattern,
        "meant": MEANT,
        "meantFirst": MEANT_FIRST,
        "known": known.known,
        "names": known.names,
        "marks": {"known": KNOWN, "beside": BESIDE, "noWords": NO_WORDS},
        "display": {name: regex.pattern for name, regex in vars(known.display).items()} | {"around": AROUND},
        "messages": known.messages,
        "severities": list(known.severities.items()),
        "sold": [each._asdict() for each in known.sold],
        "plates": {"ages": plates.AGES, "identifier": plates.IDENTIFIER.pattern},
        "vin": {
            "maker": vin.MAKER,
            "years": vin.YEARS,
            "firstYear": vin.FIRST_YEAR,
            "cycle": vin.CYCLE,
            "cycleYear": vin.CYCLE_YEAR,
        },
        "edit": {
            "years": edit.YEARS,
            "maxChanges": edit.MAX_CHANGES,
            "shortest": edit.SHORTEST_WITHIN_A_WORD,
            "spaces": edit.SPACES.pattern,
            "ends": edit.ENDS.pattern,
        },
        "topics": {"topics": known.topics.topics, "phrases": known.topics.phrases},
        "kinds": {
            "seen": KINDS,
            "goodSerial": sorted(GOOD_SERIAL),
            "nearSerial": NEAR_SERIAL,
            "leading": LEADING,
            "mostHelpful": MOST_HELPFUL,
        },
    }


def _row(rule: Rule) -> list[str]:
    return [rule.kind, rule.on, rule.pattern, *rule.also]
