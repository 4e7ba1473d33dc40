"""Numbers that add up, of one scope, beside all others of its kind."""

from collections.abc import Callable, Iterable, Mapping

from coordinator.core.figures.cells import NOTHING, Cell, shown, together
from coordinator.core.figures.hiding import TOTAL, held_back
from coordinator.core.figures.tally import Tally
from coordinator.core.figures.values import Breakdown


def rows_of(tallies: Iterable[Tally], counts: Callable[[Tally], Mapping[str, int]]) -> dict[str, dict[str, Cell]]:
    """Scope → column → the number and the pairs behind it."""
    values: dict[str, dict[str, int]] = {}
    who: dict[tuple[str, str], set[str]] = {}
    for each in tallies:
        row = values.setdefault(each.scope, {})
        for column, count in counts(each).items():
            row[column] = row.get(column, 0) + count
            who.setdefault((each.scope, column), set()).add(each.id)
    return {
        scope: {column: Cell(value=value, who=frozenset(who[scope, column])) for column, value in row.items()}
        for scope, row in values.items()
    }


def breakdown(columns: tuple[str, ...], rows: dict[str, dict[str, Cell]], row: str) -> Breakdown:
    """One row of the table of all scopes; `TOTAL` is the row of everybody."""
    rows = {scope: {c: cell for c, cell in cells.items() if c in columns} for scope, cells in rows.items()}
    hidden = held_back(rows, columns)
    chosen = list(rows.values()) if row == TOTAL else [rows.get(row, {})]
    cells = {column: together(one[column] for one in chosen if column in one) for column in columns}
    cells[TOTAL] = together(cells.values())
    figures = {
        column: NOTHING if (row, column) in hidden and not cell.is_small else shown(cell)
        for column, cell in cells.items()
    }
    if cells[TOTAL].is_small or (row, TOTAL) in hidden:
        # Where few stand behind all of it, a column with nobody in it tells something of each of them too.
        figures = {**dict.fromkeys(columns, NOTHING), TOTAL: figures[TOTAL]}
    return Breakdown(names=columns, figures=tuple(figures[c] for c in columns), total=figures[TOTAL])
