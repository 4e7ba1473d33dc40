"""A held message, read again, and taken when a human vouches for it."""

from datetime import datetime

from coordinator.config import Settings
from coordinator.core.program import Program
from coordinator.core.reading import Reading
from coordinator.core.records import Held, Letter, Participant
from coordinator.store.work import Work
from coordinator.tick.account import Account
from coordinator.tick.inward import vouched
from coordinator.tick.outward import settle
from coordinator.tick.readers import read_now
from coordinator.tick.round import Round
from coordinator.tick.understanding import understood


def reread(settings: Settings, program: Program, work: Work, held: Held, now: datetime) -> Reading:
    """What the program would make of it now. LookupError when its bytes are gone or break their reader."""
    raw = work.held_bytes(held.id)
    if raw is None:
        raise LookupError(f"{held.id}: its copy is gone")
    round_ = Round(settings=settings, program=program, work=work, now=now, account=Account(now=now))
    known = read_now(round_, raw)
    if known.reading is None:
        raise LookupError(f"{held.id}: it cannot be read ({known.fault})")
    # Another process has shown that these bytes harm nobody, and what it sends back is without the marked spans.
    return understood(round_, raw).reading or known.reading


def decide(settings: Settings, program: Program, work: Work, letter: Letter, now: datetime, *, again: bool) -> str:
    """A letter of which nobody knows whether it arrived goes out with the next tick, or counts as sent."""
    settle(Round(settings=settings, program=program, work=work, now=now, account=Account(now=now)), letter, again=again)
    work.commit()
    return "goes out again with the next tick" if again else "counts as sent"


def accept(settings: Settings, program: Program, work: Work, held: Held, writer: Participant, now: datetime) -> str:
    """Folds it in as written by that participant, and says what came of it; letters go out with the next tick."""
    raw = work.held_bytes(held.id)
    if raw is None:
        return "its copy is gone"
    round_ = Round(settings=settings, program=program, work=work, now=now, account=Account(now=now))
    outcome = vouched(round_, held, raw, writer)
    round_.commit()
    return outcome
