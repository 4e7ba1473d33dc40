"""Tables as CSV that a spreadsheet shows as text: nothing that a person wrote is ever taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def safe_cell(value: object) -> str:
    """The value as text; with an apostrophe before it where a spreadsheet would compute it (T23)."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) or (not text.lstrip().startswith(_FORMULA) and not text.startswith(_FORMULA)):
        return text
    return f"'{text}"


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark that Excel looks for, every cell quoted, CRLF."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [safe_cell(cell) for cell in row] for row in rows
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
