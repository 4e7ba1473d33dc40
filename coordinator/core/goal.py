"""What a mentee works towards: goals with their steps and measures, and skills."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step towards a goal, in its order. name: "a", "b" … for good. by: the day it is to be done, None = no day.

    state: "open", "done" or "stopped". settled: when it was done or stopped.
    """

    name: str
    text: str
    by: date | None = None
    state: str = "open"
    settled: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What tells whether a goal is reached. every: "1 month" or "2 weeks". reporter: participant id of who is asked.

    values: (instant, number) of each report, newest last.
    """

    what: str
    every: str = "1 month"
    reporter: str = ""
    values: tuple[tuple[datetime, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Goal:
    """number: G1, G2 … for good. state: "open", "done", "dropped". texts: every wording, newest last.

    owner: a participant's id, "pair" or "organisation". visibility: as of the answer that named it, or lowered by its
    owner. scores: (instant, 0–10 or None, state word, note) of each report, newest last. smart: the labelled lines
    ("specific", "measurable", "attainable", "realistic", "timely") and "why", as far as they were said.
    """

    number: int
    owner: str
    texts: tuple[str, ...]
    state: str = "open"
    visibility: str = "pair"
    scores: tuple[tuple[datetime, int | None, str, str], ...] = ()
    smart: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    measure: Measure | None = None

    @property
    def text(self) -> str:
        return self.texts[-1]


@dataclass(frozen=True, kw_only=True)
class Skill:
    """Something to learn by doing. number: S1, S2 … for good. task: what is practised. visibility: as of a goal.

    ratings: (instant, participant id, 1–5), the first of each person is the baseline. seen: what the mentor observed.
    """

    number: int
    name: str
    task: str = ""
    since: datetime
    ratings: tuple[tuple[datetime, str, int], ...] = ()
    seen: tuple[str, ...] = ()
    visibility: str = "pair"
