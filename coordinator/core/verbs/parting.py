"""Verbs that end something: a pairing that does not fit, and an advisor's own part in it."""

from coordinator.core.arrival import Arrival
from coordinator.core.calls import left
from coordinator.core.endings.early import ended_at_once
from coordinator.core.frozen import replace
from coordinator.core.records import Pairing, Participant
from coordinator.core.speech import speech_for
from coordinator.core.verbs.items import keep
from coordinator.core.verbs.wish import Told, Wish, names_of, pairing_of


def rematch(arrival: Arrival, wish: Wish) -> Told:
    """A kind end now, nobody at fault; the mentee goes to the head of the queue."""
    pairing = pairing_of(arrival, wish)
    if pairing is None:
        return Told(sentence="which")
    if pairing.ending or pairing.status == "ended":
        return Told(sentence="ending_already")
    if wish.item:
        keep(arrival, wish.item, "rematch", None)
        pairing = arrival.cohort.pairing(pairing.id) or pairing
    arrival.put(ended_at_once(arrival.situation(pairing), arrival.cohort, "asked", arrival.now))
    return Told(sentence="rematch", done=True)


def hand_over(arrival: Arrival, wish: Wish) -> Told:
    """All pairs of the writer go to another advisor, who is named from now on and told which they are."""
    writer, other = arrival.writer, _advisor_named(arrival, wish.args["text"])
    if other is None:
        return Told(sentence="no_such_advisor")
    given = [p for p in arrival.cohort.pairings_of(writer.id) if _may_be_given(p, writer, other)]
    for pairing in given:
        left(arrival.cohort, writer, arrival.now, pairing=pairing.id)
        kept = tuple(dict.fromkeys(other.id if id_ == writer.id else id_ for id_ in pairing.advisors))
        arrival.put(replace(pairing, advisors=kept))
    if given:
        arrival.put(other)
        tell_of_pairs(arrival, other, given, writer)
    return Told(sentence="hand_over", values={"name": other.name, "count": len(given)})


def _may_be_given(pairing: Pairing, writer: Participant, other: Participant) -> bool:
    is_theirs = writer.id in pairing.advisors and pairing.status != "ended"
    return is_theirs and other.id not in (pairing.mentor, pairing.mentee)


def _advisor_named(arrival: Arrival, name: str) -> Participant | None:
    """The one other active advisor of that name or address."""
    said = name.casefold().strip(" .!")
    found = [
        p
        for p in arrival.cohort.pool("advisor")
        if p.id != arrival.writer.id
        and p.status == "active"
        and said in (p.first_name.casefold(), p.name.casefold(), *p.addresses)
    ]
    return found[0] if len(found) == 1 else None


def left_behind(arrival: Arrival) -> None:
    """An advisor asked for no more mail: whoever advises the same pairs is told; the coordinator's note says it."""
    writer = arrival.writer
    by_other: dict[str, list[Pairing]] = {}
    for pairing in arrival.cohort.pairings_of(writer.id):
        if writer.id in pairing.advisors and pairing.status != "ended":
            for id_ in pairing.advisors:
                by_other.setdefault(id_, []).append(pairing)
    for id_, pairings in by_other.items():
        other = arrival.cohort.participant(id_)
        if other and id_ != writer.id:
            tell_of_pairs(arrival, other, pairings, writer)


def tell_of_pairs(arrival: Arrival, other: Participant, pairings: list[Pairing], left: Participant) -> None:
    """One line, with the next mail to them: which pairs they look after from now on, and in whose place."""
    pairs = "; ".join(names_of(arrival, pairing) for pairing in pairings)
    speech = speech_for(arrival.program.words, arrival.chapter, other)
    line = speech.say("told", "yours_now", name=left.name, pairs=pairs)
    arrival.tell((line,), pairings[0], to=other.id)
