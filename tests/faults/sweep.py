"""One tick struck at one fault point, two clean ticks after it, and everything that must be true then."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import store
from coordinator.core.records import Letter
from coordinator.store import codec
from coordinator.store.work import Work
from tests.faults.chapter import BUSY, Chapter, message_id
from tests.faults.nursery import Ended, Nursery
from tests.servers.smtp_sink import Sink

SPAN = timedelta(minutes=10)
"""From one tick to the next."""

KINDS: Mapping[str, Callable[[str], bool]] = {
    "any": bool,
    "disk": lambda name: ":" in name,
    "network": lambda name: name.startswith(("imap.", "smtp.")) and name != "smtp.accepted",
}

Sent = tuple[str, tuple[str, ...], bytes]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What three ticks left. sent: Message-ID, recipients and bytes of each mail that the server accepted."""

    ticks: Sequence[Ended]
    sent: Sequence[Sent]
    state: Mapping[str, Any]
    due: datetime | None
    copies: Counter[str]
    strikes: int
    faults: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Sweep:
    """Everything that a case needs, and what the undisturbed chapter came to.

    place: the name of the folder that every case has after the other, so that a process that runs them all loads the
    program's letters once; each has its own when it is empty.
    """

    template: Chapter
    nursery: Nursery
    sink: Sink
    folder: Path
    place: str = ""
    undisturbed: Outcome | None = None
    cases: int = field(default=0)

    @property
    def clean(self) -> Outcome:
        if self.undisturbed is None:
            self.undisturbed = self.outcome()
            assert not self.undisturbed.faults, self.undisturbed.faults
            assert [tick.code for tick in self.undisturbed.ticks] == [0, 0, 0]
        return self.undisturbed

    @property
    def points(self) -> Sequence[str]:
        """The names of the points of the busy tick; point n is the n-th."""
        return self.clean.ticks[0].points

    def numbers(self, kind: str, *, every: int, names: int = 1) -> list[int]:
        """Points to strike: all of them at night; else the first of each name, and each so-and-so-many-th.

        names: of each so-and-so-many-th name only.

        kind: "disk", "network" or "any". Of equal points in a row the first and the last stand for all.
        """
        passed = ("", *self.points, "")
        numbers = [n for n in range(1, len(passed) - 1) if KINDS[kind](passed[n])]
        if os.environ.get("COORDINATOR_NIGHTLY"):
            return numbers
        turning = [n for n in numbers if passed[n] != passed[n - 1] or passed[n] != passed[n + 1]]
        first = {passed[n]: n for n in reversed(numbers)}
        return sorted({*sorted(first.values())[::names], *turning[::every]})

    def outcome(
        self,
        *strikes: tuple[int, str],
        mutant: str = "",
        before: Callable[[Chapter], object] = lambda _: None,
        meanwhile: Callable[[Chapter], object] | None = None,
    ) -> Outcome:
        """Ticks that are struck, each at a point and in a way, and two clean ones.

        mutant: a mistake that is built into the program for this case. before, meanwhile: happen before and after the
        first tick.
        """
        self.cases += 1
        name = f"{self.template.user}{self.cases}"
        self.sink.reset()
        chapter = self.template.twin(self.folder / (self.place or name), name)
        try:
            before(chapter)
            blows = [*strikes, *[(0, "")] * (2 if strikes else 3)]
            ticks = []
            for turn, (number, how) in enumerate(blows):
                ticks.append(self._tick(chapter, turn, number=number, how=how, mutant=mutant))
                if meanwhile and turn == 0:
                    meanwhile(chapter)
            sent = tuple((message_id(raw), tuple(to), raw) for _, to, raw in self.sink.accepted)
            work = store.open_store(chapter.folder / "state", now=BUSY).load()
            side = store.open_store(chapter.folder / "state", now=BUSY).earliest()
            return Outcome(
                ticks=ticks,
                sent=sent,
                state=facts(work),
                due=side.due if side else None,
                copies=Counter(chapter.ids("Sent")),
                strikes=len(strikes),
                faults=(*_misplaced(chapter), *_leftovers(chapter.folder / "state", work)),
            )
        finally:
            chapter.forget()

    def _tick(self, chapter: Chapter, turn: int, **strike: Any) -> Ended:
        now = (BUSY + turn * SPAN).isoformat()
        return self.nursery.run("--chapter", str(chapter.folder), "tick", "--now", now, **strike)

    def violations(self, outcome: Outcome) -> Iterator[str]:
        """What differs from the undisturbed chapter and may not, one line each."""
        clean = self.clean
        yield from outcome.faults
        yield from state_differences(clean.state, outcome.state)
        yield from _sending_differences(clean.sent, outcome.sent, outcome.strikes)
        if not any("copies of sent letters could not be kept" in tick.out for tick in outcome.ticks):
            yield from _copy_differences(clean.copies, outcome.copies, outcome.strikes)
        # What waits some hours after a call for help waits from the tick that heard it: a struck tick moves it by one.
        if outcome.due not in {clean.due and clean.due + lost * SPAN for lost in range(outcome.strikes + 1)}:
            yield f"next due {outcome.due}, undisturbed {clean.due}"
        for tick in outcome.ticks[outcome.strikes :]:
            if tick.code != 0 or tick.err:
                yield f"a clean tick ended with {tick.code}: {tick.err}"


