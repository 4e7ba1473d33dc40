"""The numbers of a report: for the whole program, for a cohort of it, or for the pairs of one advisor."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.core.endings.options import REASONS
from coordinator.core.figures.breakdown import breakdown, rows_of
from coordinator.core.figures.cells import LEAST, NOTHING, Cell, Figure, heads, nested, shown
from coordinator.core.figures.hiding import TOTAL
from coordinator.core.figures.tally import STATES, Tally, tally
from coordinator.core.figures.touches import OUTCOMES
from coordinator.core.figures.values import Breakdown, Figures, Idea, Scope
from coordinator.core.frozen import replace
from coordinator.core.hours import local_day
from coordinator.core.program import Program
from coordinator.core.records import Pairing, Participant

__all__ = ["Breakdown", "Content", "Figures", "Idea", "Scope", "cohorts_of", "figures"]

MOST_WEEKS = 104
MOST_MONTHS = 24
STEPS = ("on the roster", "said yes", "paired", "met", "met three times", "came to the planned end")
"""From enrolment to closing; each lies within the one before."""
GRADES = ("1", "2", "3", "4", "5")
SIDES: Mapping[str, Callable[[Tally, str], bool]] = {
    "named a goal": lambda t, role: any(owner == role for owner, _, _ in t.goals),
    "reached a goal": lambda t, role: any(owner == role and state == "reached" for owner, state, _ in t.goals),
    "told what they gained": lambda t, role: bool(t.said[role] & {"gained", "achievement"}),
    "told what they learned": lambda t, role: "lesson" in t.said[role],
    "said something kind or useful to the other": lambda t, role: "feedback" in t.said[role],
}
"""What each of the two got out of it, counted apart (AHE-39, IMA-32)."""
ROLES = ("mentee", "mentor")


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everybody and every pairing, archived ones too. zone: whose days count."""

    program: Program
    people: Mapping[str, Participant]
    pairings: Sequence[Pairing]
    zone: str


def cohorts_of(people: Iterable[Participant]) -> tuple[str, ...]:
    """What the column `cohort` of the roster says, each once, in order."""
    return tuple(sorted({p.intake for p in people} - {""}))


def figures(content: Content, scope: Scope, now: datetime) -> Figures:
    """The numbers as they may be shown; see `cells` and `hiding` for what is held back."""
    named = [(p, _scope_of(content, p, scope)) for p in content.pairings]
    counted = [tally(content.program, scope.viewer, p, name, content.zone) for p, name in named]
    # Beside an advisor's own pairs stand all others only as the sum that the report of the program shows.
    everybody = [
        t or tally(content.program, "coordinator", p, name, content.zone)
        for t, (p, name) in zip(counted, named, strict=True)
    ]
    known = [t for t in everybody if t is not None]
    own = known if scope.kind == "program" else [t for t in known if t.scope == scope.name]
    return _Counting(content=content, scope=scope, own=own, all=known, on=local_day(now, content.zone)).made()


def _scope_of(content: Content, pairing: Pairing, scope: Scope) -> str:
    """Which part of the program a pairing belongs to, where the parts are of that kind."""
    if scope.kind == "program":
        return ""
    if scope.kind == "advisor":
        return scope.name if scope.name in pairing.advisors else next(iter(pairing.advisors), "")
    labels = (content.people[i].intake for i in (pairing.mentee, pairing.mentor))
    return next((label for label in labels if label), "")


