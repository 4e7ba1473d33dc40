"""The walking clock: letters reach people, people answer in their own time, the program ticks."""

import heapq
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from coordinator.simulate.chances import Chances
from coordinator.simulate.events import SENT, Event
from coordinator.simulate.letters import Received, received
from coordinator.simulate.people import Past, Persona, Planned, past, respond
from coordinator.simulate.posts import Post
from coordinator.simulate.shapes.parent import read

TICKS = (time(8, 30), time(12, 30), time(16, 30), time(19, 30))
"""When a day's ticks run, on the chapter's wall clock."""
REMEMBERED = 16
"""How many letters somebody has in mind when one arrives."""

UNFORGOTTEN = frozenset({"help", "fix", "copy", "decline", "late_reply", "ending", "stop"})

Tick = Callable[[datetime], object]
Record = Callable[[Event], None]


@dataclass(order=True)
class _Due:
    at: datetime
    order: int
    planned: Planned = field(compare=False)
    person: str = field(compare=False)


@dataclass
class World:
    """People by address, what they remember, and what is on its way to the program.

    record: gets each event as it happens. seed: the same seed gives the same season.
    """

    post: Post
    people: Mapping[str, Persona]
    record: Record
    seed: int = 7
    keep_mail: bool = True
    memories: dict[str, list[Past]] = field(default_factory=dict)
    due: list[_Due] = field(default_factory=list)
    order: int = 0

    def play(self, tick: Tick, moments: Iterable[datetime]) -> None:
        """One step for each instant: deliver what is due, tick, let people read what was sent."""
        for now in moments:
            self.step(tick, now)

    def step(self, tick: Tick, now: datetime) -> None:
        self.deliver(now)
        tick(now)
        for raw in self.post.collect():
            self.read(raw, now)

    def deliver(self, now: datetime) -> None:
        while self.due and self.due[0].at <= now:
            item = heapq.heappop(self.due)
            self.post.deliver(item.planned.raw, item.at)
            self.note(item.planned.kind, item.person, item.planned.raw, at=item.at, planned=item.planned)

    def read(self, raw: bytes, now: datetime) -> None:
        """A mail reaches its person, who decides what to do about it; nobody is at home at other addresses."""
        mail = received(raw)
        address = mail.parent.recipient
        self.note(_kind(mail), address, raw, at=now)
        persona = self.people.get(address)
        if persona is None:
            return
        earlier = self.memories.setdefault(address, [])
        planned = respond(persona, mail, now=now, chances=self.chances(address), earlier=earlier)
        self.memories[address] = [*_kept(earlier), past(persona, mail, planned, now)]
        for each in planned:
            self.order += 1
            heapq.heappush(self.due, _Due(each.at, self.order, each, address))

    def chances(self, address: str) -> Chances:
        return lambda about: random.Random(f"{self.seed}/{address}/{about}")

    def note(self, kind: str, person: str, raw: bytes, *, at: datetime, planned: Planned | None = None) -> None:
        kept = raw if self.keep_mail else b""
        # Reading what people wrote costs as much as writing it; a season that keeps no mail need not know its subject.
        parent = read(raw) if self.keep_mail or kind in SENT else None
        known = {"subject": parent.subject, "message_id": parent.message_id} if parent else {}
        gist, answers = (planned.gist, planned.answers) if planned else ("", {})
        self.record(Event(at=at, kind=kind, person=person, gist=gist, raw=kept, answers=answers, **known))


def _kept(earlier: Sequence[Past]) -> list[Past]:
    """The newest, and what nobody forgets having done."""
    return [each for each in earlier[: 1 - REMEMBERED] if each.done & UNFORGOTTEN] + list(earlier[1 - REMEMBERED :])


def _kind(mail: Received) -> str:
    if mail.invitation is None:
        return "letter"
    return "cancel" if mail.invitation.method == "CANCEL" else "invite"


def instants(start: datetime, end: datetime, ticks: Sequence[time] = TICKS) -> Iterator[datetime]:
    """Each day's ticks from start until end, in the zone that start bears."""
    day = start.date()
    while day <= end.astimezone(start.tzinfo).date():
        for at in ticks:
            moment = datetime.combine(day, at, tzinfo=start.tzinfo)
            if start <= moment <= end:
                yield moment
        day += timedelta(days=1)
