"""What is left of the records when somebody is forgotten: nothing of theirs, and of others' what does not tell of them.

Works on records as plain JSON, so that whatever a later version keeps is covered as well: an entry that says it is
by, of or to them goes, and their names and addresses are blacked out in the words of others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unicodedata import normalize

from coordinator.core.records import Participant

BLACK = "[removed]"
SHORT = 3
"""Letters of a name that is looked for in small letters as well."""
_OF = ("by", "owner", "recipient", "writer", "person", "sender", "to")
"""What an entry calls the one whose it is."""
_UNSIGNED = ("agenda", "place", "comment", "vision")
"""Words in a pairing that do not say whose they are: of the two, so that they go with either."""
_IDENTITY = ("id", "address", "aliases", "first_name", "last_name", "timezone", "language", "roles")
"""Of somebody else's record: theirs, whatever the other was called."""


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """Whom to forget. about: ids of the pairings and searches that they were part of; partners: the others in them."""

    id: str
    addresses: tuple[str, ...]
    first_name: str
    last_name: str
    about: frozenset[str]
    partners: frozenset[str]

    @classmethod
    def of(cls, person: Participant, about: Iterable[str], partners: Iterable[str]) -> "Forgotten":
        return cls(
            id=person.id,
            addresses=person.addresses,
            first_name=person.first_name,
            last_name=person.last_name,
            about=frozenset(about),
            partners=frozenset(partners) - {person.id},
        )

    def names(self, text: str, *, near: bool) -> bool:
        """Whether a text tells of them. near: it is by or to somebody for whom a first name alone says who."""
        text = normalize("NFC", text)
        return bool(self._strangers.search(text)) or (near and bool(self._partners.search(text)))

    def blacked(self, text: str, *, near: bool) -> str:
        text = normalize("NFC", text)
        text = self._strangers.sub(BLACK, text)
        return self._partners.sub(BLACK, text) if near else text

    @cached_property
    def _strangers(self) -> re.Pattern[str]:
        """Addresses and the whole name."""
        full = f"{self.first_name} {self.last_name}".strip()
        known = [*self.addresses, *([full] if self.last_name else [])]
        return re.compile("|".join(map(_loosely, known)), re.IGNORECASE)

    @cached_property
    def _partners(self) -> re.Pattern[str]:
        """Each name by itself, as a word, also with an s behind it; the first in small letters too."""
        names = [name for name in (self.first_name, self.last_name) if name]
        forms = dict.fromkeys(form for name in names for form in (name, name.title(), name.upper()))
        written = "|".join(map(_loosely, forms))
        found = [rf"(?<!\w)(?:{written})s?(?!\w)"] if written else []
        return re.compile("|".join((*found, *_typed(self.first_name.lower()))) or _NEVER)


def _typed(name: str) -> tuple[str, ...]:
    """A name in small letters in running text, as people type it: in no address, and not where it is a word as well."""
    if len(name) < SHORT or name in _WORDS_TOO:
        return ()
    return (rf"(?<![\w.@+-]){_loosely(name)}s?(?![\w@-]|\.\w)",)


_NEVER = r"(?!)"
_LISTED = """
aimé alba alma amber amor angel april art august aurora autumn bay belle bill blanca blanche bruno buck carol
chance charity chase claire clara clay cliff constance cruz dale dan dawn dean dolores don drew earl eden ella
elle ernst estrella eve faith flora franco frank gene ginger gloria grace grant guy hazel heath heather honor
hope hunter ira iris ivy jack jade jay jean joy june kit lance lane leo leon linda long luna luz mai mar marc
marco marina mark mason max may mel melody mercy mia miles mio mon nick noël olive page park pascal pat patience
paz pearl penny per pierre pilar prince prudence ray reed rein rich rico rob robin rod roman rosa rose ruby
rusty sage sally sandy scarlett sean serena skip sky sol soledad sonny star summer sunny tad taylor tia till tim
trinidad troy van vera verity victor victoria viola violet wade ward will willow winter wolf young
"""
_WORDS_TOO = frozenset(_LISTED.split())
"""Names that, in small letters, are words of a language that people write in here: those stay."""


def _loosely(name: str) -> str:
    return r"\s+".join(map(re.escape, normalize("NFC", name).split()))


def left_of(table: str, record: Mapping[str, Any], whom: Forgotten) -> dict[str, Any] | None:
    """The record without them, None when nothing of it stays."""
    if table == "participants":
        return _tombstone(record) if record["id"] == whom.id else _of_other(record, whom)
    if table == "letters" and (record.get("recipient") == whom.id or record.get("address") in whom.addresses):
        return None
    if table == "held" and (record.get("sender") or "").casefold() in whom.addresses:
        return None
    if table == "matches" and record.get("mentee") == whom.id:
        return None
    near = record.get("id") in whom.about or not whom.about.isdisjoint(_pairings_in(record))
    return _without(record, whom, near=near)


def _pairings_in(letter: Mapping[str, Any]) -> Iterator[str]:
    """Those that a letter is about, and those that it asks or tells of beside them."""
    yield from letter.get("pairings") or ()
    for name in ("questions", "told", "items"):
        yield from (each.get("pairing") or "" for each in letter.get(name) or ())


def _tombstone(record: Mapping[str, Any]) -> dict[str, Any]:
    """What pairings may still point at."""
    return {
        "id": record["id"],
        "version": record.get("version", 0),
        "address": f"{record['id']}@forgotten.invalid".casefold(),
        "first_name": "–",
        "status": "stopped",
    }


def _of_other(record: Mapping[str, Any], whom: Forgotten) -> dict[str, Any]:
    own = {key: record[key] for key in _IDENTITY if key in record}
    rest = {key: value for key, value in record.items() if key not in own}
    return {**own, **_without(rest, whom, near=record["id"] in whom.partners)}


def _without(record: Mapping[str, Any], whom: Forgotten, *, near: bool) -> dict[str, Any]:
    return {key: _cleaned(value, whom, near=near) for key, value in record.items()}


def _cleaned(value: Any, whom: Forgotten, *, near: bool) -> Any:
    match value:
        case str():
            return whom.blacked(value, near=near)
        case list():
            return [_cleaned(each, whom, near=near) for each in value if not _is_theirs(each, whom)]
        case dict():
            near = near or value.get("by") in whom.partners
            left_out = (whom.id, *(_UNSIGNED if near else ()))
            kept = {key: each for key, each in value.items() if key not in left_out and not _is_theirs(each, whom)}
            return {key: _cleaned(each, whom, near=near) for key, each in kept.items()}
        case _:
            return value


def _is_theirs(entry: Any, whom: Forgotten) -> bool:
    return isinstance(entry, dict) and any(entry.get(name) == whom.id for name in (*_OF, "mentor"))


_WORDS = ("answers", "goals", "proposals", "agreement", *_UNSIGNED)


def faded(record: Mapping[str, Any]) -> dict[str, Any]:
    """A pairing that is long over, without what anybody said: who, when, and how often stays."""
    return {key: _without_words(value) for key, value in record.items() if key not in _WORDS}


def _without_words(value: Any) -> Any:
    match value:
        case list():
            return [_without_words(each) for each in value]
        case dict():
            return {key: _without_words(each) for key, each in value.items() if key not in _WORDS}
        case _:
            return value
