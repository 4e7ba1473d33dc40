"""The report as one HTML page that needs neither network nor script."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coordinator.core.figures.cells import LEAST, Figure
from coordinator.core.figures.values import Breakdown, Figures
from coordinator.report.season.charts import columns, over_weeks, rows
from coordinator.report.season.spoken import speech
from coordinator.report.season.words import REASONS, heading

HERE = Path(__file__).parent


def page(made: Figures, *, program: str, chapter: str, name: str, language: str = "en") -> str:
    """name: of the cohort or the advisor, "" for the program. language: the chapter's."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # heavy, and only for the page

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    spoken = speech(language)
    say, day, month = spoken.say, spoken.day, spoken.month
    environment.filters |= {"day": day, "month": month}
    environment.globals["say"] = say
    steps = [say(step) for step, _ in made.funnel]
    states = [say(state) for state in made.goals.names]
    return environment.get_template("page.html").render(
        style=(HERE / "page.css").read_text(encoding="utf-8"),
        title=heading(made, program, name, say),
        program=program,
        chapter=chapter,
        made=made,
        least=LEAST,
        language=spoken.language,
        tiles=[(number, say(words)) for number, words in _tiles(made)],
        week_rows=[(day(on), figure) for on, figure in made.weeks],
        month_rows=[(month(on), figure) for on, figure in zip(made.months, made.meetings.figures, strict=True)],
        asked=_both(made.asked, [month(on) for on in made.months]),
        checkins=_both(made.checkins, [say(name) for name in made.checkins["mentee"].names]),
        sides=[(say(what), mentees, mentors) for what, mentees, mentors in made.sides],
        funnel_said=_said(dict(zip(steps, (figure for _, figure in made.funnel), strict=True))),
        goals_said=_said(dict(zip(states, made.goals.figures, strict=True))),
        endings=[(say(REASONS[r]), f) for r, f in zip(made.endings.names, made.endings.figures, strict=True)],
        pictures={
            "weeks": over_weeks(made.weeks),
            "funnel": rows(steps, [figure for _, figure in made.funnel]),
            "meetings": columns([month(m)[:3].title() for m in made.months], made.meetings.figures),
            "goals": rows(states, made.goals.figures),
            **{role: _grades(table) for role, table in made.satisfaction.items()},
        },
    )


def _both(tables: Mapping[str, Breakdown], names: Sequence[str]) -> list[tuple[str, Figure, Figure]]:
    """Mentees and mentors side by side."""
    return list(zip(names, tables["mentee"].figures, tables["mentor"].figures, strict=True))


def _grades(table: Breakdown) -> object:
    return columns(table.names, table.figures) if any(f.exact for f in table.figures) else None


def _said(figures: Mapping[str, Figure]) -> str:
    """For whoever listens to the page."""
    return ", ".join(f"{words} {figure.text}" for words, figure in figures.items())


def _tiles(made: Figures) -> list[tuple[str, str]]:
    """The few numbers that come first."""
    reached = dict(zip(made.goals.names, made.goals.figures, strict=True))["reached"]
    tiles: Mapping[str, Figure] = {
        "pairs so far": made.pairs,
        "of them under way": made.active,
        "meetings": made.meetings.total,
        "goals reached": reached,
    }
    return [(figure.text, words) for words, figure in tiles.items()]
