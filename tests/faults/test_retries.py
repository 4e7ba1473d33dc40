"""A server that says "later" to one letter: when it is asked again, and when it is given up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from coordinator.backends import SendError
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, tick
from tests.faults.chapter import DAY, MONDAY, pairings, people
from tests.faults.posts import Box, Wire
from tests.faults.test_any_course import IN_ONE, SETTINGS

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(kw_only=True)
class Greylisting(Wire):
    """Defers whatever goes to that address. tried: when, by the bytes of the mail."""

    whom: str
    tried: dict[bytes, list[datetime]] = field(default_factory=dict)

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        if recipient == self.whom:
            self.tried.setdefault(raw, []).append(self.now)
            raise SendError("the wire: 451 greylisted", scope="recipient", status="4.7.1")
        super().send(sender=sender, recipient=recipient, raw=raw)


def instants(store: MemoryStore) -> Iterator[datetime]:
    """Of six days those, of every five minutes, at which something is due."""
    for now in (MONDAY + number * 5 * MINUTE for number in range(6 * 24 * 12)):
        side = store.earliest()
        if side is None or (side.due and side.due <= now):
            yield now


def nights(gap: timedelta) -> bool:
    """Whether it may span the hours from eight to eight, in which nobody gets what nobody asked for."""
    return 12 * HOUR <= gap <= 16 * HOUR


def test_it_is_asked_again_after_five_minutes_ever_less_often_and_given_up_after_five_days() -> None:
    wire = Greylisting(now=MONDAY, whom="maya@example.com")
    store = MemoryStore(program="six-month", now=MONDAY - DAY)
    work = store.at(MONDAY).load()
    work.stage([*people(), *pairings()])
    work.commit()
    doors = Doors(settings=SETTINGS, store=store, inbox=Box(), outbox=wire)
    given_up = 0
    for now in instants(store):
        store.at(now)
        wire.now = now
        given_up += sum("given up" in line for line in tick(doors, now, IN_ONE).news)
    tries = next(iter(wire.tried.values()))
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps[:5] == [each * MINUTE for each in (5, 10, 20, 40, 80)]
    assert all(gap <= 4 * HOUR or nights(gap) for gap in gaps)
    assert timedelta(days=4) < tries[-1] - tries[0] <= timedelta(days=5, hours=4)
    assert given_up >= 1
    letter = next(each for each in store.load().letters() if each.recipient == "maya" and each.state == "dead")
    assert letter.attempts >= len(tries) - 1
    assert not any(each.to == "maya@example.com" for each in wire.accepted)
    assert [each for each in wire.accepted if each.to == "office@example.net"], "a human was told"
