"""From a folder to a `Program`: every mistake in it at once, or none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from coordinator.core.program import Program
from coordinator.errors import ConfigurationError
from coordinator.programs import wording
from coordinator.programs.folders import LANGUAGE, Chain, Folder, chain, roots
from coordinator.programs.instruments import instruments
from coordinator.programs.instruments import lacking as instruments_lacking
from coordinator.programs.kinds import LETTERS
from coordinator.programs.layout import layout
from coordinator.programs.matching import matching
from coordinator.programs.mistakes import mistake
from coordinator.programs.phases import phases
from coordinator.programs.prompts import prompts
from coordinator.programs.settings import settings
from coordinator.programs.stages import stages
from coordinator.programs.synonyms import vocabulary
from coordinator.programs.tables import NOT_TOML, Table, read_table


def load_program(name: str, own: Path | None) -> Program:
    """The program of that name; see `coordinator.programs.load`."""
    found: list[str] = []
    rests_on = chain(name, own, found)
    if found:
        raise ConfigurationError(*found)
    program = _program(name, rests_on, own, found)
    if found:
        raise ConfigurationError(*sorted(dict.fromkeys(found), key=_causes_first))
    return program


def proven_program(name: str, own: Path | None) -> Program:
    """The same of files in which no mistake was found before."""
    with wording.trusted():
        return load_program(name, own)


def _causes_first(problem: str) -> tuple[bool, str, int]:
    """Files that cannot be read at all, of which the others may be consequences; then by name, lines by number."""
    file, _, rest = problem.partition(":")
    line = rest.partition(":")[0]
    return NOT_TOML not in problem, file, int(line) if line.isdigit() else 0


def _program(name: str, rests_on: Chain, own: Path | None, found: list[str]) -> Program:
    values = settings(rests_on.tables, found)
    letters = prompts(rests_on.folders, values, found)
    if "title" not in values:
        found.append(mistake(rests_on.tables[0].shown, "a program without a title", 'write title = "…"'))
    lacking = [letter for letter in LETTERS if letter not in letters]
    if lacking:
        way_out = 'extends = "base" brings them all'
        found.append(mistake(rests_on.tables[0].shown, f"no letter {', '.join(lacking)}", way_out))
    read, before = stages(rests_on.tables, letters, found), len(found)
    asked = instruments(rests_on.folders, found)
    if len(found) == before:
        found.extend(instruments_lacking(rests_on.tables, read, asked))
    return replace(
        Program(id=name, title="", stages=(), prompts=letters, words=words(own, found)),
        stages=read,
        phases=phases(rests_on.tables, letters, found),
        layout=layout(rests_on.folders, found),
        instruments=asked,
        matching=matching(rests_on.tables, vocabulary(rests_on.folders, found), found),
        **values,
    )


def words(own: Path | None, found: list[str]) -> dict[str, Mapping[str, Any]]:
    """The words that readers know: language → table; of each key the chapter's own, else the shipped one."""
    tables: dict[str, Mapping[str, Any]] = {}
    own_tables: dict[str, Table] = {}
    for root, shown, is_own in roots(own):
        folder = Folder(path=root / "words", shown=f"{shown}/words", is_own=is_own)
        for path in sorted(folder.path.glob("[!.#]*.toml")):
            if not LANGUAGE.fullmatch(path.stem):
                found.append(mistake(f"{folder.shown}/{path.name}", "not named after a language", "such as es.toml"))
            text = folder.read(path.name, found)
            table = read_table(text, f"{folder.shown}/{path.name}", found) if text is not None else None
            if table and path.stem in own_tables:
                tables[path.stem] = _completed(own_tables[path.stem], (), table.values, found)
            elif table:
                tables[path.stem] = table.values
                if is_own:
                    own_tables[path.stem] = table
    return tables


def _completed(table: Table, path: tuple[str, ...], shipped: Mapping[str, Any], found: list[str]) -> Mapping[str, Any]:
    """A chapter's own words with the shipped ones where it says nothing; one of another sort is a mistake."""
    ours: Mapping[str, Any] = table.values
    for step in path:
        ours = ours[step]
    made = {**shipped, **ours}
    for key in ours.keys() & shipped.keys():
        sort = type(shipped[key])
        if type(ours[key]) is not sort or (sort is list and {*map(type, ours[key])} - {*map(type, shipped[key])}):
            place, way_out = table.place(*path, key), "write it as the shipped file does"
            found.append(mistake(place, f'"{key}" is another sort of value than in the shipped words', way_out))
        elif sort is dict:
            made[key] = _completed(table, (*path, key), shipped[key], found)
    return made
