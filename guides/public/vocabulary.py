"""The words that the reader recognises, read from the rows."""

from guides import reader
from guides.models import (
    FAQ,
    CarGuide,
    CodeSource,
    ErrorMessage,
    Generation,
    Overlap,
    Procedure,
    RadioUnit,
    SerialFormat,
)
from guides.reader import Phrases, Severity, Vocabulary

from .answer_rows import Rows, answer_rows
from .memory import remembered

#: The kinds of topics, in the order in which the better of two equal matches comes first.
PROCEDURE, QUESTION, CODE_SOURCE = "procedure", "question", "code-source"


def stored_vocabulary() -> Vocabulary:
    """The published rows as the reader knows them, in a fixed number of queries."""
    askable = {PROCEDURE: Procedure, QUESTION: FAQ, CODE_SOURCE: CodeSource}
    return Vocabulary(
        messages=tuple(map(message_words, ErrorMessage.objects.published())),
        radios=tuple((name, radio.slug) for radio in RadioUnit.objects.published() for name in radio.names),
        generations=tuple(
            reader.Generation(row.slug, tuple(row.names), row.first_year, row.last_year)
            for row in Generation.objects.published()
        ),
        overlaps=tuple(
            reader.Overlap(
                row.earlier.slug, row.later.slug, row.first_year, row.last_year, row.first_month, row.last_month
            )
            for row in Overlap.objects.published().select_related("earlier", "later")
        ),
        cars=tuple(
            (name, row.key)
            for row in CarGuide.objects.published().filter(generation=None).select_related("make")
            for name in row.names
        ),
        masks=tuple(SerialFormat.objects.values_list("mask", flat=True)),
        topics=tuple(
            Phrases(kind, row.slug, tuple(row.phrases))
            for kind, model in askable.items()
            for row in model.objects.published()
            if row.asked_as
        ),
    )


def message_words(message: ErrorMessage) -> reader.Message:
    """A message as the reader knows it: an everyday word may repeat the display, and then is no plain spelling."""
    return reader.Message(message.slug, Severity(message.severity), tuple(message.spellings), tuple(message.everyday))


@remembered
def current_content() -> tuple[Vocabulary, Rows]:
    """What is read with and answered with."""
    return stored_vocabulary(), answer_rows()
