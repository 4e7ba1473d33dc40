"""All pairs of an advisor as a sheet, for whoever has more of them than a letter can show; safe to open in Excel."""

from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.core.cells import as_csv
from coordinator.core.speech import Speech

COLUMNS = ("number", "pair", "needs", "coming", "well", "weeks", "cadence")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One pair. needs: (number of the line, sentence). said: sentences on what they answered. weeks: see `weeks`."""

    number: int
    id: str
    pair: str
    needs: tuple[tuple[int, str], ...] = ()
    coming: str = ""
    well: str = ""
    said: tuple[str, ...] = ()
    cadence: str = ""
    weeks: tuple[str, ...] = ()
    weeks_said: str = ""

    @property
    def is_quiet(self) -> bool:
        return not (self.needs or self.coming or self.well or self.said)


def sheet(rows: Iterable[Row], others: Iterable[tuple[int, str]], speech: Speech) -> bytes:
    """others: what is about people in no pair of this advisor, as in `Row.needs`."""
    head = tuple(speech.say("summary", f"column_{name}") for name in COLUMNS)
    alone = (("", "", _needs((each,)), "", "", "", "") for each in others)
    return as_csv([head, *(_cells(row) for row in rows), *alone])


def _needs(needs: Iterable[tuple[int, str]]) -> str:
    return "; ".join(f"{number}: {text}" for number, text in needs)


def _cells(row: Row) -> tuple[str, ...]:
    well = "; ".join(filter(None, (row.well, *row.said)))
    return (str(row.number), row.pair, _needs(row.needs), row.coming, well, row.weeks_said, row.cadence)
