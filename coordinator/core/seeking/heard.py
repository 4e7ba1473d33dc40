"""What people answer in a search: mentees who ask, mentors who accept or decline, advisors at their gates."""

from coordinator.core.answered import Said
from coordinator.core.arrival import Arrival
from coordinator.core.fields import KINDS
from coordinator.core.frozen import replace
from coordinator.core.joining.heard import YES_NO, with_value
from coordinator.core.joining.seats import asked_for
from coordinator.core.joining.took import UNCLEAR, Took
from coordinator.core.reading import Value
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.finding import has_room, noted, with_candidate
from coordinator.core.seeking.forming import LED, formed, obstacle
from coordinator.core.seeking.gates import choice, none_wanted
from coordinator.core.seeking.reaching import told
from coordinator.core.seeking.verbs import leading

WANTS = "wants"
"""In the log of a search: whom the mentee chose before they said why."""
FEWEST_WORDS = 4
"""A request says why in more words than that, so that a mentor has something to say yes to (ACHE-14)."""


def request(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """The mentee's choice: `request 2` with two lines why, `profile 2`, or a number or first name and a reason."""
    if not isinstance(record, Match) or arrival.writer.id != record.mentee:
        return UNCLEAR
    text = str(said.value)
    found = leading(text, arrival.context())
    if found and found.verb in ("approve", "override", "waive", "outreach"):
        return Took(lines=(told(arrival, "only_advisor"),), is_open=True)
    if found and found.verb == "decline":
        return choice(arrival, record, (found,))
    if found and found.verb not in ("request", "profile"):
        found = None
    number = found.number if found else None
    why = found.text if found else ""
    if number is None:
        number, why = _named(arrival, record, found.text if found else text)
    if number is None and not found:
        number, why = _wanted(arrival, record, text), text
    if number is None and not found and (none := none_wanted(arrival, record, text)):
        return choice(arrival, record, none)
    candidate = record.candidate(number) if number is not None else None
    if candidate is None or candidate.state != "shown":
        return UNCLEAR if candidate is None else Took(lacks=told(arrival, "not_free"))
    if found and found.verb == "profile":
        return Took(lines=tuple(_card_lines(arrival, candidate)), is_open=True)
    return requested(arrival, record, candidate, why)


def _named(arrival: Arrival, match: Match, text: str) -> tuple[int | None, str]:
    """The candidate whose number stands first, or whose first name is in the words; and the other words."""
    head, _, rest = text.strip().partition("\n")
    word, _, more = head.strip().partition(" ")
    bare = word.strip("#.,:;)(–-")
    if bare.isdecimal() and len(bare) <= 2:
        return int(bare), f"{more.strip(' ,:;.-–')}\n{rest}".strip()
    low = text.casefold()
    names = [
        c.number
        for c in match.candidates
        if c.state == "shown" and (p := arrival.cohort.participant(c.mentor)) and p.first_name.casefold() in low
    ]
    return (names[0], text.strip()) if len(names) == 1 else (None, "")


def _wanted(arrival: Arrival, match: Match, text: str) -> int | None:
    """The candidate whom they chose in the mail before, without saying why; a no is no reason."""
    answer = KINDS["yes_no"].read(text, YES_NO, arrival.context())
    if isinstance(answer, Value) and answer.value is False:
        return None
    last = next((what for _, who, what in reversed(match.log) if who == match.mentee), "")
    verb, _, number = last.partition(" ")
    return int(number) if verb == WANTS else None


def _card_lines(arrival: Arrival, candidate: Candidate) -> list[str]:
    from coordinator.core.joining.card import card

    mentor = arrival.cohort.participant(candidate.mentor)
    language = arrival.writer.language or arrival.chapter.language
    seen = card(arrival.program, mentor, "mentor", language) if mentor else {"name": "", "lines": []}
    return [f"{candidate.number}: {seen['name']}", *seen["lines"], candidate.reason]


def requested(arrival: Arrival, match: Match, candidate: Candidate, why: str) -> Took:
    """The mentor is asked in the same tick; without a reason the mentee is asked for it first."""
    if len(why.split()) < FEWEST_WORDS:
        arrival.put(noted(match, arrival.now, arrival.writer.id, f"{WANTS} {candidate.number}"))
        return Took(lacks=told(arrival, "say_why"))
    mentor = arrival.cohort.participant(candidate.mentor)
    if mentor is None or not _is_askable(arrival, match, mentor):
        gone = replace(candidate, state="gone", since=arrival.now)
        arrival.put(with_candidate(match, gone))
        return Took(lines=(told(arrival, "mentor_full", name=mentor.first_name if mentor else ""),))
    asked = replace(candidate, state="asked", why=why[:1000], since=arrival.now)
    arrival.put(noted(with_candidate(match, asked), arrival.now, arrival.writer.id, f"request {candidate.number}"))
    return Took(lines=(told(arrival, "requested", name=mentor.first_name),))


def _is_askable(arrival: Arrival, match: Match, mentor: Participant) -> bool:
    """A mentor with a free seat that nobody else has asked for: an open request holds it for a week."""
    if mentor.status not in ("active", "paused") or not has_room(
        arrival.cohort, arrival.program, mentor, arrival.now, besides=match.id
    ):
        return False
    seat = mentor.seat("mentor")
    asked = sum(
        1
        for m in arrival.cohort.matches_of(mentor.id)
        if m.state == "open" and m.id != match.id and (c := m.candidate_of(mentor.id)) and c.state == "asked"
    )
    mentored = sum(1 for p in arrival.cohort.pairings_of(mentor.id) if p.mentor == mentor.id and p.status != "ended")
    return asked + mentored < (seat.capacity if seat else arrival.program.matching.capacity)


def accept(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """A mentor's yes or no; whether there is room is looked at once more in this very moment."""
    if not isinstance(record, Match):
        return UNCLEAR
    candidate = record.candidate_of(arrival.writer.id)
    if candidate is None:
        return Took(lines=(told(arrival, "search_over"),))
    if candidate.state not in ("asked", "expired") or record.state != "open":
        return Took(lines=(told(arrival, "search_over"),))
    if not said.value:
        return _declined(arrival, record, candidate)
    if candidate.state == "expired" and any(c.state in ("asked", "yes") for c in record.candidates):
        return Took(lines=(told(arrival, "too_late"),))
    against = obstacle(arrival.program, arrival.cohort, record, candidate, arrival.now)
    if against:
        if against == "full":
            arrival.put(with_candidate(record, replace(candidate, state="gone", since=arrival.now)))
        return Took(lines=(told(arrival, against),))
    return _yes(arrival, record, candidate)


def _yes(arrival: Arrival, match: Match, candidate: Candidate) -> Took:
    """The mentee asked and the mentor accepts: that is both. With advisors the mentee is asked next."""
    if match.mode == LED:
        said_yes = replace(candidate, state="yes", since=arrival.now)
        arrival.put(noted(with_candidate(match, said_yes), arrival.now, arrival.writer.id, f"yes {candidate.number}"))
        return Took(lines=(told(arrival, "yes_noted"),))
    arrival.put(formed(arrival.program, arrival.chapter, arrival.cohort, match, candidate, arrival.now))
    return Took()


def _declined(arrival: Arrival, match: Match, candidate: Candidate) -> Took:
    no = replace(candidate, state="declined", since=arrival.now)
    arrival.put(noted(with_candidate(match, no), arrival.now, arrival.writer.id, f"no {candidate.number}"))
    return Took(lines=(told(arrival, "declined"),))


def propose(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """The mentee's word about the mentor whom the advisors propose: the second yes makes the pair (AAHA-1)."""
    if not isinstance(record, Match) or arrival.writer.id != record.mentee:
        return UNCLEAR
    candidate = next((c for c in record.candidates if c.state == "yes" and c.spoken), None)
    if candidate is None or record.state != "open":
        return Took(lines=(told(arrival, "search_over"),))
    if not said.value:
        arrival.put(with_candidate(record, replace(candidate, state="refused", since=arrival.now)))
        return Took(lines=(told(arrival, "refused"),))
    against = obstacle(arrival.program, arrival.cohort, record, candidate, arrival.now)
    if against:
        arrival.put(with_candidate(record, replace(candidate, state="gone", since=arrival.now)))
        return Took(lines=(told(arrival, against),))
    arrival.put(formed(arrival.program, arrival.chapter, arrival.cohort, record, candidate, arrival.now))
    return Took()


def confirm(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """Whoever did not write `we are a pair` says whether it is so; for a newcomer that is consent, too."""
    if not isinstance(record, Match) or record.state != "open":
        return Took(lines=(told(arrival, "search_over"),))
    candidate = next((c for c in record.candidates if c.state == "asked"), None)
    if candidate is None or candidate.by == arrival.writer.id:
        return Took(lines=(told(arrival, "search_over"),))
    if not said.value:
        return _declined(arrival, record, candidate)
    role = "mentor" if arrival.writer.id == candidate.mentor else "mentee"
    if arrival.writer.consent is None:
        joined = asked_for(arrival.program, arrival.writer, (role,), arrival.now)
        seats = tuple(replace(s, state="open" if s.role == "mentor" else s.state) for s in joined.seats)
        arrival.put(replace(joined, seats=seats))
    against = obstacle(arrival.program, arrival.cohort, record, candidate, arrival.now)
    if against:
        return Took(lines=(told(arrival, against),))
    arrival.put(formed(arrival.program, arrival.chapter, arrival.cohort, record, candidate, arrival.now))
    return Took()


def own_goals(arrival: Arrival, _record: Participant | Match, said: Said) -> Took:
    """What the mentor would like to get out of it: for the advisors now, for the plan of the two later (AMIA-25)."""
    arrival.put(with_value(arrival.writer, "gains", str(said.value)))
    return Took()
