"""Whom else an advisor may bring in: a mentor whom a rule kept out, or somebody who has never heard of us."""

from collections.abc import Sequence

from coordinator.core.arrival import Arrival
from coordinator.core.fields.person import addresses
from coordinator.core.joining.seats import waived
from coordinator.core.joining.took import UNCLEAR, Took
from coordinator.core.matching.explain import sentence as reason
from coordinator.core.matching.propose import candidate as proposed
from coordinator.core.matching.rules import FIRM
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.finding import WAIVED, around, noted, with_candidate
from coordinator.core.seeking.verbs import Wish
from coordinator.core.speech import Speech


def told(arrival: Arrival, key: str, **values: object) -> str:
    """A sentence of the table `[seeking_said]` for the writer."""
    language = arrival.writer.language or arrival.chapter.language
    return Speech(words=arrival.program.words, language=language, zone="UTC").say("seeking_said", key, **values)


def already(arrival: Arrival, match: Match, what: str) -> Took:
    """What the other advisor did, and when."""
    done = next(((at, who) for at, who, said in reversed(match.log) if said.startswith(what)), None)
    if done is None:
        return Took(lines=(told(arrival, "search_over"),))
    by = arrival.cohort.participant(done[1])
    return Took(lines=(told(arrival, "done_already", by=by.name if by else arrival.program.title),))


def waive(arrival: Arrival, match: Match, wish: Wish) -> Took:
    """`waive: name or address`: a mentor whom only waivable rules kept out becomes a candidate (AHE-42)."""
    mentee = arrival.cohort.participant(match.mentee)
    if mentee is None or match.state != "open":
        return already(arrival, match, "paired")
    everybody, own = around(arrival.program, arrival.cohort, mentee, arrival.now)
    mentor = _person_in(arrival, wish.text, [p.id for p in everybody.mentors])
    if mentor is None:
        return UNCLEAR

    there = next(p for p in everybody.mentors if p.id == mentor.id)
    seen = proposed(arrival.program.matching, there, own)
    if set(seen.broken) & set(FIRM):
        return Took(lines=(told(arrival, "never"),))
    rules = [f"{rule}/{match.mentee}" for rule in seen.broken]
    arrival.put(waived(mentor, rules, arrival.now))
    # Somebody whom the search knows already keeps their number, and is there to be chosen again.
    known = match.candidate_of(mentor.id)
    if known and known.state in ("asked", "yes"):
        return Took(lines=(told(arrival, "asked_already", name=mentor.name),))
    number = known.number if known else max((c.number for c in match.candidates), default=0) + 1
    new = Candidate(number=number, mentor=mentor.id, reason=reason(seen.fit), since=arrival.now)
    what = f"{WAIVED} {', '.join(seen.broken) or 'nothing'} for {mentor.id}"
    arrival.put(noted(with_candidate(match, new), arrival.now, arrival.writer.id, what))
    return Took(lines=(told(arrival, "waived", name=mentor.name, number=number),))


def _person_in(arrival: Arrival, text: str, ids: Sequence[str]) -> Participant | None:
    known = [p for p in map(arrival.cohort.participant, ids) if p]
    low = text.casefold()
    named = [p for p in known if p.address in low or p.name.casefold() in low]
    return named[0] if len(named) == 1 else None


def outreach(arrival: Arrival, match: Match, wish: Wish) -> Took:
    """An invitation to somebody who may fit: once, and again after a week; the mentee is not named (AMIA-23)."""
    found = tuple(dict.fromkeys(addresses(wish.text)))
    if len(found) != 1:
        return UNCLEAR
    address, now = found[0], arrival.now
    known = arrival.cohort.participant_at(address)
    if known or address == arrival.chapter.address.casefold():
        return Took(lines=(told(arrival, "known_already", address=address),))
    new = Participant(
        id=arrival.cohort.fresh_id("u"),
        address=address,
        first_name="",
        roles=("mentor",),
        invited=now,
        profile={"outreach": match.id},
        due=now,
    )
    arrival.put(new)
    arrival.put(noted(match, now, arrival.writer.id, f"outreach {new.id}"))
    # Whoever was found already may be approved meanwhile.
    return Took(
        lines=(told(arrival, "outreach", address=address),),
        is_open=any(c.state == "shown" for c in match.candidates),
    )
