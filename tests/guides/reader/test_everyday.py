"""A thousand sentences in which words of the display have their everyday sense: none says what the display shows."""

from guides.reader import Severity, read

from .everyday import DID, sentences
from .words import VOCABULARY


def test_everyday_words_say_nothing_of_the_display() -> None:
    grave = {row.slug for row in VOCABULARY.messages if row.severity is not Severity.GO}
    read_as = {text: grave & set(read(text, VOCABULARY).messages) for text in sentences()}
    assert len(read_as) > 1000
    assert {text: slugs for text, slugs in read_as.items() if slugs} == {}


def test_each_of_the_words_is_in_many_of_them() -> None:
    texts = sentences()
    assert all(sum(word in text.lower().split() for text in texts) >= 50 for word in DID)
