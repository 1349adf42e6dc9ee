"""What people ask about: phrases whose words all occur in a line, in any order."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .reading import Topic
from .tidy import tidy
from .vocabulary import Phrases

#: The place of one word in a phrase: the number of the phrase, and that of the word.
Place = tuple[int, int]

#: No longer beginning of a word is looked up.
LONGEST_STEM = 16


@dataclass(frozen=True)
class TopicIndex:
    """Where each word stands. Each phrase is the number of its topic and the number of its words."""

    topics: tuple[Topic, ...]
    phrases: tuple[tuple[int, int], ...]
    words: dict[str, list[Place]]
    stems: dict[str, list[Place]]

    def find(self, sentence: str) -> list[tuple[int, int]]:
        """Give how many words of a phrase each topic has in common with a sentence, and its number."""
        places = {place for word in set(sentence.split(" ")) for place in self._places(word)}
        common = Counter(phrase for phrase, _word in places)
        best: dict[int, int] = {}
        for phrase, count in common.items():
            topic, words = self.phrases[phrase]
            if count == words:
                best[topic] = max(words, best.get(topic, 0))
        return [(words, topic) for topic, words in best.items()]

    def _places(self, word: str) -> list[Place]:
        places = list(self.words.get(word, ()))
        for length in range(1, min(len(word), LONGEST_STEM) + 1):
            places += self.stems.get(word[:length], ())
        return places


def index(rows: Sequence[Phrases]) -> TopicIndex:
    """Make the phrases of the vocabulary ready to find. Phrases with no word in them are left out."""
    topics = tuple(dict.fromkeys(Topic(row.kind, row.slug) for row in rows))
    phrases: list[tuple[int, int]] = []
    words, stems = defaultdict(list), defaultdict(list)
    for row in rows:
        for phrase in row.phrases:
            slots = [slot for piece in phrase.split() for slot in _slots(piece)]
            for number, slot in enumerate(slots):
                for word in slot:
                    (stems if word.endswith("*") else words)[word.rstrip("*")].append((len(phrases), number))
            if slots:
                phrases.append((topics.index(Topic(row.kind, row.slug)), len(slots)))
    return TopicIndex(topics, tuple(phrases), dict(words), dict(stems))


def _slots(piece: str) -> list[list[str]]:
    """Give the words of a piece of a phrase, each with those that may stand for it."""
    if "/" in piece:
        return [slot] if (slot := [word for each in piece.split("/") for word in _plain(each)[:1]]) else []
    return [[word] for word in _plain(piece)]


def _plain(word: str) -> list[str]:
    plain = [piece for piece in tidy(word).sentence.split() if piece not in ",-"]
    if plain and word.endswith("*"):
        plain[-1] += "*"
    return plain
