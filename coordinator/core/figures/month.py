"""What the coordinator gets to know of one month, on one page."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from coordinator.core.figures import Content, Figures, figures
from coordinator.core.figures.cells import Figure, heads, nested, shown
from coordinator.core.figures.stories import stories
from coordinator.core.figures.tally import tally
from coordinator.core.figures.values import Scope

Plain = Mapping[str, Any]
WITH_DE = ("es", "pt")
"""Languages that say "enero de 2026"."""


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month(content: Content, first: date, now: datetime, names: Plain, language: str) -> dict[str, Any] | None:
    """Plain values for the letter; None while so few pairs are under way that nothing could be told.

    first: of the month. names: language → tables of words. Numbers come as text, with a range or a dash where they are
    held back.
    """
    made = figures(content, Scope(), now)
    if not made.pairs.exact:
        return None
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    known = [t for p in content.pairings if (t := tally(content.program, "coordinator", p, "", content.zone))]
    there = [t for t in known if t.start <= last and (t.last is None or t.last >= first)]
    met = [t for t in there if any(first <= day <= last for day in t.met)]
    active, with_meeting = nested([heads(t.id for t in there), heads(t.id for t in met)], [None, None])
    begun = heads(t.id for t in there if t.start >= first)
    over = heads(t.id for t in there if t.last is not None and t.last <= last)
    waiting = heads(p.id for p in content.people.values() if p.waiting_since)
    return {
        "name": _named(first, names, language),
        "active": active.text,
        "met": with_meeting.text,
        "meetings": _meetings(made, first),
        **{word: _some(shown(cell)) for word, cell in (("begun", begun), ("over", over), ("waiting", waiting))},
        "goals": made.goals.total.text,
        "reached": dict(zip(made.goals.names, made.goals.figures, strict=True))["reached"].text,
        "mentees": _mean(made, "mentee"),
        "mentors": _mean(made, "mentor"),
        "ideas": [
            {"text": i.text, "by": i.by} for i in reversed(made.ideas) if first <= i.on <= last
        ],
        "stories": list(stories(content, first, last)),
    }  # fmt: skip


def _named(first: date, names: Plain, language: str) -> str:
    spoken = language.split("-", maxsplit=1)[0]
    months = (names.get(spoken) or names["en"]).get("months") or names["en"]["months"]
    return f"{months[first.month - 1][0]} {'de ' if spoken in WITH_DE else ''}{first.year}"


def _some(figure: Figure) -> str:
    """ "" for none at all, which is not worth a line."""
    return "" if figure.exact == 0 else figure.text


def _meetings(made: Figures, first: date) -> str:
    found = dict(zip(made.months, made.meetings.figures, strict=True))
    return found[first].text if first in found else "0"


def _mean(made: Figures, role: str) -> str:
    mean = made.satisfaction[role].mean
    return "" if mean is None else f"{mean:.1f}"
