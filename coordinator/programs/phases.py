"""The working model of a program: its phases in order, and tasks for skills that are often practised."""

from collections.abc import Iterable, Mapping
from typing import Any

from coordinator.core.phases import EVIDENCE
from coordinator.core.program import Opening, Phase, Prompt
from coordinator.programs import declared
from coordinator.programs.kinds import ROLES
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed, Table

KEYS = ("id", "title", "purpose", "opens", "waits", "travels", "evidence", "letters")


def phases(tables: Iterable[Table], prompts: Mapping[str, Mapping[str, Prompt]], found: list[str]) -> tuple[Phase, ...]:
    """Those of the most specific file that declares any: an order is said as a whole."""
    for table in tables:
        given = table.values.get("phases")
        if given is None:
            continue
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            found.append(
                mistake(table.place("phases"), "phases are a list of tables", "begin each one with [[phases]]")
            )
            return ()
        read = (_phase(table, n, prompts, found) for n in range(len(given)))
        return tuple(phase for phase in read if phase is not None)
    return ()


def _phase(table: Table, number: int, prompts: Mapping[str, Mapping[str, Prompt]], found: list[str]) -> Phase | None:
    raw, place = table.placed("phases", number), table.place("phases", number)
    found.extend(unknown(raw[key].place, "phase setting", key, KEYS) for key in raw if key not in KEYS)
    lacking = [key for key in ("id", "title", "purpose", "opens") if key not in raw]
    found.extend(mistake(place, f"a phase without {key}", f"add {key} = …") for key in lacking)
    if lacking:
        return None

    def get(key: str, reader: declared.Reader, default: Any) -> Any:
        read = reader(raw[key], found) if key in raw else default
        return default if read is None else read

    evidence = get("evidence", declared.texts, ())
    found.extend(
        unknown(raw["evidence"].place, "evidence", name, EVIDENCE) for name in evidence if name not in EVIDENCE
    )
    return Phase(
        id=get("id", declared.name, ""),
        title=get("title", declared.text, ""),
        purpose=get("purpose", declared.text, ""),
        opens=get("opens", declared.opening, Opening()),
        waits=get("waits", declared.duration, Phase.waits),
        travels=get("travels", declared.duration, Phase.travels),
        evidence=tuple(name for name in evidence if name in EVIDENCE),
        letters=_letters(raw.get("letters"), prompts, found),
    )


def _letters(given: Placed | None, prompts: Mapping[str, Mapping[str, Prompt]], found: list[str]) -> Mapping[str, str]:
    if given is None:
        return {}
    if not isinstance(given.value, dict):
        found.append(mistake(given.place, "not a letter for each role", 'write {mentee = "…", mentor = "…"}'))
        return {}
    found.extend(unknown(given.place, "role", role, ROLES[:2]) for role in given.value if role not in ROLES[:2])
    names = {role: name for role, name in given.value.items() if role in ROLES}
    for name in names.values():
        declared.one_of("prompt", prompts)(Placed(value=name, place=given.place), found)
    return {role: name for role, name in names.items() if name in prompts}


def tasks(table: Table, found: list[str]) -> dict[str, str]:
    """Skill, in small letters → a task to practise it with."""
    given = table.values.get("skills", {})
    if not isinstance(given, dict):
        way_out = 'write [skills], then "client communication" = "…"'
        found.append(mistake(table.place("skills"), "skills are no table", way_out))
        return {}
    placed = table.placed("skills").items() if given else ()
    return {name.casefold(): text for name, one in placed if (text := declared.text(one, found))}
