"""Where everything stands in a picture: plain numbers for the page to draw, in units of a phone's pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil, log10

from coordinator.core.figures.cells import Figure

WIDTH = 360
LEFT, TOP = 34, 14
ROW = 46
"""One horizontal bar with its words above."""
TALL = 150
"""Height of the room for columns and for the line over weeks."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """value: what is printed. x, y, width, height: where it stands; a bar of what is held back is an outline."""

    name: str
    value: str
    x: float
    y: float
    width: float
    height: float
    is_exact: bool = True
    shade: int = 0


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A word beside an axis. at: its place along it."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """areas, lines: paths. across: marks of the axis below; up: of the one beside."""

    height: float
    bars: tuple[Bar, ...] = ()
    areas: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    across: tuple[Mark, ...] = ()
    up: tuple[Mark, ...] = ()
    last: Mark | None = None


def rows(names: Sequence[str], figures: Sequence[Figure]) -> Picture:
    """Horizontal bars, each with its words above; the longest is the widest. A range is drawn up to its lower end."""
    most = max((f.low for f in figures), default=0) or 1
    bars = tuple(
        Bar(
            name=name,
            value=figure.text,
            x=0,
            y=place * ROW + 20,
            width=max(figure.low / most * WIDTH, 3 if figure.exact != 0 else 0) if figure.high is not None else WIDTH,
            height=14,
            is_exact=figure.exact is not None,
            shade=place,
        )
        for place, (name, figure) in enumerate(zip(names, figures, strict=True))
    )
    return Picture(height=len(bars) * ROW, bars=bars)


def columns(names: Sequence[str], figures: Sequence[Figure]) -> Picture:
    """Upright bars over an axis; names that would run into each other are left out."""
    if not figures:
        return Picture(height=0)
    up, most = _scale(max((f.low for f in figures), default=0))
    step = (WIDTH - LEFT) / len(figures)
    width = min(step * 0.72, 44)
    bars = []
    for place, (name, figure) in enumerate(zip(names, figures, strict=True)):
        height = figure.low / most * TALL if figure.exact is not None else TALL * 0.08
        x = LEFT + place * step + (step - width) / 2
        bars.append(
            Bar(
                name=name,
                value=figure.text,
                x=round(x, 1),
                y=round(TOP + TALL - height, 1),
                width=round(width, 1),
                height=round(height, 1),
                is_exact=figure.exact is not None,
            )
        )
    every = max(1, ceil(len(names) * 40 / (WIDTH - LEFT)))
    across = tuple(
        Mark(at=round(LEFT + (place + 0.5) * step, 1), text=name)
        for place, name in enumerate(names)
        if place % every == 0
    )
    return Picture(height=TOP + TALL + 24, bars=tuple(bars), across=across, up=up)


def over_weeks(weeks: Sequence[tuple[date, Figure]]) -> Picture:
    """A line over weeks with the room below filled; a week that is held back is a gap."""
    if not weeks:
        return Picture(height=0)
    up, most = _scale(max((f.low for _, f in weeks if f.exact is not None), default=0))
    step = (WIDTH - LEFT - 6) / max(1, len(weeks) - 1)
    places = [(LEFT + n * step, TOP + TALL * (1 - f.low / most), f.exact) for n, (_, f) in enumerate(weeks)]
    runs = [
        [(x, y) for x, y, _ in run] for known, run in groupby(places, key=lambda place: place[2] is not None) if known
    ]
    lines = tuple("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in _wide(run)) for run in runs)
    floor = TOP + TALL
    areas = tuple(
        f"{line} L{_wide(run)[-1][0]:.1f} {floor} L{run[0][0]:.1f} {floor}Z"
        for line, run in zip(lines, runs, strict=True)
    )
    _, y, exact = places[-1]
    last = Mark(at=round(y, 1), text=str(exact)) if exact is not None else None
    return Picture(
        height=TOP + TALL + 24, areas=areas, lines=lines, up=up, last=last, across=tuple(_months(weeks, step))
    )


def _wide(run: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """A single week is a short stroke."""
    return run if len(run) > 1 else [run[0], (run[0][0] + 3, run[0][1])]


def _months(weeks: Sequence[tuple[date, Figure]], step: float) -> Iterator[Mark]:
    """The first week of a month bears its name, as far as there is room; a January its year."""
    edge, before = -1.0, 0
    for place, (day, _) in enumerate(weeks):
        at = LEFT + place * step
        if day.month != before and at >= edge and at < WIDTH - 12:
            yield Mark(at=round(at, 1), text=f"{day:%b}" if day.month > 1 else f"{day:%Y}")
            edge = at + 34
        before = day.month


def _scale(most: int) -> tuple[tuple[Mark, ...], int]:
    """Two to four round numbers up the side, and the number at the top."""
    rough = max(most, 1) / 3
    power = 10 ** int(log10(rough)) if rough >= 1 else 1
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    top = step * ceil(max(most, 1) / step)
    marks = tuple(Mark(at=round(TOP + TALL * (1 - n / top), 1), text=str(n)) for n in range(0, top + 1, step))
    return marks, top
