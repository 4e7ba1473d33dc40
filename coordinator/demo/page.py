"""One HTML page to browse a season: everybody's mail, the calendar, the advisors' summaries. It needs no network."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from coordinator.demo.shown import Mail, Meeting, Person, Summary
from coordinator.demo.story import Month

HERE = Path(__file__).parent
NAME = "season.html"

_GLYPHS = {"ACCEPTED": "✓", "DECLINED": "✕", "TENTATIVE": "?", "NEEDS-ACTION": "–"}
_STATES = {
    "held": ("●", "met"),
    "missed": ("○", "did not meet"),
    "cancelled": ("✕", "cancelled"),
    "declined": ("✕", "declined"),
    "accepted": ("✓", "both accepted"),
    "open": ("–", "no answer yet"),
}


def write(
    folder: Path,
    mails: Sequence[Mail],
    meetings: Sequence[Meeting],
    summaries: Sequence[Summary],
    title: str,
    *,
    people: Sequence[Person] = (),
    story: Sequence[Month] = (),
) -> Path:
    """The page `season.html` in the folder. people: names and roles; whoever is missing shows with the address."""
    path = folder / NAME
    path.write_text(_rendered(mails, meetings, summaries, title, people, story), encoding="utf-8")
    return path


def _rendered(
    mails: Sequence[Mail],
    meetings: Sequence[Meeting],
    summaries: Sequence[Summary],
    title: str,
    people: Sequence[Person],
    story: Sequence[Month],
) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # heavy, and only for the page

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"day": _day, "clock": _clock, "month": _month, "quoted": _lines}
    return environment.get_template("page.html").render(
        title=title,
        style=(HERE / "page.css").read_text(encoding="utf-8"),
        script=(HERE / "page.js").read_text(encoding="utf-8"),
        groups=_groups(people, mails),
        mails=_by_person(mails),
        months=_by_month(meetings),
        matrix=_matrix(meetings),
        states=_STATES,
        glyphs=_GLYPHS,
        summaries=_by_advisor(summaries),
        story=story,
        counts=_counts(mails, meetings),
    )


def _groups(people: Sequence[Person], mails: Sequence[Mail]) -> dict[str, list[Person]]:
    """People by role, in the order given; strangers last."""
    known = {person.address for person in people}
    others = dict.fromkeys(mail.person for mail in mails if mail.person not in known)
    strangers = [Person(address=address, name=address) for address in others]
    groups: dict[str, list[Person]] = {}
    for person in (*people, *strangers):
        groups.setdefault(person.role or "others", []).append(person)
    return groups


def _by_person(mails: Sequence[Mail]) -> dict[str, list[tuple[str, list[Mail]]]]:
    """address → months → mails, oldest first."""
    ordered = sorted(mails, key=lambda mail: (mail.person, mail.at))
    return {
        person: [(month, list(some)) for month, some in groupby(theirs, key=lambda mail: _month(mail.at))]
        for person, theirs in groupby(ordered, key=lambda mail: mail.person)
    }


def _by_month(meetings: Sequence[Meeting]) -> list[tuple[str, list[Meeting]]]:
    ordered = sorted(meetings, key=lambda meeting: meeting.start)
    return [(month, list(some)) for month, some in groupby(ordered, key=lambda meeting: _month(meeting.start))]


def _matrix(meetings: Sequence[Meeting]) -> Mapping[str, object]:
    """Pairs down, months across."""
    months = list(dict.fromkeys(_month(meeting.start) for meeting in sorted(meetings, key=lambda each: each.start)))
    rows: dict[str, dict[str, list[Meeting]]] = {}
    for meeting in meetings:
        rows.setdefault(meeting.pair, {}).setdefault(_month(meeting.start), []).append(meeting)
    return {"months": months, "rows": rows}


def _by_advisor(summaries: Sequence[Summary]) -> dict[str, list[Summary]]:
    found: dict[str, list[Summary]] = {}
    for summary in sorted(summaries, key=lambda each: each.at, reverse=True):
        found.setdefault(summary.advisor, []).append(summary)
    return found


def _counts(mails: Sequence[Mail], meetings: Sequence[Meeting]) -> tuple[tuple[str, str], ...]:
    held = sum(meeting.status == "held" for meeting in meetings)
    return (
        (str(sum(mail.ours for mail in mails)), "mails from the program"),
        (str(sum(not mail.ours for mail in mails)), "mails from people"),
        (str(len(meetings)), "meetings in the calendar"),
        (str(held), "of them took place"),
    )


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def _month(at: datetime) -> str:
    return f"{at:%B %Y}"


def _lines(text: str) -> Iterable[tuple[bool, str]]:
    """Runs of lines: (whether they are quoted, the text)."""
    lines = text.rstrip("\n").split("\n")
    for quoted, run in groupby(lines, key=lambda line: line.startswith(">")):
        yield quoted, "\n".join(run)
