"""Which cells of a table of scopes and columns are held back, so that no sum and no difference gives one away.

Each row adds up to its own total, each column to the number of everybody; whoever holds all rows must not be able to
work out a cell that is held back (complementary suppression). The totals are lines of the table like any other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coordinator.core.figures.cells import LEAST, Cell, together

TOTAL = "total"
"""The column of the totals, and the row of everybody."""

Place = tuple[str, str]
Rows = Mapping[str, Mapping[str, Cell]]


def held_back(rows: Rows, columns: Sequence[str]) -> frozenset[Place]:
    """(scope, column) of every cell that is not to be shown; `TOTAL` stands for everybody and for a row's total.

    rows: scope → column → cell; each pair belongs to one scope. The row of everybody never depends on how the others
    are divided: it is decided first, and stays.
    """
    cells = _with_totals(rows, columns)
    whole = [[(TOTAL, column) for column in columns] + [(TOTAL, TOTAL)]]
    hidden = _settled(cells, {p for p in whole[0] if cells[p].is_small}, whole, frozenset())
    fixed = frozenset(whole[0])
    lines = [[(scope, column) for column in columns] + [(scope, TOTAL)] for scope in rows]
    lines += [[(scope, column) for scope in rows] + [(TOTAL, column)] for column in (*columns, TOTAL)]
    small = {place for place, cell in cells.items() if cell.is_small and place not in fixed}
    return frozenset(_settled(cells, hidden | small, lines, fixed))


def _with_totals(rows: Rows, columns: Sequence[str]) -> dict[Place, Cell]:
    cells = {(scope, column): row.get(column, Cell()) for scope, row in rows.items() for column in columns}
    for scope in rows:
        cells[scope, TOTAL] = together(cells[scope, column] for column in columns)
    for column in (*columns, TOTAL):
        cells[TOTAL, column] = together(cells[scope, column] for scope in rows)
    return cells


def _settled(
    cells: Mapping[Place, Cell], hidden: set[Place], lines: Sequence[Sequence[Place]], fixed: frozenset[Place]
) -> set[Place]:
    """Holds back more until no line gives anything away. The last place of a line is the sum of the others."""
    hidden, again = set(hidden), True
    while again:
        again = False
        for line in lines:
            for place in _more(cells, hidden, line, fixed):
                hidden.add(place)
                again = True
    return hidden


def _more(
    cells: Mapping[Place, Cell], hidden: set[Place], line: Sequence[Place], fixed: frozenset[Place]
) -> Iterator[Place]:
    """What else of a line is to be held back, the smallest first; the sum itself only when nothing else is left."""
    *parts, total = line
    back = [p for p in parts if p in hidden]
    left = sorted((p for p in parts if p not in hidden), key=lambda p: (not cells[p].value, len(cells[p].who), p))
    while not _is_safe(cells, back, is_sum_hidden=total in hidden):
        if left:
            back.append(left.pop(0))
            yield back[-1]
        elif total in hidden or total in fixed:
            return
        else:
            yield total
            return


def _is_safe(cells: Mapping[Place, Cell], back: Iterable[Place], *, is_sum_hidden: bool) -> bool:
    """Whether those of a line that are held back cannot be told from the others."""
    group = [cells[place] for place in back]
    if is_sum_hidden:
        return len(group) >= 1
    return not group or (len(group) > 1 and len(together(group).who) >= LEAST)
