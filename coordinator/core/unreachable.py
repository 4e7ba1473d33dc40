"""Mail to somebody does not arrive: nobody is sent to meet them, and talks of several go on without them.

Once it does again, what asks them something and never reached them goes out once more, to the address of that day.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from coordinator.core.booking import cancelled
from coordinator.core.calls import left
from coordinator.core.frozen import replace
from coordinator.core.overlay import Living, Overlay
from coordinator.core.records import Letter, Match, Pairing, Participant

BEFORE = timedelta(days=3)
"""So long before the first mail came back they may have been lost already."""


def out_of_reach(cohort: Overlay, person: Participant, now: datetime) -> Iterator[Pairing | Match]:
    """Puts the person and the calls they were in; then each pairing and search of theirs, to be looked at again."""
    gone = replace(person, status="unreachable", due=None)
    cohort.put(gone)
    left(cohort, gone, now)
    for pairing in cohort.pairings_of(gone.id):
        is_partner = pairing.role_of(gone.id) in ("mentor", "mentee")
        yield cancelled(pairing, now, gone=gone.id) if is_partner else pairing
    yield from cohort.matches_of(gone.id)


def sent_once_more(
    cohort: Overlay, person: Participant, letters: Iterable[Letter], now: datetime
) -> tuple[Letter, ...]:
    """The letters to queue anew: those that wait still, and what they ask is open while mail to that address came back.

    person: as they were until now. Silence counts from the day on which they go out, so their prompts are put so.
    """
    pairings, matches = cohort.pairings_of(person.id), cohort.matches_of(person.id)
    records: tuple[Living, ...] = (cohort.participant(person.id) or person, *pairings, *matches)
    asked = {a.key for record in records for a in record.asked.values() if a.recipient == person.id and not a.closed}
    came_back = min(person.bounces, default=now) - BEFORE if person.status == "unreachable" else now
    lost = tuple(
        each for each in letters if each.recipient == person.id and (_waits(each) or _is_lost(each, asked, came_back))
    )
    again = {key for each in lost for key in each.keys} & asked
    for record in records:
        kept = {key: replace(a, sent=None) if key in again else a for key, a in record.asked.items()}
        if kept != record.asked:
            cohort.put(replace(record, asked=kept))
    return lost


def _waits(letter: Letter) -> bool:
    """Whatever it says: nobody has it yet."""
    return letter.state == "queued" and letter.sent is None


def _is_lost(letter: Letter, asked: set[str], came_back: datetime) -> bool:
    is_open = letter.purpose == "prompt" and not letter.uid and not asked.isdisjoint(letter.keys)
    return is_open and (letter.sent is None or letter.sent > came_back)


def queued(letter: Letter, address: str) -> Letter:
    """The same letter, to go out once more."""
    return replace(
        letter, state="queued", address=address, sent=None, retry=None, attempts=0, version=letter.version + 1
    )
