"""The verb by which an advisor offers an introduction; both sides are asked before anybody learns of the other."""

from coordinator.core.arrival import Arrival
from coordinator.core.care import MOST_WORDS
from coordinator.core.frozen import replace
from coordinator.core.records import Answer, Pairing
from coordinator.core.said_by import NOTED
from coordinator.core.stages.introducing import FACT
from coordinator.core.verbs.items import keep
from coordinator.core.verbs.wish import Told, Wish, pairing_of


def introduce(arrival: Arrival, wish: Wish) -> Told:
    """The mentee is asked first; only their yes comes back, with the question for the other side's (IMA-36)."""
    pairing = pairing_of(arrival, wish)
    if pairing is None:
        return Told(sentence="which")
    mentee = arrival.cohort.participant(pairing.mentee)
    if mentee is None or mentee.status not in ("active", "paused") or pairing.ending or pairing.status == "ended":
        return Told(sentence="nobody_to_call")
    arrival.put(_offered(arrival, pairing, wish.args["text"]))
    if wish.item and wish.item.person in ("", mentee.id):
        keep(arrival, wish.item, "introduce", None)
    return Told(sentence="introduce", values={"name": mentee.first_name}, done=True)


def _offered(arrival: Arrival, pairing: Pairing, words: str) -> Pairing:
    """One message may offer two people: each has a key of its own, in the order of the lines."""
    start = f"{pairing.id}/{NOTED}/{arrival.name}"
    number = sum(a.key.startswith(start) for a in pairing.answers)
    offer = Answer(
        key=f"{start}/{number}",
        prompt=NOTED,
        field=FACT,
        by=arrival.writer.id,
        at=arrival.now,
        value=words[:MOST_WORDS],
        visibility="advisor",
    )
    return replace(pairing, answers=(*pairing.answers, offer))
