"""Words that occur nowhere else, who wrote each, and who may come to read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordinator.core.records import Pairing, Question
from coordinator.core.view import SEES, relation

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aiou"
COORDINATOR = "coordinator"


WORD = re.compile(rf"zw(?:[{CONSONANTS}][{VOWELS}]){{3}}q")


@dataclass(frozen=True, kw_only=True)
class Canary:
    """word: in lower case. by, pairing: ids, pairing "" = of none. role: of its writer there, "" = none.

    visibility: as asked, or lowered by the writer.
    chosen: who may read it besides its writer, where its writer said so by itself (None = the class decides).
    """

    word: str
    by: str
    pairing: str
    prompt: str
    field: str
    fills: str
    visibility: str
    role: str = ""
    kind: str = ""
    chosen: frozenset[str] | None = None

    @property
    def readers(self) -> frozenset[str]:
        """What the table of `view` says, or its writer did: who may read it, by what they are to the writer."""
        return SEES[self.visibility] if self.chosen is None else self.chosen | {"writer"}

    def relation_of(self, reader: str, pairing: Pairing | None, roles: tuple[str, ...] = ()) -> str:
        """reader: a participant's id or "coordinator". roles: theirs in the program, for words of no pairing."""
        return relation(reader, self.by, pairing) if pairing else self._met(reader, roles)

    def may_be_read_by(self, reader: str, pairing: Pairing | None, roles: tuple[str, ...] = ()) -> bool:
        return self.relation_of(reader, pairing, roles) in self.readers

    def _met(self, reader: str, roles: tuple[str, ...]) -> str:
        if reader in (self.by, COORDINATOR):
            return "writer" if reader == self.by else COORDINATOR
        return "advisor" if "advisor" in roles else "partner" if roles else "stranger"

    def lowered(self) -> "Canary":
        return replace(self, visibility="private")


def found(text: str) -> set[str]:
    """Every word of a text that was planted somewhere."""
    return set(WORD.findall(text)) if "zw" in text else set()


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


def planted(question: Question, by: str, role: str, word: str) -> Canary:
    field = question.field
    return Canary(
        word=word,
        by=by,
        pairing=question.pairing,
        prompt=question.prompt,
        field=field.name,
        fills=field.fills or "",
        visibility=field.visibility,
        role=role,
        kind=field.kind,
    )