@dataclass(frozen=True, kw_only=True)
class _Counting:
    """own: pairs of the scope. all: those of the whole program."""

    content: Content
    scope: Scope
    own: Sequence[Tally]
    all: Sequence[Tally]
    on: date

    def made(self) -> Figures:
        months = self._months()
        names = tuple(f"{m:%Y-%m}" for m in months)
        return Figures(
            scope=self.scope,
            on=self.on,
            pairs=self._one(bool),
            active=self._one(lambda t: t.last is None),
            weeks=self._weeks(),
            funnel=self._funnel(),
            months=months,
            meetings=self._table(names, lambda t: _by_month(t.met)),
            goals=self._table(STATES, lambda t: _counts(state for _, state, _ in t.goals)),
            smart=self._table(("all", "some"), _smart).figures[0],
            satisfaction={role: self._grades(role) for role in ROLES},
            asked={role: self._table(names, _asked(role)) for role in ROLES},
            checkins={role: self._table(OUTCOMES, _came_of(role)) for role in ROLES},
            sides=tuple((what, self._side("mentee", test), self._side("mentor", test)) for what, test in SIDES.items()),
            endings=self._table((*REASONS, "no reason"), _reason),
            ideas=self._ideas(),
        )

    def _one(self, test: Callable[[Tally], bool]) -> Figure:
        own, whole = (heads(t.id for t in some if test(t)) for some in (self.own, self.all))
        return shown(own, None if self.scope.kind == "program" else whole)

    def _weeks(self) -> tuple[tuple[date, Figure], ...]:
        if not self.own:
            return ()
        first = min(t.start for t in self.own)
        monday = self.on - timedelta(days=self.on.weekday())
        weeks = min(MOST_WEEKS, max(1, (monday - first + timedelta(days=first.weekday())).days // 7 + 1))
        days = [monday - timedelta(weeks=n) for n in reversed(range(weeks))]
        return tuple((day, self._one(_runs_in(day))) for day in days)

    def _funnel(self) -> tuple[tuple[str, Figure], ...]:
        own = self._steps(self.own, self._mentees())
        whole = self._steps(self.all, self._roster())
        found = tuple(zip(STEPS, nested(own, self._beside(whole)), strict=True))
        return found[2:] if self.scope.kind == "advisor" else found

    def _roster(self) -> list[Participant]:
        paired = {t.mentee for t in self.all}
        return [p for p in self.content.people.values() if "mentee" in p.roles or p.id in paired]

    def _mentees(self) -> list[Participant]:
        paired = {t.mentee for t in self.own}
        is_cohort = self.scope.kind == "cohort"
        return [
            p
            for p in self._roster()
            if self.scope.kind == "program" or p.id in paired or (is_cohort and p.intake == self.scope.name)
        ]

    def _steps(self, tallies: Sequence[Tally], mentees: Sequence[Participant]) -> list[Cell]:
        """Mentees at each step of STEPS; whoever came further took the steps before."""
        there = {p.id for p in mentees}
        met = [t for t in tallies if t.met]
        groups = [
            there,
            {p.id for p in mentees if p.consent},
            {t.mentee for t in tallies},
            {t.mentee for t in met},
            {t.mentee for t in met if len(t.met) >= 3},
            {t.mentee for t in met if len(t.met) >= 3 and t.last and not t.early},
        ]
        for place in range(len(groups) - 1, 0, -1):
            groups[place - 1] |= groups[place]
        return [heads(group) for group in groups]

    def _months(self) -> tuple[date, ...]:
        """From the first in which somebody met or was asked how it goes."""
        days = [day for t in self.own for day in (*t.met, *(touch.on for touch in t.touches)) if day <= self.on]
        if not days:
            return ()
        first, last = (d.year * 12 + d.month - 1 for d in (min(days), self.on))
        return tuple(date(n // 12, n % 12 + 1, 1) for n in range(max(first, last - MOST_MONTHS + 1), last + 1))

    def _table(self, columns: tuple[str, ...], counts: Callable[[Tally], Mapping[str, int]]) -> Breakdown:
        """counts: what a pair adds to each column."""
        return breakdown(columns, rows_of(self.all, counts), self._row)

    @property
    def _row(self) -> str:
        return TOTAL if self.scope.kind == "program" else self.scope.name

    def _grades(self, role: str) -> Breakdown:
        rows = rows_of(self.all, lambda t: {str(t.scores[role]): 1} if role in t.scores else {})
        found = breakdown(GRADES, rows, self._row)
        given = [t.scores[role] for t in self.own if role in t.scores]
        if any(f.exact is None for f in found.figures):
            # A mean beside some of the grades would tell the others.
            found = replace(found, figures=(NOTHING,) * len(GRADES))
        mean = sum(given) / len(given) if found.total.exact and len(given) >= LEAST else None
        return replace(found, mean=mean if mean is None else round(mean, 1))

    def _side(self, role: str, test: Callable[[Tally, str], bool]) -> Figure:
        own, whole = (heads(getattr(t, role) for t in some if test(t, role)) for some in (self.own, self.all))
        group, everybody = (heads(getattr(t, role) for t in some) for some in (self.own, self.all))
        return nested([group, own], self._beside([everybody, whole]))[1]

    def _beside(self, wholes: Sequence[Cell]) -> Sequence[Cell | None]:
        """What else is shown of everybody; nothing where the report is about everybody."""
        return [None] * len(wholes) if self.scope.kind == "program" else wholes

    def _ideas(self) -> tuple[Idea, ...]:
        """For the report of the program only; without a name unless its writer allowed it (AMIA-29)."""
        if self.scope.kind != "program":
            return ()
        found = [
            Idea(on=local_day(i.at, self.content.zone), text=i.text, by=p.name if i.named else "")
            for p in self.content.people.values()
            for i in p.care.ideas
        ]
        return tuple(sorted(found, key=lambda i: (i.on, i.text), reverse=True))


def _runs_in(monday: date) -> Callable[[Tally], bool]:
    return lambda t: t.start <= monday + timedelta(days=6) and (t.last is None or t.last >= monday)


def _by_month(days: Iterable[date]) -> dict[str, int]:
    return _counts(f"{day:%Y-%m}" for day in days)


def _counts(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def _asked(role: str) -> Callable[[Tally], Mapping[str, int]]:
    return lambda t: _by_month(touch.on for touch in t.touches if touch.role == role)


def _came_of(role: str) -> Callable[[Tally], Mapping[str, int]]:
    return lambda t: _counts(touch.outcome for touch in t.touches if touch.role == role)


def _smart(one: Tally) -> dict[str, int]:
    return _counts("all" if smart else "some" for _, _, smart in one.goals)


def _reason(one: Tally) -> dict[str, int]:
    return {one.reason or "no reason": 1} if one.early else {}
