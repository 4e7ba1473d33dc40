"""The search for a mentor of one mentee: who was considered, who was asked, and what each said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coordinator.core.questions import Answer, Asked


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A role that somebody asked to take.

    state: "form" (their form is out), "held" (an advisor decides), "open" (they may be matched), "taken" (a mentee who
    is paired or being paired), "refused" or "left". since: when they asked; who waited longest comes first.
    capacity: how many pairings at once. waived: the rules that an advisor set aside, as they were written.
    """

    role: str
    state: str
    since: datetime
    capacity: int = 1
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A mentor who was considered for a mentee. number: for good within the match.

    state: "shown" (nobody asked them yet), "asked", "yes" (and now the mentee is asked), "declined", "refused" (by
    the mentee or an advisor), "expired" or "gone". reason: one sentence for people, with what fits and what does not.
    why: the mentee's own lines. by: the advisor who approved, "" = the mentee chose. spoken: the advisor talked with
    the mentor, or said that the mail is enough. since: when the state began.
    """

    number: int
    mentor: str
    state: str = "shown"
    reason: str = ""
    why: str = ""
    by: str = ""
    spoken: bool = False
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """One mentee's search, from the first look at the profile to the pairing or the end of the search.

    mode: "led" (advisors propose), "chosen" (the mentee asks) or "found" (the two found each other). state: "open",
    "paired" or "closed". gates: what was passed → when ("reviewed", "spoken"). log: (instant, who, what) of each
    decision of a person, overrides included. pairing: what became of it, "" = nothing yet.
    """

    id: str
    version: int = 0
    mentee: str
    mode: str
    opened: datetime
    advisors: tuple[str, ...] = ()
    state: str = "open"
    gates: Mapping[str, datetime] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    log: tuple[tuple[datetime, str, str], ...] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    decided: Mapping[str, datetime] = field(default_factory=dict)
    due: datetime | None = None
    pairing: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who has a part in it, each once."""
        return tuple(dict.fromkeys((self.mentee, *self.advisors, *(c.mentor for c in self.candidates))))

    def candidate(self, number: int) -> Candidate | None:
        return next((c for c in self.candidates if c.number == number), None)

    def candidate_of(self, mentor: str) -> Candidate | None:
        return next((c for c in self.candidates if c.mentor == mentor), None)
