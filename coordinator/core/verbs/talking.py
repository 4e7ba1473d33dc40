"""Verbs by which an advisor reaches people: words passed on, and a call that finds its own time."""

from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.calls import wanted
from coordinator.core.care import Need, Numbered
from coordinator.core.frozen import replace
from coordinator.core.meeting import Call
from coordinator.core.relays import pass_on, settle
from coordinator.core.verbs.items import care_of, keep
from coordinator.core.verbs.wish import Told, Wish, pairing_of

CALL = timedelta(days=7)
"""How long a call that was offered keeps its line out of the summary."""
TOGETHER = 30
"""Minutes of a talk of three."""


def call(arrival: Arrival, wish: Wish) -> Told:
    """Times for a talk go to whom the line is about, else to both, one after the other; the log asks afterwards."""
    item, pairing = wish.item, pairing_of(arrival, wish)
    if item is None:
        return Told(sentence="which")
    ids = (item.person,) if item.person else (pairing.mentee, pairing.mentor) if pairing else ()
    names = [name for id_ in ids if (name := _offered(arrival, id_, item))]
    if not names:
        return Told(sentence="nobody_to_call")
    keep(arrival, item, "call", arrival.now + CALL)
    return Told(sentence="call", values={"name": " & ".join(names)}, done=True)


def _offered(arrival: Arrival, id_: str, item: Numbered) -> str:
    person = arrival.cohort.participant(id_)
    if person is None or person.status != "active" or id_ == arrival.writer.id:
        return ""
    key = f"{id_}/call/{arrival.name}"
    asked = Call(key=key, about="advisor", people=(id_, arrival.writer.id), wanted=arrival.now, pairing=item.pairing)
    arrival.put(wanted(person, asked))
    _to_be_logged(arrival, item.pairing, key, id_)
    return person.first_name


def _to_be_logged(arrival: Arrival, pairing: str, key: str, by: str) -> None:
    """A week later the advisor is asked whether they talked."""
    known = arrival.cohort.pairing(pairing) if pairing else None
    if known:
        need = Need(key=key, kind="call", by=by, at=arrival.now + CALL)
        arrival.put(replace(known, care=replace(known.care, needs=(*known.care.needs, need))))


def call_both(arrival: Arrival, wish: Wish) -> Told:
    """One talk of three: the mentee gets the times that suit all, and all are invited."""
    pairing = pairing_of(arrival, wish)
    if pairing is None:
        return Told(sentence="which")
    where, advisor = arrival.situation(pairing), arrival.writer
    mentee, mentor = where.person(pairing.mentee), where.person(pairing.mentor)
    if mentee.status != "active" or mentor.status != "active":
        return Told(sentence="nobody_to_call")
    key = f"{mentee.id}/call/{arrival.name}"
    people = (mentee.id, mentor.id, advisor.id)
    talk = Call(key=key, about="together", people=people, wanted=arrival.now, minutes=TOGETHER, pairing=pairing.id)
    arrival.put(wanted(mentee, talk))
    _to_be_logged(arrival, pairing.id, key, mentee.id)
    if wish.item:
        keep(arrival, wish.item, "call_both", arrival.now + CALL)
    return Told(sentence="call_both", values={"name": mentee.first_name}, done=True)


def tell(arrival: Arrival, wish: Wish) -> Told:
    """Words to the one person whom a line is about."""
    if wish.item is None or not wish.item.person:
        return Told(sentence="whom")
    item = wish.item
    person = arrival.cohort.participant(item.person)
    if person is None or not pass_on(arrival, wish.args["text"], item.person, item.pairing, item.key):
        return Told(sentence="unreachable")
    settle(arrival, item)
    return Told(sentence="told", values={"name": person.first_name}, done=bool(care_of(arrival, item)))
