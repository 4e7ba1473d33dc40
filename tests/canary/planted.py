"""Words that occur nowhere else, who wrote each, and who may come to read it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordinator.core.records import Pairing, Question
from coordinator.core.view import SEES, relation

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aiou"
COORDINATOR = "coordinator"


@dataclass(frozen=True, kw_only=True)
class Canary:
    """word: in lower case. by, pairing: ids, pairing "" = of none. visibility: as asked, or lowered by the writer."""

    word: str
    by: str
    pairing: str
    prompt: str
    field: str
    fills: str
    visibility: str

    def may_be_read_by(self, reader: str, pairing: Pairing | None) -> bool:
        """As the table of `view` says. reader: a participant's id or "coordinator"."""
        if pairing is None:
            return reader == self.by or (reader == COORDINATOR and COORDINATOR in SEES[self.visibility])
        return relation(reader, self.by, pairing) in SEES[self.visibility]

    def lowered(self) -> "Canary":
        return replace(self, visibility="private")


def words() -> Iterator[str]:
    """Pronounceable, so that nothing takes them for a code, and in no dictionary: "zqabibado"."""
    count = 0
    while True:
        left, word = count, ""
        for _ in range(3):
            left, consonant = divmod(left, len(CONSONANTS))
            left, vowel = divmod(left, len(VOWELS))
            word += CONSONANTS[consonant] + VOWELS[vowel]
        count += 1
        yield f"zw{word}q"


def planted(question: Question, by: str, word: str) -> Canary:
    field = question.field
    return Canary(
        word=word,
        by=by,
        pairing=question.pairing,
        prompt=question.prompt,
        field=field.name,
        fills=field.fills or "",
        visibility=field.visibility,
    )
