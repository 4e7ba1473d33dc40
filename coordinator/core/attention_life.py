"""What needs an advisor in the life of a pair: what nobody has said or signed, and links for afterwards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.agreement.drawn import status
from coordinator.core.attention_item import Item, Watch
from coordinator.core.hours import at_local
from coordinator.core.moments import Situation
from coordinator.core.said_by import fills, said_by

UNSIGNED = timedelta(days=14)
UNSAID = timedelta(days=9)
"""The two themselves are reminded on the eighth day."""
ANSWERED = timedelta(days=5)
"""So long after a question silence is worth a word; the first reminder of most questions goes then."""
SOON_FORGOTTEN = timedelta(days=35)
"""Later than that the two have long begun; what they expect is looked at with everything else."""
BEFORE_THE_END = timedelta(days=45)


def unsaid_expectations(look: Watch) -> Iterator[Item]:
    """Who was asked and has not said, reminded or not, what they expect; it holds nothing up (ACHE-15)."""
    where = look.there
    since = where.begin + UNSAID
    is_over = where.pairing.status == "ended" or where.pairing.ending
    if is_over or not since <= look.now < min(where.begin + SOON_FORGOTTEN, where.last_day):
        return
    pair = (where.pairing.mentee, where.pairing.mentor)
    silent = [id_ for id_ in pair if said_by(where, "expectations", id_) is None]
    missing = [where.person(id_).first_name for id_ in silent if _was_asked(where, id_, look.now)]
    if missing:
        yield Item(
            kind="expectations_missing",
            key=f"{where.pairing.id}/expectations/{len(missing)}",
            since=since,
            pairing=where.pairing.id,
            values={"names": " & ".join(missing)},
            verbs=("snooze",),
        )


def _was_asked(where: Situation, person: str, now: datetime) -> bool:
    """Whether a letter asked somebody what they expect, long enough ago to be answered."""
    facts = fills(where.program)
    return any(
        asked.recipient == person and asked.sent and asked.sent + ANSWERED <= now
        for asked in where.pairing.asked.values()
        if any(facts.get((asked.prompt, name)) == "expectations" for name in asked.fields)
    )


def unsigned(look: Watch) -> Iterator[Item]:
    """An agreement that one of the two has not signed for two weeks; it holds nothing up (AHE-5, AAHA-11).

    Counted from the question for it, else, where the other has signed, from the day on which it was drawn up.
    """
    where = look.there
    if not where.pairing.agreement or status(where.pairing) == "signed":
        return
    latest = where.pairing.agreement[-1]
    missing = [id_ for id_ in (where.pairing.mentee, where.pairing.mentor) if id_ not in latest.signed]
    asked = [a.sent for a in where.pairing.asked.values() if a.recipient in missing and "sign" in a.fields and a.sent]
    since = min(asked, default=latest.at if latest.signed else None)
    if since and since + UNSIGNED <= look.now:
        yield Item(
            kind="half_signed" if len(missing) == 1 else "unsigned",
            key=f"{where.pairing.id}/unsigned/{latest.number}/{len(missing)}",
            since=since,
            pairing=where.pairing.id,
            values={
                "names": " & ".join(where.person(id_).first_name for id_ in missing),
                "days": (look.now - since).days,
            },
        )


def links_for_afterwards(look: Watch) -> Iterator[Item]:
    """Before the end: two people whom the mentee could get to know, and who stay when the mentor goes (IMA-36)."""
    where = look.there
    since = at_local(where.pairing.end, 0, 0, where.zone) - BEFORE_THE_END
    if since <= look.now and not where.pairing.ending and where.program.phases:
        yield Item(
            kind="links",
            key=f"{where.pairing.id}/links/{where.pairing.end.isoformat()}",
            since=since,
            pairing=where.pairing.id,
            values={"name": where.person(where.pairing.mentee).first_name, "day": where.pairing.end},
            verbs=("introduce", "done", "snooze"),
        )
