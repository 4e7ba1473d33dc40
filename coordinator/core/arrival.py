"""One message on its way into the record: who wrote it, to which letter, for which pairing."""

from dataclasses import dataclass, field
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter, Decision, Effect
from coordinator.core.frozen import replace
from coordinator.core.identify import Found, Verdict, found_anywhere, verdict
from coordinator.core.moments import Situation
from coordinator.core.overlay import Living, Overlay
from coordinator.core.program import Program
from coordinator.core.reading import Context, Reading
from coordinator.core.receipts import patience_for, receipt_due, without_doubt
from coordinator.core.records import Pairing, Participant, Question, Receipt
from coordinator.core.standing import holder, standing
from coordinator.core.where import Where


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message with everything that a decision about it needs. cohort: collects the changes.

    chosen: the pairing that it is about, as its writer said when asked; "" = nobody asked.
    """

    program: Program
    chapter: Chapter
    cohort: Overlay
    reading: Reading
    found: Found
    verdict: Verdict
    now: datetime
    chosen: str = ""
    effects: list[Effect] = field(default_factory=list)
    touched: dict[str, Living] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What names this message in keys: the same however often it is delivered."""
        return self.reading.envelope.fingerprint[:16]

    @property
    def writer(self) -> Participant:
        """Whoever wrote, as changed so far. LookupError for a stranger."""
        writer = self.found.writer
        somebody = self.cohort.participant(writer.id) if writer else None
        if somebody is None:
            raise LookupError("a stranger has no record")
        return somebody

    @property
    def pairing(self) -> Pairing | None:
        """The pairing that the message is about: the letter's, else the writer's only one; None = not clear."""
        if self.chosen:
            return self.cohort.pairing(self.chosen)
        letter = self.found.letter
        names = set(letter.pairings) if letter else set()
        if len(names) != 1:
            own = [p for p in self.cohort.pairings_of(self.writer.id) if p.status != "ended"]
            names = {p.id for p in own if not names or p.id in names}
        return self.cohort.pairing(names.pop()) if len(names) == 1 else None

    def situation(self, pairing: Pairing) -> Situation:
        return Situation(program=self.program, chapter=self.chapter, cohort=self.cohort, pairing=pairing)

    def context(self, of: Participant | None = None) -> Context:
        """What the reader of a field must know about the writer, or whoever is told about it of somebody."""
        person = of or self.writer
        return Context(
            language=person.language or self.chapter.language,
            timezone=person.timezone or self.chapter.timezone,
            now=self.reading.envelope.date or self.now,
            words=self.program.words,
        )

    def put(self, record: Living) -> None:
        """Puts a record in place; the round of decisions that follows finds what is due of it, and when next."""
        self.touched[record.id] = record
        self.cohort.put(record)

    def holder(self, question: Question) -> Living | None:
        """The record, as changed so far, to which a question belongs."""
        return holder(self.cohort, question.pairing, self.writer.id)

    def where(self, record: Living) -> Where:
        return standing(self.program, self.chapter, self.cohort, record)

    def tell(
        self,
        lines: tuple[str, ...],
        about: Living,
        *,
        told: tuple[Question, ...] = (),
        unclear: tuple[Question, ...] = (),
        lacking: tuple[Question, ...] = (),
        at_once: bool = False,
        to: str = "",
    ) -> None:
        """Keeps a receipt for the writer (or for `to`), told with the next mail that is near, else now."""
        writer = self.cohort.participant(to) or self.writer
        is_first = writer.answered is None
        where = self.where(holder(self.cohort, about.id, "") or self.cohort.participant(about.id) or about)
        due = receipt_due(where, writer.id, self.now, at_once=at_once or is_first or bool(unclear or lacking))
        patience = None if is_first or unclear or lacking or at_once else patience_for(told)
        if patience and len(lines) <= len(told):
            due = self.now + patience
        letter = self.found.letter
        receipt = Receipt(
            key=f"{writer.id}/receipt/{self.name}",
            letter=letter.id if letter else "",
            pairing=where.name,
            at=self.now,
            due=due,
            lines=lines,
            told=told,
            unclear=unclear,
            open=lacking,
        )
        next_one = min((due, *(r.due for r in writer.receipts), *([writer.due] if writer.due else [])))
        self.cohort.put(replace(writer, receipts=(*writer.receipts, receipt), due=next_one))

    def clear_up(self, question: Question) -> None:
        """What an earlier mail of theirs left in doubt, and this one answers, is not asked once more."""
        cleared = without_doubt(self.writer, question)
        if cleared != self.writer:
            self.cohort.put(cleared)

    def heard(self) -> None:
        """Notes that the writer answered; whoever writes is reachable and no longer away."""
        writer = self.writer
        status = "active" if writer.status == "unreachable" else writer.status
        self.cohort.put(replace(writer, answered=self.now, away_until=None, status=status, bounces=()))

    def _wake(self, id_: str) -> None:
        """Has the next round of decisions ask what is due to somebody."""
        person = self.cohort.participant(id_)
        if person is not None and person.status in ("active", "paused"):
            self.cohort.put(replace(person, due=self.now))

    def decision(self, outcome: str, reason: str = "") -> Decision:
        for record in self.touched.values():
            if isinstance(record, Participant):
                self._wake(record.id)
                continue
            current = holder(self.cohort, record.id, "") or record
            self.cohort.put(replace(current, due=self.now))
        return Decision(changes=self.cohort.changes(), effects=tuple(self.effects), outcome=outcome, reason=reason)


def arrived(program: Program, chapter: Chapter, cohort: Cohort, reading: Reading, now: datetime) -> Arrival:
    """A message that was read, with whoever its carriers say that it is from."""
    seen = found_anywhere(cohort, reading.envelope, chapter)
    return Arrival(
        program=program,
        chapter=chapter,
        cohort=Overlay(cohort),
        reading=reading,
        found=seen,
        verdict=verdict(seen, reading.envelope, chapter, now),
        now=now,
    )
