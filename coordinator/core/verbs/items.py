"""Verbs about one thing in the summary: done, not now, a call; and what is decided with approve and decline."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.care import Act, Care, Numbered
from coordinator.core.frozen import replace
from coordinator.core.records import Pairing, Participant
from coordinator.core.verbs import searches
from coordinator.core.verbs.wish import Does, Told, Wish

SNOOZE = timedelta(days=14)
"""How long `3 snooze` is, when nothing else is said."""


def act_before(arrival: Arrival, item: Numbered) -> Act | None:
    """What somebody else did about it since the letter showed it, None when nobody did."""
    letter = arrival.found.letter
    shown = letter.at if letter else arrival.now
    acts = (a for a in care_of(arrival, item).acts if a.item == item.key and a.at >= shown)
    return next((a for a in acts if a.by != arrival.writer.id), None)


def care_of(arrival: Arrival, item: Numbered) -> Care:
    record = _holder(arrival, item)
    return record.care if record else Care()


def _holder(arrival: Arrival, item: Numbered) -> Pairing | Participant | None:
    """Where acts about an item are kept: with its pairing, else with the person it is about."""
    if item.pairing:
        return arrival.cohort.pairing(item.pairing)
    return arrival.cohort.participant(item.person)


def keep(arrival: Arrival, item: Numbered, verb: str, until: datetime | None) -> None:
    """Notes an act about an item; a need that is settled for good is done."""
    record = _holder(arrival, item)
    if record is None:
        return
    act = Act(item=item.key, verb=verb, by=arrival.writer.id, at=arrival.now, until=until)
    others = tuple(a for a in record.care.acts if a.item != item.key)
    needs = tuple(
        replace(n, done=arrival.now) if until is None and n.key == item.key and n.done is None else n
        for n in record.care.needs
    )
    care = replace(record.care, acts=(*others, act), needs=needs)
    if isinstance(record, Pairing):
        arrival.put(replace(record, care=care))
    else:
        arrival.cohort.put(replace(record, care=care))


def done(arrival: Arrival, wish: Wish) -> Told:
    if wish.item is None:
        return Told(sentence="which")
    keep(arrival, wish.item, "done", None)
    return Told(sentence="done", done=True)


def snooze(arrival: Arrival, wish: Wish) -> Told:
    if wish.item is None:
        return Told(sentence="which")
    until = _day(wish.args["until"]) if "until" in wish.args else arrival.now + SNOOZE
    keep(arrival, wish.item, "snooze", until)
    return Told(sentence="snooze", values={"day": until}, done=True)


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(6, 0), tzinfo=UTC)


def decide(arrival: Arrival, wish: Wish) -> Told:
    """Approve and decline, by the kind of what stands in that line."""
    if wish.item is None:
        return Told(sentence="which")
    decision = DECISIONS.get(wish.item.kind)
    return decision(arrival, wish) if decision else Told(sentence="nothing_to_decide")


DECISIONS: Mapping[str, Does] = {**searches.DECISIONS}
"""Kind of an item → what `approve` and `decline` (`wish.verb`) do about it; rooms that put something to an advisor add
their row."""
