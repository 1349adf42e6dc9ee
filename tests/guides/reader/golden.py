"""Golden vectors: texts of which the tests here say what they are, for another reader that must say the same."""

from guides.reader import Kind

from . import test_kinds, test_lines, test_tidy, test_vocabulary

# (text, kind, serial), read with the vocabulary of words.yaml
GOLDEN = [
    *test_kinds.CASES,
    *test_lines.CASES,
    *((text, Kind.SERIAL, "V123456") for text, _changes in test_tidy.SERIALS),
    *((text, Kind.MESSAGE, "") for text, _slug in test_vocabulary.MESSAGES),
    *((text, Kind.RADIO_NAME, "") for text, _slug in test_vocabulary.RADIOS),
]
