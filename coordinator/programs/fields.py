"""The questions of a letter: TOML to `Field`, each word checked against what the readers know."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from coordinator.core import fields as readers
from coordinator.core.facts import FACTS
from coordinator.core.program import VISIBILITIES, Field
from coordinator.programs import declared
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed

READERS: Mapping[str, declared.Reader] = {
    "name": declared.name,
    "kind": declared.one_of("field kind", readers.KINDS),
    "ask": declared.text,
    "visibility": declared.one_of("visibility", VISIBILITIES),
    "optional": declared.flag,
    "options": declared.texts,
    "low": declared.count(-1000, 1000),
    "high": declared.count(-1000, 1000),
    "fills": declared.one_of("fact", FACTS),
    "hint": declared.text,
    "yields": declared.flag,
    "turn": declared.name,
    "once": declared.flag,
}
NEEDS = ("community_link",)
"""Settings of a program without which a question makes no sense: `needs = "community_link"`."""

SPOKEN = ("name", "ask", "options", "hint")
"""What a translation may say; the rest stands in the English letter."""


def read_field(raw: Mapping[str, Placed], place: str, settings: Mapping[str, Any], found: list[str]) -> Field | None:
    """The field, or None where it is broken or where the program lacks what it needs."""
    before = len(found)
    values = {key: reader(raw[key], found) for key, reader in READERS.items() if key in raw}
    strange = [key for key in raw if key not in READERS and key != "needs"]
    found.extend(unknown(raw[key].place, "field setting", key, (*READERS, "needs")) for key in strange)
    lacking = [key for key in ("name", "kind", "ask") if key not in raw]
    found.extend(mistake(place, f"a field without {key}", f'write {key} = "…"') for key in lacking)
    needs = raw.get("needs")
    if needs and needs.value not in NEEDS:
        found.append(unknown(needs.place, "setting a field may need", needs.value, NEEDS))
    if len(found) > before:
        return None
    field = Field(**values)
    found.extend(mistake(place, f'field "{field.name}": {problem}') for problem in readers.problems(field))
    return None if needs and not settings.get(needs.value) else field


def translated(raw: Mapping[str, Placed], place: str, english: Field, found: list[str]) -> Field:
    """The English field with the words of another language."""
    words: dict[str, Any] = {}
    for key, given in raw.items():
        if key not in SPOKEN:
            _must_agree(key, given, english, found)
        elif key != "name":
            words[key] = READERS[key](given, found)
    if words.get("options") is not None and len(words["options"]) != len(english.options):
        fault = f'field "{english.name}" has {len(words["options"])} options here, {len(english.options)} in English'
        found.append(mistake(place, fault, "translate each one, in the same order"))
    return replace(english, **{key: value for key, value in words.items() if value is not None})


def _must_agree(key: str, given: Placed, english: Field, found: list[str]) -> None:
    """A copied line may stay as long as it says what the English letter says."""
    known: Callable[[str], bool] = (*READERS, "needs").__contains__
    if not known(key):
        found.append(unknown(given.place, "field setting", key, SPOKEN))
    elif key != "needs" and getattr(english, key) != given.value:
        fault = f"{key} is {given.value!r} here and {getattr(english, key)!r} in English"
        found.append(mistake(given.place, fault, "it belongs in the English letter; leave the line out"))
