"""What people ask about: phrases whose words all occur in a sentence, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from .reading import Topic
from .tidy import tidy
from .vocabulary import Phrases

#: One word of a phrase: all that may stand for it, with a star at the end of a beginning.
Word = tuple[str, ...]


@dataclass(frozen=True)
class Topics:
    """The phrases of the vocabulary, each with the number of its topic, ready to find."""

    topics: tuple[Topic, ...]
    phrases: tuple[tuple[int, tuple[Word, ...]], ...]

    def find(self, sentences: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Give for each sentence the topics asked for: the number of words of a phrase, and that of its topic."""
        bits_of = {word: self._bits_of(word) for sentence in sentences for word in sentence.split(" ")}
        seen = [reduce(or_, (bits_of[word] for word in sentence.split(" "))) for sentence in sentences]
        all_seen = reduce(or_, seen, 0)
        possible = [phrase for phrase in self._phrase_bits if all_seen & phrase[2] == phrase[2]]
        return [[(words, topic) for topic, words, bits in possible if each & bits == bits] for each in seen]

    def _bits_of(self, word: str) -> int:
        stems = (f"{word[:length]}*" for length in self._stem_lengths)
        return reduce(or_, (self._bits.get(stem, 0) for stem in stems), self._bits.get(word, 0))

    @cached_property
    def _bits(self) -> dict[str, int]:
        """For each word, a bit for each place in a phrase where it may stand."""
        bits: dict[str, int] = {}
        for number, (_phrase, word) in enumerate(self._places):
            for form in word:
                bits[form] = bits.get(form, 0) | 1 << number
        return bits

    @cached_property
    def _phrase_bits(self) -> list[tuple[int, int, int]]:
        """For each phrase its topic, the number of its words, and the bits of their places."""
        bits = [0] * len(self.phrases)
        for number, (phrase, _word) in enumerate(self._places):
            bits[phrase] |= 1 << number
        return [(topic, len(words), bits[number]) for number, (topic, words) in enumerate(self.phrases)]

    @cached_property
    def _stem_lengths(self) -> list[int]:
        return sorted({len(form) - 1 for _phrase, word in self._places for form in word if form.endswith("*")})

    @cached_property
    def _places(self) -> list[tuple[int, Word]]:
        return [(number, word) for number, (_topic, words) in enumerate(self.phrases) for word in words]


def topics_of(rows: Sequence[Phrases]) -> Topics:
    """Make the phrases of the vocabulary ready to find. Those with no word in them are left out."""
    topics = list(dict.fromkeys(Topic(row.kind, row.slug) for row in rows))
    phrases = (
        (topics.index(Topic(row.kind, row.slug)), tuple(_words(phrase))) for row in rows for phrase in row.phrases
    )
    return Topics(tuple(topics), tuple((topic, words) for topic, words in phrases if words))


def _words(phrase: str) -> Iterator[Word]:
    """Give the words of a phrase. Forms of one word stand between strokes; other punctuation separates words."""
    for piece in phrase.split():
        forms = [_plain(form) for form in piece.split("/")]
        if len(forms) > 1:
            yield tuple(form[0] for form in forms if form)
        else:
            yield from ((form,) for form in forms[0])


def _plain(form: str) -> list[str]:
    words = [word for word in tidy(form).sentence.split() if word not in ",:-"]
    if words and form.endswith("*"):
        words[-1] += "*"
    return words
