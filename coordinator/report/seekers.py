"""Who looks for whom in a chapter at the moment, and for whom nobody is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from coordinator.core.joining.forms import in_forms, told_part
from coordinator.core.matching.explain import why_nobody
from coordinator.core.matching.pool import Pool, pool
from coordinator.core.matching.propose import excluded
from coordinator.core.program import Program
from coordinator.core.records import Pairing, Participant
from coordinator.store.work import Work


def everybody(program: Program, work: Work, now: datetime, *, intake: str = "") -> Pool:
    """Every participant, every pairing that ever was, every request under way.

    intake: only the mentees of that group, with the mentors of it and of none.
    """
    people = tuple(told_part(program, p) for p in work.participants())
    found = pool(
        program.matching,
        people,
        [*work.pairings(), *_archived(work)],
        now,
        answers={p.id: in_forms(program, p, now) for p in people},
        asked=_asked(work, people),
    )
    return _of_intake(found, people, intake) if intake else found


def _of_intake(found: Pool, people: Sequence[Participant], intake: str) -> Pool:
    of = {p.id: p.intake for p in people}
    return replace(
        found,
        mentors=tuple(one for one in found.mentors if of[one.id] in ("", intake)),
        mentees=tuple(one for one in found.mentees if of[one.id] == intake),
        left_out=tuple(one for one in found.left_out if of[one[0]] in ("", intake)),
    )


def nobody(program: Program, work: Work, now: datetime, language: str) -> list[dict[str, Any]]:
    """Why there is nobody, which rule or that no place is free → the addresses of the mentees for whom it is so."""
    found = everybody(program, work, now)
    words = program.words.get(language.split("-", maxsplit=1)[0], {})
    by_why: dict[str, list[str]] = {}
    for id_, bars in excluded(program.matching, found).items():
        mentee = work.participant(id_)
        why = why_nobody(program.matching, bars, len(found.mentors), words)
        by_why.setdefault(why, []).append(mentee.address if mentee else id_)
    return [{"why": why, "mentees": mentees} for why, mentees in by_why.items()]


def _archived(work: Work) -> list[Pairing]:
    """Pairings of the past, for nobody is proposed to somebody they had before."""
    return [
        Pairing(
            id=row["id"],
            mentor=row["mentor"],
            mentee=row["mentee"],
            start=date.min,
            end=date.min,
            status="ended",
        )
        for row in work.all_archived("pairings")
    ]


def _asked(work: Work, people: Sequence[Participant]) -> list[tuple[str, str]]:
    """(mentor, mentee) of requests that wait for an answer: their seat and their turn are spoken for."""
    open_ = {m.id: m for p in people for m in work.matches_of(p.id) if m.state == "open"}
    return [(c.mentor, m.mentee) for m in open_.values() for c in m.candidates if c.state in ("asked", "yes")]
