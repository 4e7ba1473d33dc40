"""The kinds of stages a program may declare, and what each makes due."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime

from coordinator.core.joining.due import enrolment, seat_settled
from coordinator.core.moments import Moment, Situation
from coordinator.core.overlay import Living, Overlay
from coordinator.core.phases import phases
from coordinator.core.program import Stage
from coordinator.core.seeking import settled
from coordinator.core.seeking.due import searching, seeking
from coordinator.core.stages.agreement import agreement
from coordinator.core.stages.aside import offers, problems, skills
from coordinator.core.stages.blocked import blocked
from coordinator.core.stages.care import care
from coordinator.core.stages.celebration import PROMPT as CELEBRATED
from coordinator.core.stages.celebration import celebrations
from coordinator.core.stages.changes import changes
from coordinator.core.stages.check import check
from coordinator.core.stages.checkin import checkin
from coordinator.core.stages.events import event_changes, events
from coordinator.core.stages.exchange import exchange
from coordinator.core.stages.gap import gap
from coordinator.core.stages.gathering import GROUP, gatherings
from coordinator.core.stages.introducing import MADE, introductions
from coordinator.core.stages.letter import closing_letter, late_closing_letter, letter
from coordinator.core.stages.meetings import cancellations, meetings
from coordinator.core.stages.parting import parting, wanting_to_end
from coordinator.core.stages.renewal import renewal
from coordinator.core.stages.talks import talks
from coordinator.core.stages.tips import tips
from coordinator.core.steps import asking_for_purpose
from coordinator.core.where import Alone, Search, Where

Kind = Callable[[Situation, Stage], Iterator[Moment]]


def _of_the_advisor(_where: Situation, _stage: Stage) -> Iterator[Moment]:
    """A summary belongs to its advisor, not to one pairing: see `core.summary`."""
    return iter(())


KINDS: Mapping[str, Kind] = {
    "letter": letter,
    "meetings": meetings,
    "agreement": agreement,
    "phases": phases,
    "skills": skills,
    "problems": problems,
    "offers": offers,
    "purposes": asking_for_purpose,
    "gap": gap,
    "checkin": checkin,
    "summary": _of_the_advisor,
    "check": check,
    "renewal": renewal,
    "closing": closing_letter,
    "care": care,
    "exchange": exchange,
    "tips": tips,
}

UNDECLARED = frozenset(("change", "parting", "blocked", MADE, GROUP, CELEBRATED))
"""Stages that every program has and none declares."""

PARTING: Mapping[str, Kind] = {"meetings": cancellations, "closing": closing_letter}
"""What goes on in a pairing that ends before its day."""

AFTER: Mapping[str, Kind] = {"meetings": cancellations, "closing": late_closing_letter, "care": care}
"""What goes on when a pairing has ended."""


PersonKind = Callable[[Alone, Stage], Iterator[Moment]]
PERSON_KINDS: Mapping[str, PersonKind] = {"enrolment": enrolment, "match": seeking}
"""Kinds whose moments belong to one person alone."""

SearchKind = Callable[[Search, Stage], Iterator[Moment]]
SEARCH_KINDS: Mapping[str, SearchKind] = {"match": searching}
"""Kinds whose moments belong to a search for a mentor."""


Settle = Callable[[Where, Moment, Overlay, datetime], Living]
SETTLED: Mapping[str, Settle] = {
    "seat": seat_settled,
    "search": settled.begun,
    "shortlist": settled.listed,
    "expire": settled.expired,
    "gone": settled.left,
    "withdraw": settled.ended,
}
"""Silent kind of a person's or a search's moment → the record that follows; more may be put into the overlay."""


def moments(where: Where, *, stages: Container[str] | None = None) -> tuple[Moment, ...]:
    """Everything of a record that is not decided yet, past and to come, earliest first.

    stages: ids; of a pairing's other stages nothing need be found.
    """
    match where:
        case Situation():
            return _of_pairing(where, stages)
        case Alone() if where.participant.status == "active":
            return _sorted(where, (m for s in where.program.stages for m in _of_person(where, s)))
        case Search() if where.match.state == "open":
            return _sorted(where, (m for s in where.program.stages for m in _of_search(where, s)))
        case _:
            return ()


def _of_person(where: Alone, stage: Stage) -> Iterator[Moment]:
    kind = PERSON_KINDS.get(stage.kind)
    return kind(where, stage) if kind else iter(())


def _of_search(where: Search, stage: Stage) -> Iterator[Moment]:
    kind = SEARCH_KINDS.get(stage.kind)
    return kind(where, stage) if kind else iter(())


def _of_pairing(where: Situation, stages: Container[str] | None) -> tuple[Moment, ...]:
    if where.pairing.status == "paused":
        return ()
    if where.pairing.blocked and where.pairing.status == "active" and not where.pairing.ending:
        return _sorted(where, (*blocked(where), *wanting_to_end(where)))
    kinds = _kinds(where)
    wanted = [s for s in where.program.stages if s.kind in kinds and (stages is None or s.id in stages)]
    found = [m for stage in wanted for m in kinds[stage.kind](where, stage)]
    found += event_changes(where)
    if where.pairing.status == "active":
        found += parting(where)
    if kinds is KINDS:
        found += (*changes(where), *events(where), *talks(where), *celebrations(where), *introductions(where))
        found += gatherings(where)
    return _sorted(where, found)


def _kinds(where: Situation) -> Mapping[str, Kind]:
    if where.pairing.status == "ended":
        return AFTER
    return PARTING if where.pairing.ending or _is_about_to_end(where) else KINDS


def _is_about_to_end(where: Situation) -> bool:
    """Whether one of the two asked for no more mail, and may still come back: the other is asked nothing about them."""
    return any(where.person(id_).status == "stopped" for id_ in (where.pairing.mentor, where.pairing.mentee))


def _sorted(where: Where, found: Iterable[Moment]) -> tuple[Moment, ...]:
    return tuple(sorted((m for m in found if not where.is_decided(m.key)), key=lambda m: (m.at, m.key)))
