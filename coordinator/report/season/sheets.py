"""The same numbers as CSV, one file for each picture; nothing in them is ever taken for a formula."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coordinator.core.cells import as_csv
from coordinator.core.figures.cells import Figure
from coordinator.core.figures.values import Breakdown, Figures
from coordinator.report.season.spoken import Says, speech
from coordinator.report.season.words import REASONS

Row = Sequence[object]
IDEAS = "ideas"


def write(made: Figures, folder: Path, language: str = "en") -> tuple[Path, ...]:
    """The files, in a folder that is made where there is none. language: of what stands in them; their names stay."""
    folder.mkdir(parents=True, exist_ok=True)
    say = speech(language).say
    return tuple(_written(folder / f"{name}.csv", _said(name, rows, say)) for name, rows in sheets(made))


def _said(name: str, rows: Sequence[Row], say: Says) -> list[Row]:
    """Every cell in words of ours; what somebody wrote stays as it is."""
    head, *others = rows
    spoken = others if name == IDEAS else [[say(c) if isinstance(c, str) else c for c in row] for row in others]
    return [[say(str(cell)) for cell in head], *spoken]


def _written(path: Path, rows: Sequence[Row]) -> Path:
    path.write_bytes(as_csv(rows))
    return path


def sheets(made: Figures) -> Iterator[tuple[str, list[Row]]]:
    """Name → rows in English, the first of them the heads."""
    yield "summary", [("what", "number"), ("pairs so far", _n(made.pairs)), ("pairs under way", _n(made.active))]
    yield "weeks", [("week from", "pairs"), *((day.isoformat(), _n(figure)) for day, figure in made.weeks)]
    yield "funnel", [("step", "mentees"), *((step, _n(figure)) for step, figure in made.funnel)]
    yield "meetings", [("month", "meetings"), *_rows(made.meetings.names, made.meetings.figures, made.meetings.total)]
    yield "goals", [("state", "goals"), *_rows(made.goals.names, made.goals.figures, made.goals.total)]
    yield (
        "satisfaction",
        [
            ("who", "grade", "people"),
            *(
                (role, *row)
                for role, table in made.satisfaction.items()
                for row in (*_rows(table.names, table.figures, table.total), ("mean", table.mean or "–"))
            ),
        ],
    )
    yield "sides", [("what", "mentees", "mentors"), *((what, _n(one), _n(other)) for what, one, other in made.sides)]
    smart = (("all five lines", _n(made.smart)), ("all", _n(made.goals.total)), ("of a hundred", _share(made)))
    yield "smart", [("what", "goals"), *smart]
    yield "check-ins", [("month", "mentees asked", "mentors asked"), *_asked(made)]
    yield "outcomes", [("what", "mentees", "mentors"), *_both(made.checkins, made.checkins["mentee"].names)]
    if made.scope.kind == "advisor":
        return
    reasons = [REASONS[name] for name in made.endings.names]
    yield "endings", [("reason", "pairs"), *_rows(reasons, made.endings.figures, made.endings.total)]
    if made.ideas:
        yield IDEAS, [("on", "idea", "by"), *((i.on.isoformat(), i.text, i.by or "–") for i in made.ideas)]


def _share(made: Figures) -> object:
    return "–" if made.smart_share is None else made.smart_share


def _asked(made: Figures) -> list[Row]:
    return _both(made.asked, [f"{month:%Y-%m}" for month in made.months])


def _both(tables: Mapping[str, Breakdown], names: Sequence[str]) -> list[Row]:
    """Mentees and mentors side by side."""
    one, other = tables["mentee"], tables["mentor"]
    rows = zip((*names, "all"), (*one.figures, one.total), (*other.figures, other.total), strict=True)
    return [(name, _n(first), _n(second)) for name, first, second in rows]


def _rows(names: Sequence[str], figures: Sequence[Figure], total: Figure) -> list[Row]:
    return [*((name, _n(figure)) for name, figure in zip(names, figures, strict=True)), ("all", _n(total))]


def _n(figure: Figure) -> object:
    return figure.text if figure.exact is None else figure.exact
