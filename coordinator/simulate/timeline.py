"""A program's season as a picture: one invented pair plays it, and every letter becomes a dot on its day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from coordinator.core.program import Program, Stage
from coordinator.formats import letters
from coordinator.simulate.season import CHAPTER, START, play

ROLES = {"mentee": "#1a7f37", "mentor": "#7a4fa3", "advisor": "#8a5a00"}
_LEFT, _MONTH, _ROW, _TOP = 190, 105, 24, 64


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One letter: the prompt first in it, who got it, and how many days after the beginning."""

    prompt: str
    role: str
    day: int


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """A season. meetings: days on which the two met. months: how long the program says it is."""

    title: str
    months: int
    dots: tuple[Dot, ...]
    meetings: tuple[int, ...]


def timeline(program: Program) -> Timeline:
    """What a pair that answers everything gets, from the first day to the last."""
    dots: list[Dot] = []

    def note(prompts: Sequence[str], to: str, at: datetime) -> None:
        role = next((role for role in ROLES if to.startswith(role)), "")
        day = (at.date() - START.date()).days
        dots.extend(Dot(prompt=prompt, role=role, day=day) for prompt in prompts if role)

    work = play(program=program.id, pairs=1, months=program.months, tail=20, note=note, temperaments=("parts",)).work
    meetings = [m for p in work.pairings() for m in p.meetings if m.status != "cancelled"]
    return Timeline(
        title=program.title,
        months=program.months,
        dots=tuple(dict.fromkeys(dots)),
        meetings=tuple(sorted((m.start.date() - START.date()).days for m in meetings)),
    )


def svg(season: Timeline) -> str:
    """The picture: a row for each letter, a column for each month, a band for each meeting."""
    rows = list(dict.fromkeys(dot.prompt for dot in sorted(season.dots, key=lambda d: d.day)))
    width = _LEFT + season.months * _MONTH + 90
    height = _TOP + len(rows) * _ROW + 16
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
        f' font-family="sans-serif" font-size="13" aria-label="{escape(season.title)}: when which letter goes out">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_head(season),
        *_bands(season, height),
        *(line for place, prompt in enumerate(rows) for line in _row(season, prompt, place, width)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _x(day: float) -> float:
    return round(_LEFT + day * _MONTH / 30.44, 1)


def _head(season: Timeline) -> Iterator[str]:
    x = _LEFT
    for role, colour in ROLES.items():
        yield f'<circle cx="{x}" cy="18" r="6" fill="{colour}"/><text x="{x + 12}" y="23">to the {role}</text>'
        x += 125
    yield f'<rect x="{x}" y="10" width="10" height="16" fill="#dbe7f5"/><text x="{x + 16}" y="23">a meeting</text>'
    for month in range(season.months + 1):
        at = _x(month * 30.44)
        label = f"month {month + 1}" if month < season.months else "end"
        yield f'<text x="{at + 6}" y="50" fill="#5b6472">{label}</text>'


def _bands(season: Timeline, height: int) -> Iterator[str]:
    for day in season.meetings:
        yield f'<rect x="{_x(day) - 4}" y="56" width="8" height="{height - 64}" fill="#dbe7f5"/>'
    for month in range(season.months + 1):
        at = _x(month * 30.44)
        yield f'<line x1="{at}" x2="{at}" y1="40" y2="{height - 8}" stroke="#c8ced6"/>'


def _row(season: Timeline, prompt: str, place: int, width: int) -> Iterator[str]:
    y = _TOP + place * _ROW + 10
    yield f'<line x1="{_LEFT}" x2="{width - 8}" y1="{y}" y2="{y}" stroke="#eef1f4"/>'
    yield f'<text x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(prompt)}</text>'
    for dot in (d for d in season.dots if d.prompt == prompt):
        shift = 4 if dot.role == "mentor" else -4 if dot.role == "mentee" else 0
        yield f'<circle cx="{_x(dot.day)}" cy="{y + shift}" r="5" fill="{ROLES[dot.role]}"/>'


def page(program: Program, season: Timeline) -> str:
    """The program's page in the documentation, beside its picture."""
    lines = [f"# {program.title} (`{program.id}`)", "", *_about(program), *_terms(program), ""]
    lines += [f"![When which letter goes out]({program.id}.svg)", ""]
    lines += ["What a pair gets that answers everything; whoever answers nothing gets less. Made by", ""]
    lines += ["    coordinator timeline", "", "## Stages", "", "| stage | when | to | what for |", "|---|---|---|---|"]
    for stage in program.stages:
        to = ", ".join(stage.audience) or "–"
        lines.append(f"| {stage.id} | {_when(stage)} | {to} | {stage.purpose} |")
    lines += _phases(program)
    lines += ["", "## Letters", "", "| letter | how often | to | subject |", "|---|---|---|---|"]
    for prompt in dict.fromkeys(dot.prompt for dot in sorted(season.dots, key=lambda d: d.day)):
        dots = [dot for dot in season.dots if dot.prompt == prompt]
        to = ", ".join(role for role in ROLES if any(d.role == role for d in dots))
        times = max(sum(d.role == role for d in dots) for role in ROLES)
        subject = _subject(program, prompt)
        lines.append(f"| {prompt} | {'once' if times == 1 else f'{times} times'} | {to} | {subject} |")
    return "\n".join(lines) + "\n"


def _phases(program: Program) -> Iterator[str]:
    """The model that a pair goes through, beside what happens each month."""
    if not program.phases:
        return
    yield from ("", "## What a pair goes through", "", "| | stage | from about day | purpose |", "|---|---|---|---|")
    for number, phase in enumerate(program.phases, start=1):
        yield f"| {number} | {phase.title} | {phase.opens.days} | {phase.purpose} |"
    yield from (
        "",
        "A pair moves on when it shows that it is ready, or when the time has come, and never back by itself.",
    )
    yield "An advisor sets a stage with `pair 4 stage 5` in an answer to the weekly summary."


def _subject(program: Program, prompt: str) -> str:
    """As Ada and Grace would read it."""
    written = letters.preview(program, prompt, "en", CHAPTER, html=False)
    return written.partition("\n")[0].removeprefix("Subject: ").replace("|", "\\|")


def _about(program: Program) -> Iterator[str]:
    for text in (program.about, program.attribution):
        if text:
            yield text
            yield ""


def _terms(program: Program) -> Iterator[str]:
    budget = "; ".join(f"{role} {first} and {typical}" for role, (first, typical) in program.budget.items())
    yield (
        f"{program.months} months, a meeting of {program.minutes} minutes every {program.every.removeprefix('1 ')}."
        f" Mails in the first month and in a typical one, at most: {budget}."
    )


def _when(stage: Stage) -> str:
    if stage.kind in ("meetings", "summary", "gap"):
        return {"meetings": "around each meeting", "summary": "weekly", "gap": "after a long silence"}[stage.kind]
    where, days = {"start": "the first day", "end": "the last day"}[stage.opens.anchor], stage.opens.days
    if not days:
        return where
    travels = stage.options.get("travels")
    sooner = f", up to {travels.days} days sooner with another letter" if travels else ""
    return f"{abs(days)} days {'after' if days > 0 else 'before'} {where}{sooner}"
