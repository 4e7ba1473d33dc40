"""A server that says "later" to one letter: when it is asked again, and when it is given up."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from coordinator.backends import SendError
from coordinator.core.records import Letter
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, tick
from coordinator.tick.retrying import next_try
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


def first_letter() -> Letter:
    wire, store = Wire(now=MONDAY), MemoryStore(program="six-month", now=MONDAY - DAY)
    work = store.at(MONDAY).load()
    work.stage([*people(), *pairings()])
    work.commit()
    tick(Doors(settings=SETTINGS, store=store, inbox=Box(), outbox=wire), MONDAY, IN_ONE)
    return next(iter(store.load().letters()))


def instants(store: MemoryStore) -> Iterator[datetime]:
    """Of six days those, of every five minutes, at which something is due."""
    for now in (MONDAY + number * 5 * MINUTE for number in range(6 * 24 * 12)):
        side = store.earliest()
        if side is None or (side.due and side.due <= now):
            yield now


def nights(gap: timedelta) -> bool:
    """Whether it may span the hours from eight to eight, in which nobody gets what nobody asked for."""
    return 12 * HOUR <= gap <= 17 * HOUR


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
    for gap, minutes in zip(gaps, (5, 10, 20, 40, 80), strict=False):
        # Ticks come every five minutes, and a wait is spread by a fifth of it.
        assert max(5, 0.8 * minutes) * MINUTE <= gap <= (1.2 * minutes + 5) * MINUTE
    assert all(gap <= 1.2 * 4 * HOUR + 5 * MINUTE or nights(gap) for gap in gaps)
    assert timedelta(days=4) < tries[-1] - tries[0] <= timedelta(days=5, hours=5)
    assert given_up >= 1
    letter = next(each for each in store.load().letters() if each.recipient == "maya" and each.state == "dead")
    assert letter.attempts >= len(tries) - 1
    assert not any(each.to == "maya@example.com" for each in wire.accepted)
    assert [each for each in wire.accepted if each.to == "office@example.net"], "a human was told"


def test_letters_that_were_put_off_together_do_not_all_come_back_at_once() -> None:
    letter = replace(first_letter(), message_id="<one@example.org>")
    others = [replace(letter, message_id=f"<{number}@example.org>") for number in range(200)]
    for attempts, minutes in ((1, 5), (2, 10), (4, 40), (9, 240)):
        waits = [next_try(each, attempts, MONDAY) - MONDAY for each in others]
        assert all(max(5, 0.8 * minutes) * MINUTE <= wait <= 1.2 * minutes * MINUTE for wait in waits)
        assert max(waits) - min(waits) > 0.15 * minutes * MINUTE
        assert len(set(waits)) > 25
    assert next_try(letter, 3, MONDAY) == next_try(letter, 3, MONDAY), "what was decided once comes out the same"
