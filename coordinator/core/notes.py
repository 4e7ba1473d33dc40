"""What somebody says without being asked, kept beside the answers."""

from coordinator.core.arrival import Arrival
from coordinator.core.facts import FACTS
from coordinator.core.frozen import replace
from coordinator.core.records import Answer, Pairing
from coordinator.core.said_by import NOTED
from coordinator.core.standing import answered

BESIDE = "beside"


def kept(arrival: Arrival, pairing: Pairing, fact: str, value: object, *, visibility: str = "pair") -> Pairing | None:
    """The pairing with an answer to no question of a letter; the newest of its kind from a message counts."""
    if pairing.role_of(arrival.writer.id) not in ("mentor", "mentee") or fact not in FACTS:
        return None
    key = f"{pairing.id}/{NOTED}/{arrival.name}"
    answer = Answer(
        key=key, prompt=NOTED, field=fact, by=arrival.writer.id, at=arrival.now, value=value, visibility=visibility
    )
    others = tuple(a for a in pairing.answers if (a.key, a.field) != (key, fact))
    return replace(pairing, answers=(*others, answer))


def keep_beside(arrival: Arrival, words: str) -> None:
    """Words that answered nothing, for their writer alone: with the pairing they are about, else with the writer."""
    pairing = arrival.pairing
    changed = kept(arrival, pairing, BESIDE, words, visibility="private") if pairing else None
    if changed is not None:
        arrival.put(changed)
        return
    writer = arrival.writer
    note = Answer(
        key=f"{writer.id}/{NOTED}/{arrival.name}",
        prompt=NOTED,
        field=BESIDE,
        by=writer.id,
        at=arrival.now,
        value=words,
        visibility="private",
    )
    arrival.cohort.put(answered(writer, note))
