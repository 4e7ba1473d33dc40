"""An advisor's gates, in their order: profile, call, candidates, a word with the mentor; and what jumps over one."""

import re
from collections.abc import Callable, Mapping, Sequence

from coordinator.core.answered import Said
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.calls import call_of, wanted
from coordinator.core.calls import closed as call_closed
from coordinator.core.fields import KINDS
from coordinator.core.frozen import replace
from coordinator.core.joining.took import UNCLEAR, Took
from coordinator.core.meeting import Call
from coordinator.core.program import Field
from coordinator.core.reading import Value
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.finding import has_room, noted, with_candidate
from coordinator.core.seeking.reaching import already, outreach, told, waive
from coordinator.core.seeking.verbs import SEARCH, Wish, is_no_to_all, wishes
from coordinator.core.standing import closed

Gate = Callable[[Arrival, Match, Wish], Took]


def profile(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """Gate 1: the profile was looked at (AMIA-19)."""
    if not isinstance(record, Match):
        return UNCLEAR
    return choice(arrival, _named(arrival, record, said), _in_words(arrival, said, yes="reviewed", no="later"))


def spoke(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """Gate 2: the call with the mentee took place, or is to be tried again (AMIA-20)."""
    if not isinstance(record, Match):
        return UNCLEAR
    return choice(arrival, _named(arrival, record, said), _in_words(arrival, said, yes="spoke", no="again"))


def _named(arrival: Arrival, match: Match, said: Said) -> Match:
    """The search that the words name, if it is theirs; else the one that was asked about."""
    names = re.findall(rf"\b{SEARCH.pattern}\b", str(said.value).casefold())
    named = (arrival.cohort.match(name) for name in names)
    return next((m for m in named if m and arrival.writer.id in m.advisors), match)


def _in_words(arrival: Arrival, said: Said, *, yes: str, no: str) -> tuple[Wish, ...]:
    """The verbs themselves, or a plain yes or no."""
    text = str(said.value)
    found = tuple(w for w in wishes(text, arrival.context()) if w.verb not in ("decline", "approve"))
    if found:
        return found
    answer = KINDS["yes_no"].read(text, replace(said.question, field=_YES_NO), arrival.context())
    return (Wish(verb=yes if answer.value else no),) if isinstance(answer, Value) else ()


def goals(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """What the mentee said that they want, in the advisor's words."""
    if not isinstance(record, Match):
        return UNCLEAR
    return choice(arrival, record, (Wish(verb="goals", text=str(said.value)),))


def candidates(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """Gates 3 and 4, in words: `approve 1`, `decline 2 because …`, `outreach: …`, `mail is enough`."""
    if not isinstance(record, Match):
        return UNCLEAR
    text, match = str(said.value), _named(arrival, record, said)
    return choice(arrival, match, wishes(text, arrival.context()) or none_wanted(arrival, match, text))


def none_wanted(arrival: Arrival, match: Match, text: str) -> tuple[Wish, ...]:
    """ "None of them": each one who is shown is left out, and others are looked for."""
    if not is_no_to_all(text, arrival.context()):
        return ()
    return tuple(Wish(verb="decline", number=c.number) for c in match.candidates if c.state == "shown")


def choice(arrival: Arrival, match: Match, found: Sequence[Wish]) -> Took:
    """Each wish in order; the first advisor's word counts, and another one is told what was decided."""
    lines: list[str] = []
    for wish in found:
        current = arrival.cohort.match(match.id) or match
        gate = GATES.get(wish.verb)
        if gate is None:
            return UNCLEAR
        took = gate(arrival, current, wish)
        lines += took.lines
        if not took.is_settled:
            # What was done is said all the same, and the question stays open for the rest.
            return replace(took, lines=tuple(lines), is_open=took.is_open or bool(lines))
    return Took(lines=tuple(lines)) if found else UNCLEAR


def _reviewed(arrival: Arrival, match: Match, _wish: Wish) -> Took:
    if match.state != "open" or "reviewed" in match.gates:
        return already(arrival, match, "reviewed")
    now, advisor = arrival.now, arrival.writer
    match = _passed(arrival, match, "reviewed", "profile")
    mentee = arrival.cohort.participant(match.mentee)
    if mentee and advisor.id != mentee.id:
        key = f"{match.id}/goals/{_tries(match)}"
        call = Call(key=key, about="goals", people=(mentee.id, advisor.id), wanted=now)
        arrival.put(wanted(mentee, call))
    arrival.put(match)
    return Took(lines=(told(arrival, "reviewed", name=_mentee(arrival, match)),))


def _later(arrival: Arrival, match: Match, _wish: Wish) -> Took:
    return Took(lines=(told(arrival, "later", id=match.id, name=_mentee(arrival, match)),))


def _spoke(arrival: Arrival, match: Match, wish: Wish) -> Took:
    """About the mentee before there are candidates, and about the mentor once one said yes."""
    yes = next((c for c in match.candidates if c.state == "yes" and not c.spoken), None)
    if yes:
        return _mail_enough(arrival, match, wish)
    if match.state != "open" or "spoken" in match.gates:
        return already(arrival, match, "spoken")
    if "reviewed" not in match.gates:
        return Took(lines=(told(arrival, "first_review", id=match.id),))
    _end_call(arrival, match)
    match = _passed(arrival, match, "spoken", "call")
    arrival.put(match)
    heard = _goals(arrival, match, wish).lines if wish.text.strip() else ()
    return Took(lines=(told(arrival, "spoken", name=_mentee(arrival, match)), *heard))


def _again(arrival: Arrival, match: Match, _wish: Wish) -> Took:
    """The call did not happen: times are offered once more."""
    if match.state != "open" or "spoken" in match.gates:
        return already(arrival, match, "spoken")
    number, now = _tries(match) + 1, arrival.now
    _end_call(arrival, match, how="missed")
    mentee = arrival.cohort.participant(match.mentee)
    if mentee:
        key = f"{match.id}/goals/{number}"
        arrival.put(wanted(mentee, Call(key=key, about="goals", people=(mentee.id, arrival.writer.id), wanted=now)))
    arrival.put(replace(match, decided={**match.decided, f"{match.id}/again/{number}": now}))
    return Took(lines=(told(arrival, "again", name=_mentee(arrival, match)),))


def _tries(match: Match) -> int:
    return sum(1 for key in match.decided if key.startswith(f"{match.id}/again/"))


def _end_call(arrival: Arrival, match: Match, how: str = "held") -> None:
    mentee, key = arrival.cohort.participant(match.mentee), f"{match.id}/goals/{_tries(match)}"
    call = call_of(mentee, key) if mentee else None
    if mentee and call and not call.closed:
        happened = call.meeting is not None and call.meeting.end <= arrival.now
        arrival.put(call_closed(mentee, key, how if happened else "withdrawn"))


def _goals(arrival: Arrival, match: Match, wish: Wish) -> Took:
    text = wish.text.partition(":")[2] if wish.text.casefold().startswith("goals:") else wish.text
    lines = tuple(line.strip(" -•\t") for line in text.replace(";", "\n").splitlines() if line.strip(" -•\t"))
    current = arrival.cohort.match(match.id) or match
    mentee = arrival.cohort.participant(match.mentee)
    if not lines or mentee is None:
        return UNCLEAR
    # The goals beside the word that they spoke, and those of the next question, are one list.
    heard = current.goals if current.gates.get("spoken") == arrival.now else ()
    lines = tuple(dict.fromkeys((*heard, *lines)))
    before = [g for g in mentee.profile.get("sought", "").splitlines() if g.strip() and g.strip() not in lines]
    arrival.put(replace(mentee, profile={**mentee.profile, "sought": "\n".join((*lines, *before))}))
    arrival.put(replace(current, goals=lines))
    return Took()


def _approve(arrival: Arrival, match: Match, wish: Wish) -> Took:
    """Nothing leaves before the gates: an approval that comes too early is refused and says why (AMIA-21)."""
    if match.state != "open":
        return already(arrival, match, "paired")
    if busy := next((c for c in match.candidates if c.state in ("asked", "yes")), None):
        return _second(arrival, busy)
    if missing := next((g for g in ("reviewed", "spoken") if g not in match.gates), ""):
        return Took(lines=(told(arrival, f"first_{missing}", id=match.id),))
    candidate = _meant(arrival, match, wish)
    if candidate is None:
        return UNCLEAR
    return _briefed(arrival, match, candidate)


def _meant(arrival: Arrival, match: Match, wish: Wish) -> Candidate | None:
    """By number, or by name: "approve Mona"."""
    shown = [c for c in match.candidates if c.state == "shown"]
    if wish.number is None:
        called = [c for c in shown if _is_called(arrival, c, wish.text)] or shown
        return called[0] if len(called) == 1 else None
    return next((c for c in shown if c.number == wish.number), None)


def _is_called(arrival: Arrival, candidate: Candidate, text: str) -> bool:
    mentor, said = arrival.cohort.participant(candidate.mentor), tokens(text[:200]).texts
    name = tokens(mentor.first_name).texts if mentor else ()
    return bool(name) and said[: len(name)] == name


def _briefed(arrival: Arrival, match: Match, candidate: Candidate) -> Took:
    mentor = arrival.cohort.participant(candidate.mentor)
    if mentor is None or not has_room(arrival.cohort, arrival.program, mentor, arrival.now, besides=match.id):
        arrival.put(with_candidate(match, replace(candidate, state="gone", since=arrival.now)))
        return Took(lines=(told(arrival, "mentor_full", name=mentor.first_name if mentor else ""),))
    asked = replace(candidate, state="asked", by=arrival.writer.id, since=arrival.now)
    match = noted(with_candidate(match, asked), arrival.now, arrival.writer.id, f"approve {candidate.number}")
    arrival.put(_closed_gates(match, "candidates", arrival))
    return Took(lines=(told(arrival, "briefed", name=mentor.name),))


def _second(arrival: Arrival, busy: Candidate) -> Took:
    """Two advisors may act; whoever comes second learns what the first one decided."""
    by = arrival.cohort.participant(busy.by)
    mentor = arrival.cohort.participant(busy.mentor)
    names = {"by": by.name if by else "", "name": mentor.name if mentor else ""}
    return Took(lines=(told(arrival, "approved_already", **names),))


def _decline(arrival: Arrival, match: Match, wish: Wish) -> Took:
    meant = _meant(arrival, match, wish)
    if meant is None:
        return UNCLEAR
    mentor = arrival.cohort.participant(meant.mentor)
    no = replace(meant, state="refused", since=arrival.now, why=wish.text[:500] or meant.why)
    match = noted(with_candidate(match, no), arrival.now, arrival.writer.id, f"decline {meant.number}")
    arrival.put(_closed_gates(match, "candidates", arrival))
    return Took(lines=(told(arrival, "candidate_declined", name=mentor.first_name if mentor else ""),))


def _mail_enough(arrival: Arrival, match: Match, _wish: Wish) -> Took:
    """A word with the mentor was had, or the advisor says that the mail is enough (AMIA-24)."""
    live = next((c for c in match.candidates if c.state in ("asked", "yes") and not c.spoken), None)
    if live is None:
        return already(arrival, match, "paired") if match.state != "open" else UNCLEAR
    match = noted(with_candidate(match, replace(live, spoken=True)), arrival.now, arrival.writer.id, "mail is enough")
    arrival.put(_closed_gates(match, "spoken", arrival))
    return Took(lines=(told(arrival, "mail_enough"),))


def _override(arrival: Arrival, match: Match, wish: Wish) -> Took:
    """Jumps over the gates, on record: the next approval stands whatever was skipped."""
    if match.state != "open":
        return already(arrival, match, "paired")
    skipped = [gate for gate in ("reviewed", "spoken") if gate not in match.gates]
    now = arrival.now
    match = replace(match, gates={**dict.fromkeys(skipped, now), **match.gates})
    match = noted(match, now, arrival.writer.id, f"override {', '.join(skipped) or 'nothing'}")
    arrival.put(_closed_gates(_closed_gates(match, "profile", arrival), "call", arrival))
    lines = (told(arrival, "overridden"),)
    if wish.number is None:
        return Took(lines=lines)
    took = _approve(arrival, arrival.cohort.match(match.id) or match, wish)
    return replace(took, lines=(*lines, *took.lines))


def _passed(arrival: Arrival, match: Match, gate: str, part: str) -> Match:
    match = replace(match, gates={**match.gates, gate: arrival.now})
    return _closed_gates(noted(match, arrival.now, arrival.writer.id, gate), part, arrival)


def _closed_gates(match: Match, part: str, arrival: Arrival) -> Match:
    """Nobody is asked any more what another advisor decided."""
    for key, asked in match.asked.items():
        if key.split("/")[1] == part and not asked.closed:
            match = closed(match, key, arrival.now)
    return match


def _mentee(arrival: Arrival, match: Match) -> str:
    mentee = arrival.cohort.participant(match.mentee)
    return mentee.first_name if mentee else ""


_YES_NO = Field(name="passed", kind="yes_no", ask="")

GATES: Mapping[str, Gate] = {
    "reviewed": _reviewed,
    "later": _later,
    "spoke": _spoke,
    "again": _again,
    "goals": _goals,
    "approve": _approve,
    "decline": _decline,
    "mail_enough": _mail_enough,
    "override": _override,
    "waive": waive,
    "outreach": outreach,
}
"""Verb of a wish → what it does to a search."""
