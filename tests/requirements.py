"""Which rows of `docs/requirements.md` have a test with their id, and which have none."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

ROWS = Path(__file__).parent.parent / "docs" / "requirements.md"
_ROW = re.compile(r"^\| ([A-Z]+-\d+) \| [BPGT] \| (.+) \|$", re.MULTILINE)


def rows() -> dict[str, str]:
    """Id → what is required, in the order of the page."""
    return dict(_ROW.findall(ROWS.read_text(encoding="utf-8")))


def proven(items: Iterable[pytest.Item]) -> dict[str, int]:
    """Id → how many tests bear it."""
    counts: dict[str, int] = {}
    for item in items:
        for id_ in {id_ for marker in item.iter_markers("req") for id_ in marker.args}:
            counts[id_] = counts.get(id_, 0) + 1
    return counts


def report(items: Iterable[pytest.Item]) -> list[str]:
    """One line a row without a test, then the counts."""
    wanted, found = rows(), proven(items)
    missing = [id_ for id_ in wanted if id_ not in found]
    strange = sorted(set(found) - set(wanted))
    lines = [f"{id_:<8}  {wanted[id_]}" for id_ in missing]
    lines += [f"{id_:<8}  is no row of {ROWS.name}" for id_ in strange]
    return [*lines, f"{len(wanted) - len(missing)} of {len(wanted)} rows have a test"]
