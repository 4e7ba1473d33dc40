"""The clauses that a program gives to every pair: `[agreement]` in English, `[agreement.es]` in another language."""

from coordinator.core.agreement.clauses import CLAUSES, normal
from coordinator.programs import declared
from coordinator.programs.folders import LANGUAGE
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed, Table


def standing(table: Table, found: list[str]) -> dict[str, dict[str, str]]:
    """Language → clause → text, as one file says it; an empty text takes a clause out."""
    given = table.values.get("agreement")
    if given is None:
        return {}
    if not isinstance(given, dict):
        way_out = 'write [agreement], then respect = "…"'
        found.append(mistake(table.place("agreement"), "the agreement is no table of clauses", way_out))
        return {}
    clauses: dict[str, dict[str, str]] = {"en": {}}
    for name, placed in table.placed("agreement").items():
        if isinstance(placed.value, dict) and LANGUAGE.fullmatch(name):
            own = table.placed("agreement", name).items()
            clauses[name] = {clause: text for clause, one in own if (text := _clause(clause, one, found)) is not None}
        elif (text := _clause(name, placed, found)) is not None:
            clauses["en"][name] = text
    return clauses


def _clause(name: str, placed: Placed, found: list[str]) -> str | None:
    if name not in CLAUSES:
        found.append(unknown(placed.place, "clause", name, CLAUSES))
        return None
    text = declared.text(placed, found)
    if text and normal(name, text) is None:
        found.append(mistake(placed.place, f'"{text[:40]}" is no such clause', "say it as a pair would"))
    return " ".join(text.split()) if text is not None else None
