"""What a program says about itself outside its stages: title, length, rhythm, budget."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coordinator.programs import declared
from coordinator.programs.clauses import standing
from coordinator.programs.declared import Reader
from coordinator.programs.kinds import ROLES
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.phases import tasks
from coordinator.programs.tables import Placed, Table

READERS: Mapping[str, Reader] = {
    "title": declared.text,
    "months": declared.count(1, 60),
    "every": declared.every,
    "rhythm": declared.rhythm,
    "minutes": declared.count(5, 480),
    "shortest": declared.count(5, 480),
    "longest": declared.count(5, 480),
    "mail_hour": declared.count(0, 23),
    "gap_days": declared.count(1, 365),
    "gap_alarm_days": declared.count(1, 365),
    "help_hours": declared.count(1, 72),
    "community_link": declared.text,
    "consent": declared.text,
    "how_it_works": declared.text,
    "sponsor_goals": declared.text,
    "about": declared.text,
    "attribution": declared.text,
    "orientation": declared.texts,
    "fades": declared.flag,
    "group": declared.flag,
}
STRUCTURE = ("extends", "stages", "without", "retired", "budget", "agreement", "phases", "skills", "matching", "rules")


def settings(tables: Iterable[Table], found: list[str]) -> dict[str, Any]:
    """The settings of a chain of tables, most specific first, as keyword arguments of `Program`."""
    read: dict[str, Any] = {}
    placed: dict[str, Placed] = {}
    # Declared last here means nearest to the chapter: that is where a contradiction is to be mended.
    for table in reversed(tuple(tables)):
        for key, given in table.placed().items():
            if key in READERS:
                placed.pop(key, None)
                placed[key], read[key] = given, READERS[key](given, found)
            elif key not in STRUCTURE:
                found.append(unknown(given.place, "setting", key, (*READERS, *STRUCTURE)))
        read["budget"] = {**read.get("budget", {}), **_budget(table, found)}
        read["retired"] = read.get("retired", frozenset()).union(_left_out(table, found))
        read["skills"] = {**read.get("skills", {}), **tasks(table, found)}
        read["agreement"] = _with_more(read.get("agreement", {}), standing(table, found))
    _contradictions(read, placed, found)
    return {key: value for key, value in read.items() if value is not None}


def _with_more(clauses: Mapping[str, dict[str, str]], more: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    languages = dict.fromkeys((*clauses, *more))
    return {name: {**clauses.get(name, {}), **more.get(name, {})} for name in languages}


def _left_out(table: Table, found: list[str]) -> Iterator[str]:
    """Ids of stages and letters that are gone on purpose, whatever was asked of them."""
    for key in ("without", "retired"):
        if key in table.values:
            # A mistake in `without` is told of where the stages are read.
            told = found if key == "retired" else []
            yield from declared.texts(Placed(value=table.values[key], place=table.place(key)), told) or ()


def _budget(table: Table, found: list[str]) -> dict[str, tuple[int, int]]:
    given = table.values.get("budget")
    if given is None:
        return {}
    if not isinstance(given, dict):
        found.append(mistake(table.place("budget"), "the budget is no table", "write [budget], then mentee = [7, 4]"))
        return {}
    budget = {}
    for role, months in table.placed("budget").items():
        if role not in ROLES:
            found.append(unknown(months.place, "role", role, ROLES))
        elif isinstance(months.value, list) and len(months.value) == 2 and all(type(n) is int for n in months.value):
            budget[role] = (months.value[0], months.value[1])
        else:
            fault = "a budget is two numbers: mails in the first month, mails in a typical one"
            found.append(mistake(months.place, fault, f"write {role} = [7, 4]"))
    return budget


def _contradictions(read: Mapping[str, Any], placed: Mapping[str, Placed], found: list[str]) -> None:
    for low, high, fault in (
        ("shortest", "minutes", "a meeting is shorter than the shortest"),
        ("minutes", "longest", "a meeting is longer than the longest"),
        ("gap_days", "gap_alarm_days", "the alarm would come before the question"),
    ):
        if read.get(low) and read.get(high) and read[low] > read[high]:
            place = next(placed[key].place for key in reversed(list(placed)) if key in (low, high))
            found.append(mistake(place, f"{fault} ({low} = {read[low]}, {high} = {read[high]})", "change one of them"))
