"""The stages of a program: merged along `extends` by id, then each checked against its kind."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from coordinator.core.program import Opening, Prompt, Stage
from coordinator.core.stages.conditions import ONLY, UNLESS
from coordinator.programs import declared
from coordinator.programs.kinds import KINDS, LETTERS_OF, NEEDED, ROLES, STAGE_KEYS
from coordinator.programs.mistakes import mistake, suggestion, unknown
from coordinator.programs.tables import Placed, Table

Raw = Mapping[str, Placed]
Prompts = Mapping[str, Mapping[str, Prompt]]


def stages(tables: Iterable[Table], prompts: Prompts, found: list[str]) -> tuple[Stage, ...]:
    """All stages of a chain of tables, most specific first, in their order."""
    merged = _merged(tuple(reversed(tuple(tables))), found)
    read = [_stage(raw, prompts, found) for raw in merged.values()]
    return tuple(stage for stage in read if stage is not None)


def _merged(tables: tuple[Table, ...], found: list[str]) -> dict[str, Raw]:
    """A stage of a known id changes that stage key by key; a new one is added, at the end or behind `after`."""
    merged: dict[str, Raw] = {}
    for table in tables:
        _leave_out(table, merged, found)
        mentioned: set[str] = set()
        for raw in _raw_stages(table, found):
            name = declared.name(raw["id"], found) if "id" in raw else ""
            if name in mentioned:
                found.append(mistake(raw["id"].place, f'two stages have the id "{name}"', "give one another id"))
            elif name:
                mentioned.add(name)
                merged = _put(merged, name, raw, found)
    return merged


def _raw_stages(table: Table, found: list[str]) -> Iterable[Raw]:
    given = table.values.get("stages", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        found.append(mistake(table.place("stages"), "stages are a list of tables", "begin each one with [[stages]]"))
        return
    for number, item in enumerate(given):
        if "id" not in item:
            found.append(mistake(table.place("stages", number), "a stage without an id", 'write id = "…"'))
        yield table.placed("stages", number)


def _leave_out(table: Table, merged: dict[str, Raw], found: list[str]) -> None:
    if "without" not in table.values:
        return
    place = table.place("without")
    names = declared.texts(Placed(value=table.values["without"], place=place), found)
    found.extend(unknown(place, "stage", name, merged) for name in names if name not in merged)
    for name in names:
        merged.pop(name, None)


def _put(merged: dict[str, Raw], name: str, raw: Raw, found: list[str]) -> dict[str, Raw]:
    if name in merged:
        return {**merged, name: {**merged[name], **raw}}
    after = raw.get("after")
    if after is None:
        return {**merged, name: raw}
    if after.value not in merged:
        found.append(unknown(after.place, "stage", after.value, merged))
        return {**merged, name: raw}
    placed: dict[str, Raw] = {}
    for other, value in merged.items():
        placed[other] = value
        if other == after.value:
            placed[name] = raw
    return placed


def _stage(raw: Raw, prompts: Prompts, found: list[str]) -> Stage | None:
    place, kind = raw["id"].place, raw.get("kind")
    if kind is None:
        found.append(mistake(place, "a stage without a kind", suggestion("", KINDS)))
        return None
    if kind.value not in KINDS:
        found.append(unknown(kind.place, "stage kind", kind.value, KINDS))
        return None
    lacking = [key for key in NEEDED[kind.value] if key not in raw]
    fault = f"a stage of the kind {kind.value} needs"
    found.extend(mistake(place, f"{fault} {key}", f"add {key} = …") for key in lacking)
    letters = [name for name in LETTERS_OF.get(kind.value, ()) if name not in prompts]
    if letters:
        found.append(mistake(place, f"{fault} the letters {', '.join(letters)}", 'extends = "base" brings them all'))
    stage = _read(raw, KINDS[kind.value], prompts, found)
    _said_silence(stage, raw, prompts, found)
    return stage


def _read(raw: Raw, allowed: Mapping[str, str], prompts: Prompts, found: list[str]) -> Stage:
    def get(key: str, reader: declared.Reader, default: Any) -> Any:
        read = reader(raw[key], found) if key in raw else default
        return default if read is None else read

    prompt = declared.one_of("prompt", prompts)
    strange = [key for key in raw if key not in STAGE_KEYS and key not in allowed]
    found.extend(unknown(raw[key].place, "stage setting", key, (*STAGE_KEYS, *allowed)) for key in strange)
    return Stage(
        id=raw["id"].value,
        kind=raw["kind"].value,
        prompt=get("prompt", prompt, ""),
        audience=get("audience", declared.roles, ()),
        opens=get("opens", declared.opening, Opening()),
        nudges=get("nudges", declared.durations, ()),
        closes=get("closes", declared.duration, None),
        purpose=get("purpose", declared.text, ""),
        options={key: get(key, _option(sort, prompts), None) for key, sort in allowed.items() if key in raw},
    )


def _option(sort: str, prompts: Prompts) -> declared.Reader:
    readers: Mapping[str, declared.Reader] = {
        "prompt": declared.one_of("prompt", prompts),
        "duration": declared.duration,
        "durations": declared.durations,
        "at most a month": _at_most_a_month,
        "text": declared.text,
        "texts": declared.texts,
        "flag": declared.flag,
        "only": declared.one_of("group of readers", ONLY),
        "unless": declared.one_of("condition", UNLESS),
        "search mode": declared.one_of("mode of search", ("chosen", "led")),
        "count": declared.count(1, 365),
        "prompts by role": lambda given, found: _by_role(given, prompts, found),
    }
    return readers[sort]


def _at_most_a_month(given: Placed, found: list[str]) -> timedelta | None:
    every = declared.duration(given, found)
    if every is not None and every > timedelta(days=31):
        found.append(mistake(given.place, "a check-in is never less than once a month", 'write "28 days", or less'))
        return None
    return every


def _by_role(given: Placed, prompts: Prompts, found: list[str]) -> dict[str, str]:
    if not isinstance(given.value, dict):
        way_out = 'write {mentee = "debrief", mentor = "debrief-mentor"}'
        found.append(mistake(given.place, "not a letter for each role", way_out))
        return {}
    for role, prompt in given.value.items():
        if role not in ROLES:
            found.append(unknown(given.place, "role", role, ROLES))
        declared.one_of("prompt", prompts)(Placed(value=prompt, place=given.place), found)
    return dict(given.value)


def _said_silence(stage: Stage, raw: Raw, prompts: Prompts, found: list[str]) -> None:
    """Whoever is reminded was told before what holds when no answer comes."""
    asked = [stage.prompt, stage.options.get("agenda"), *(stage.options.get("debrief") or {}).values()]
    if not stage.nudges:
        return
    for name in dict.fromkeys(asked):
        versions = prompts.get(name or "", {})
        english = versions.get("en")
        if english is not None and english.fields and not english.silence:
            fault = f'the stage "{stage.id}" reminds, but this letter does not say what silence means'
            found.append(mistake(english.source, fault, f'add silence = "…" (reminders: {raw["nudges"].place})'))
