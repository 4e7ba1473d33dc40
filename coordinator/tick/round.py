"""Everything that the steps of one tick share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.config import Settings
from coordinator.core.effects import Decision, Draft, Effect
from coordinator.core.frozen import replace
from coordinator.core.privacy import is_leaving
from coordinator.core.program import Program
from coordinator.core.records import Pairing, Participant, Record
from coordinator.core.standing import R, holder
from coordinator.errors import CoordinatorError
from coordinator.formats import letters
from coordinator.formats.own import Own
from coordinator.store.work import Work
from coordinator.tick.account import Account
from coordinator.tick.doors import CRON, Options

AGAIN = timedelta(days=1)
"""After so long a letter that could not be written is tried once more."""
LEAVING = "leaving"
"""Counted while somebody is to be deleted."""


@dataclass(kw_only=True)
class Round:
    """One tick at work. Of a dry one the work is a fork that reaches no disk, and nothing is put away or sent.

    counted: lines of news that the state already counts. left_unread: senders of messages that stay in the inbox for
    the next tick. uncopied: sent letters of which the mailbox took no copy. sent_to: participant → mails since the last
    commit.
    changed: pairings and people as this tick changed them, some more than once. forgotten: somebody was deleted.
    """

    settings: Settings
    program: Program
    work: Work
    now: datetime
    account: Account
    options: Options = CRON
    drafts: list[Draft] = field(default_factory=list)
    rehearsal: list[Draft] = field(default_factory=list)
    counted: int = 0
    left_unread: set[str] = field(default_factory=set)
    uncopied: int = 0
    sent_to: Counter[str] = field(default_factory=Counter)
    changed: list[Pairing | Participant] = field(default_factory=list)
    forgotten: bool = False

    @property
    def restored(self) -> bool:
        """Whether the state came from a copy, so that the mailbox may know more of what was read and sent."""
        return self.work.meta.restored_at is not None

    @property
    def own(self) -> Own:
        chapter = self.settings.chapter
        return Own(
            address=chapter.address,
            domain=chapter.address.rpartition("@")[2],
            trusted_authserv_ids=self.settings.trusted_authserv_ids,
        )

    def take(self, decision: Decision) -> None:
        """Puts the records of a decision in place and writes its letters; a broken one stops only itself."""
        self.work.stage(decision.changes)
        self.note_leaving(decision.changes)
        self.changed.extend(record for record in decision.changes if isinstance(record, Pairing | Participant))
        for effect in decision.effects:
            self.write(effect)

    def note_leaving(self, records: Sequence[Record]) -> None:
        """Has the end of this tick, or of a later one, delete whoever asked for it."""
        if any(isinstance(record, Participant) and is_leaving(record) for record in records):
            self.work.with_meta(counters={**self.work.meta.counters, LEAVING: 1}, wakes=self.now)

    def write(self, effect: Effect) -> None:
        person = self.work.participant(effect.letter.recipient)
        zone = person.timezone if person and person.timezone else self.settings.chapter.timezone
        try:
            draft = letters.write(effect, self.program, self.settings.chapter, self.now, zone)
        except Exception as error:  # noqa: BLE001 - a broken template stops only its own letter
            self.account.failed += 1
            self.account.news.append(f"letter {effect.letter.id} could not be written: {_fault(error)}")
            self._take_back(effect)
            return
        self.drafts.append(draft)
        self.account.wrote(draft.letter, tuple(s.prompt for s in effect.sections))

    def _take_back(self, effect: Effect) -> None:
        """What the letter was to say is not said: it is decided once more tomorrow, or when the program was mended.

        A reminder that could not be written counts as one.
        """
        for section in effect.sections:
            record = holder(self.work, section.pairing, effect.letter.recipient)
            if record and section.key in record.decided and not section.nudge:
                self.work.stage((_undecided(record, section.key, effect.letter.id, self.now + AGAIN),))

    def commit(self) -> None:
        """Remembers everything so far in one atomic step, the drafts frozen with it."""
        self.count_news()
        drafts = tuple(self.drafts)
        self.drafts.clear()
        if self.options.dry:
            self.rehearsal.extend(drafts)
        self.work.commit(drafts)

    def count_news(self) -> None:
        """Notes how many lines the coordinator has not been told: a tick that dies must not hide that there are any."""
        fresh = len(self.account.news) - self.counted
        if fresh:
            counters = dict(self.work.meta.counters)
            wakes = self.work.meta.wakes if counters.get("unsaid") else None
            counters["unsaid"] = counters.get("unsaid", 0) + fresh
            self.work.with_meta(counters=counters, wakes=wakes or self.now)
            self.counted = len(self.account.news)


def _undecided(record: R, key: str, letter: str, due: datetime) -> R:
    """As before that key was decided."""
    decided = {k: at for k, at in record.decided.items() if k != key}
    asked = {k: a for k, a in record.asked.items() if (k, a.letter) != (key, letter)}
    return replace(record, decided=decided, asked=asked, due=due, version=record.version + 1)


def _fault(error: Exception) -> str:
    """What went wrong, without any text of a letter: our own errors say it safely, others only their name."""
    return str(error) if isinstance(error, CoordinatorError) else type(error).__name__
