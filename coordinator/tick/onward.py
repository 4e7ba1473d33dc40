"""The middle: what is due by now, and what follows from a changed program."""

from datetime import timedelta

from coordinator.core.advance import advance
from coordinator.core.due import next_due, participant_due
from coordinator.core.frozen import replace
from coordinator.core.overlay import Living
from coordinator.core.records import Participant
from coordinator.core.standing import standing
from coordinator.faults import point
from coordinator.tick.inward import look_at
from coordinator.tick.open_hours import note_closed_hours
from coordinator.tick.round import Round

KEPT = timedelta(days=30)
"""How long a pairing stays at hand after its end; its last letters may be answered a little longer."""
ASKED = timedelta(days=14)
SETTLED = timedelta(days=30)
REMEMBERED = timedelta(days=400)
"""How long a message is known by name, so that a second delivery has no second effect."""


def move_on(round_: Round) -> None:
    """Decides everything that is due, in portions, each remembered before the next."""
    note_closed_hours(round_)
    while True:
        decision = advance(round_.program, round_.settings.chapter, round_.work, round_.now)
        if not decision.changes and not decision.effects:
            return
        round_.take(decision)
        point("portion decided")
        round_.commit()


def look_again(round_: Round) -> None:
    """After a change of program, settings or time zones: every record is asked anew when it is due."""
    everything: tuple[Living, ...] = (*round_.work.pairings(), *round_.work.matches(), *round_.work.participants())
    for record in everything:
        round_.work.stage((due_again(round_, record),))


def due_again(round_: Round, record: Living) -> Living:
    """The record with its due instant computed from itself, one version on."""
    chapter = round_.settings.chapter
    if isinstance(record, Participant):
        due = participant_due(round_.program, chapter, round_.work, record)
    else:
        due = next_due(standing(round_.program, chapter, round_.work, record))
    return replace(record, due=due, version=record.version + 1)


def tidy(round_: Round) -> None:
    """Moves what is over to the archive: the hot state holds what is open.

    Letters that nobody can answer any more, pairings that ended with the last of their letters, settled messages.
    """
    work, now = round_.work, round_.now
    ended: set[str] = set()
    for letter in work.expired(now):
        work.drop(letter)
        ended.update(letter.pairings)
    for id_ in ended:
        pairing = work.pairing(id_)
        if pairing and pairing.ended and pairing.ended < now - KEPT and pairing.due is None:
            work.drop(pairing)
    for held in tuple(work.all_held()):
        if held.state == "unconfirmed" and held.received < now - ASKED:
            look_at(round_, held.id, "its writer was asked whether it was understood, and never said so")
        elif held.state not in ("waiting", "unconfirmed") and held.received < now - SETTLED:
            work.drop(held)
    work.forget_seen((now - REMEMBERED).date())
