"""The printed names of clauses and the sentences around them, from the table `[agreement]` of a language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coordinator.core.hours import on_day
from coordinator.core.program import Program


def phrase(program: Program, language: str, name: str, **values: object) -> str:
    """A sentence of the table `[agreement]`, else the English one."""
    return str(_table(program, language).get(name, name)).format(**values)


def label(program: Program, language: str, clause: str) -> str:
    """What a clause is called: "Length of a meeting"."""
    return str(_table(program, language).get("labels", {}).get(clause, clause.replace("_", " ")))


def shown(program: Program, language: str, clause: str, value: str) -> str:
    """A canonical value as people say it: "60" of the length is "60 minutes"."""
    standing = program.agreement
    if value == standing.get("en", {}).get(clause):
        return standing.get(language.partition("-")[0], {}).get(clause, value)
    pattern = _table(program, language).get("values", {}).get(clause)
    if isinstance(pattern, Mapping):
        return str(pattern.get(value) or str(pattern.get("else", "{}")).format(value))
    return str(pattern).format(value) if pattern else value


def told(program: Program, language: str, clause: str, value: str) -> str:
    """The same as letters say it: a last day with its weekday, such as "Sat 11 July 2026"."""
    return on_day(date.fromisoformat(value), language) if clause == "until" else shown(program, language, clause, value)


def _table(program: Program, language: str) -> Mapping[str, Any]:
    english: Mapping[str, Any] = program.words.get("en", {}).get("agreement", {})
    own: Mapping[str, Any] = program.words.get(language.partition("-")[0], {}).get("agreement", {})
    nested = {name: {**english.get(name, {}), **own.get(name, {})} for name in ("labels", "values")}
    return {**english, **own, **nested}
