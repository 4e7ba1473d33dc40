"""`people import`: what each column of a sheet is taken for."""

import click

from coordinator.core.joining.forms import FORMS, fields
from coordinator.core.matching.read_profile import KEYS
from coordinator.core.program import Program
from coordinator.errors import UsageError
from coordinator.formats import roster
from coordinator.formats.roster_columns import OF_PROFILE, plain


def columns(given: tuple[str, ...]) -> dict[str, str]:
    """What `--column HEADER=NAME` says: header → name."""
    found = {}
    for each in given:
        header, mark, name = each.rpartition("=")
        if not mark or not name.strip():
            raise UsageError(f"--column {each}: write it as HEADER=NAME, such as 'Your job=field'")
        found[plain(header)] = name.strip()
    return found


def looked_at(program: Program) -> frozenset[str]:
    """The columns that mean something to the program; it keeps the others, and does nothing with them."""
    asked = {field.name for role in FORMS for field in fields(program, role)}
    return frozenset({*roster.COLUMNS, *OF_PROFILE, *asked, *(name for names in KEYS.values() for name in names)})


def tell_columns(sheet: roster.Sheet, known: frozenset[str]) -> None:
    idle = [" ".join(header.split())[:60] for header, name in sheet.columns if name not in known and name[:1] != "("]
    for header, name in sheet.columns:
        is_idle = name not in known
        what = "set aside" if name.startswith("(") else f"kept as {name}, and nothing looks at it" if is_idle else name
        click.echo(f"  {' '.join(header.split())[:60]!r} is {what}")
    if idle:
        click.echo(f"  is one of them something else? Such as: --column {idle[0] + '=field'!r}")