def facts(work: Work) -> dict[str, Any]:
    """All that the state says apart from when each thing happened and in how many steps.

    Closed letters stand among the others: a tick that has nothing else to do leaves it to a later one to move them.
    """
    closed = [codec.decode(Letter, each) for each in work.all_archived("letters")]
    records = {
        "participants": work.participants(),
        "pairings": work.pairings(),
        "letters": (*closed, *work.letters()),
        "held": work.all_held(),
    }
    return {name: {record.id: _timeless(codec.encode(record)) for record in all_} for name, all_ in records.items()}


PASSING = {"version", "segment", "offset", "length", "attempts", "due", "token", "closes"}
"""What depends on the number of steps, or on the instant at which a letter was decided."""


TRIES = re.compile(r"in \d+ ticks( \(\w+\))?")


def _timeless(value: Any) -> Any:
    match value:
        case dict():
            return {key: _timeless(each) for key, each in value.items() if key not in PASSING}
        case list() | tuple():
            return [_timeless(each) for each in value]
        case str():
            return TRIES.sub("in some ticks", value)
        case datetime() if BUSY <= value <= BUSY + 3 * SPAN:
            return "during the ticks"
    return value


def _misplaced(chapter: Chapter) -> Iterator[str]:
    places = Counter(
        (id_, folder or "inbox") for folder in ("", "Processed", "Quarantine") for id_ in chapter.ids(folder)
    )
    for id_, folder in chapter.expected.items():
        if places[id_, folder] != 1:
            yield f"{id_} is {places[id_, folder]} times in {folder}"
    for id_, folder in places - Counter(chapter.expected.items()):
        yield f"{id_} is in {folder}"


def _leftovers(state: Path, work: Work) -> Iterator[str]:
    for letter in work.letters():
        if letter.segment and work.draft_bytes(letter) is None:
            yield f"the frozen bytes of {letter.id} are gone"
    for held in work.all_held():
        if held.file and not work.held_bytes(held.id):
            yield f"the bytes of {held.id} are gone"
    for name in ("journal.jsonl", "attempts.jsonl"):
        if (state / name).exists() and (state / name).stat().st_size:
            yield f"{name} was not cleared"
    if work.journal_lines():
        yield "the journal was not folded"


def state_differences(clean: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for table, records in clean.items():
        for id_ in sorted(records.keys() | found[table].keys()):
            expected, actual = records.get(id_), found[table].get(id_)
            if expected != actual:
                yield f"{table} {id_}: {actual} instead of {expected}"


def _sending_differences(clean: Sequence[Sent], found: Sequence[Sent], strikes: int) -> Iterator[str]:
    wanted, counts = {id_ for id_, _, _ in clean}, Counter(id_ for id_, _, _ in found)
    for id_ in sorted(wanted - counts.keys()):
        yield f"{id_} was never sent"
    for id_ in sorted(counts.keys() - wanted):
        yield f"{id_} was sent and should not have been"
    extra = sum(counts.values()) - len(counts)
    if extra > strikes:
        yield f"{extra} duplicates for {strikes} faults"
    for id_ in counts:
        versions = {(to, raw) for other, to, raw in found if other == id_}
        if len(versions) > 1:
            yield f"{id_} went out in {len(versions)} versions"


def _copy_differences(clean: Counter[str], found: Counter[str], strikes: int) -> Iterator[str]:
    for id_ in sorted(clean.keys() - found.keys()):
        yield f"no copy of {id_} was kept"
    extra = sum((found - clean).values())
    if extra > strikes:
        yield f"{extra} copies too many were kept"


def duplicates(outcome: Outcome) -> int:
    return len(outcome.sent) - len({id_ for id_, _, _ in outcome.sent})
