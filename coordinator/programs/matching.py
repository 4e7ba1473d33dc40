"""Reads how a program matches: `[matching]`, its weights, and `[[rules]]`, merged along `extends`."""

from collections.abc import Iterable, Mapping
from typing import Any

from coordinator.core.matching.expressions import Expression, RuleError, comparisons, names, parsed
from coordinator.core.matching.rules import BUILT_IN
from coordinator.core.matching.settings import MODES, TERMS, Band, Matching, Rule
from coordinator.core.matching.vocabulary import Vocabulary
from coordinator.programs import declared
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed, Table

HEAVIEST = 1000
_EXPERIENCE = ("years", "first_time")


def matching(tables: Iterable[Table], vocabulary: Vocabulary, found: list[str]) -> Matching:
    """The matching of a chain of tables, most specific first."""
    chain = tuple(reversed(tuple(tables)))
    values: dict[str, Any] = {}
    for table in chain:
        values.update(_values(table, found))
    weights = _all_weights(chain, found)
    left_out = values.pop("without", ())
    rules = _rules(chain, left_out, found)
    if weights:
        values["weights"] = weights
    return Matching(rules=rules, vocabulary=vocabulary, **values)


def _values(table: Table, found: list[str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, given in _table(table, found, "matching").items():
        if key in READERS:
            read[key] = READERS[key](given, found)
        elif key != "weights":
            found.append(unknown(given.place, "setting of matching", key, (*READERS, "weights")))
    return {"band" if key == "gap" else key: value for key, value in read.items() if value is not None}


def _table(table: Table, found: list[str], *path: str) -> Mapping[str, Placed]:
    """The table at that path; a mistake where something else stands there."""
    inside: Any = table.values
    for step in path:
        inside = inside.get(step)
        if inside is None:
            return {}
        if not isinstance(inside, dict):
            way_out = f"write [{'.'.join(path)}], then a line for each"
            found.append(mistake(table.place(*path), f"{step} is no table", way_out))
            return {}
    return table.placed(*path)


def _band(given: Placed, found: list[str]) -> Band | None:
    """[2, 8, 25]: full from 2 to 8 years more, nothing from 25 on."""
    value = given.value
    numbers = isinstance(value, list) and len(value) == 3 and all(type(n) in (int, float) for n in value)
    if numbers and 0 < value[0] <= value[1] < value[2]:
        return Band(low=value[0], high=value[1], end=value[2])
    fault = f"{value!r} is no band of gaps"
    way_out = "three rising numbers of years above 0: best from, best to, too far – such as [2, 8, 25]"
    found.append(mistake(given.place, fault, way_out))
    return None


READERS: Mapping[str, declared.Reader] = {
    "mode": declared.one_of("mode of matching", MODES),
    "gap": _band,
    "levels": declared.flag,
    "capacity": declared.count(0, 50),
    "least": declared.count(0, 100 * HEAVIEST * len(TERMS)),
    "without": declared.texts,
}


def _all_weights(chain: tuple[Table, ...], found: list[str]) -> dict[str, int]:
    """Every weight is said somewhere along the chain: one that is missing was forgotten, one of 0 was meant."""
    before, weights = len(found), dict[str, int]()
    for table in chain:
        weights.update(_weights(table, found))
    place = chain[-1].place("matching", "weights")
    missing = [term for term in TERMS if term not in weights]
    if len(found) > before or not weights:
        return weights
    if missing:
        way_out = 'add a line for each under [matching.weights], 0 for what does not count; extends = "base" has all'
        found.append(mistake(place, f"no weight for {', '.join(missing)}", way_out))
    elif not any(weights.values()):
        found.append(mistake(place, "every weight is 0, so everybody fits everybody", "give one of them more"))
    return weights


def _weights(table: Table, found: list[str]) -> dict[str, int]:
    read = {}
    inside = table.values.get("matching")
    given = _table(table, found, "matching", "weights") if isinstance(inside, dict) else {}
    for term, weight in given.items():
        if term not in TERMS:
            found.append(unknown(weight.place, "weight", term, TERMS))
        elif type(weight.value) is int and 0 <= weight.value <= HEAVIEST:
            read[term] = weight.value
        else:
            what = "is negative" if type(weight.value) in (int, float) and weight.value < 0 else "is no whole number"
            fault = f"the weight {term} = {weight.value!r} {what if not _is_heavy(weight.value) else 'is too heavy'}"
            way_out = f"a whole number from 0 (it does not count) to {HEAVIEST}"
            found.append(mistake(weight.place, fault, way_out))
    return read


def _is_heavy(value: object) -> bool:
    return isinstance(value, int) and value > HEAVIEST


def _quiet(table: Table) -> Mapping[str, Any]:
    inside = table.values.get("matching")
    return inside if isinstance(inside, dict) else {}


def _rules(chain: tuple[Table, ...], left_out: tuple[str, ...], found: list[str]) -> tuple[Rule, ...]:
    """A rule of a known id changes that rule, key by key."""
    merged: dict[str, dict[str, Placed]] = {}
    for table in chain:
        for raw in _raw_rules(table, found):
            name = declared.name(raw["id"], found)
            if name in BUILT_IN:
                fault = f'the rule "{name}" is there already, in every program'
                found.append(mistake(raw["id"].place, fault, "give yours another id"))
            elif name:
                merged[name] = {**merged.get(name, {}), **raw}
    if left_out:
        place = next(t.place("matching", "without") for t in reversed(chain) if "without" in _quiet(t))
        found.extend(unknown(place, "rule", name, merged) for name in left_out if name not in merged)
    read = [_rule(raw, found) for name, raw in merged.items() if name not in left_out]
    return tuple(rule for rule in read if rule is not None)


def _raw_rules(table: Table, found: list[str]) -> Iterable[dict[str, Placed]]:
    given = table.values.get("rules", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        found.append(mistake(table.place("rules"), "rules are a list of tables", "begin each one with [[rules]]"))
        return
    for number, item in enumerate(given):
        if "id" in item:
            yield table.placed("rules", number)
        else:
            found.append(mistake(table.place("rules", number), "a rule without an id", 'write id = "…"'))


_RULE: Mapping[str, declared.Reader] = {
    "id": declared.name,
    "must": declared.text,
    "why": declared.text,
    "advises": declared.flag,
}


def _rule(raw: Mapping[str, Placed], found: list[str]) -> Rule | None:
    found.extend(unknown(raw[key].place, "setting of a rule", key, _RULE) for key in raw if key not in _RULE)
    values = {key: reader(raw[key], found) for key, reader in _RULE.items() if key in raw}
    must = raw.get("must")
    if must is None:
        fault = f'the rule "{values["id"]}" does not say what must hold'
        found.append(mistake(raw["id"].place, fault, 'write must = "mentor.years >= 5"'))
        return None
    expression = _expression(must, found)
    if expression is None or None in values.values():
        return None
    return Rule(expression=expression, **values)


def _expression(must: Placed, found: list[str]) -> Expression | None:
    if not isinstance(must.value, str):
        return None
    try:
        expression = parsed(must.value)
    except RuleError as error:
        found.append(mistake(must.place, f'the rule "{must.value}" cannot be read: {error}'))
        return None
    return None if _rejects_beginners(expression, must, found) else expression


def _rejects_beginners(expression: Expression, must: Placed, found: list[str]) -> bool:
    """A program is for all levels of experience: no rule looks at a mentee's years alone (AHE-41)."""
    for condition in comparisons(expression):
        asked = tuple(names(condition))
        if asked and all(name.who == "mentee" and name.attribute in _EXPERIENCE for name in asked):
            fault = f'the rule "{must.value}" turns mentees away for their experience'
            way_out = "compare with the mentor: mentor.years > mentee.years + 1"
            found.append(mistake(must.place, fault, way_out))
            return True
    return False
