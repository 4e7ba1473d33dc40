"""From what a question names – an address, a token, an instant – to the rows that answer it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from coordinator.core.records import Held, Letter, Match, Pairing, Participant

UNSENT = frozenset({"queued", "sending", "uncertain"})
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When an unsent letter without a `retry` is due: whatever the clock says."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a table can be asked by. one: names of exactly one row. some: of several. instants: when a row is due.

    last: like one, but the newest row wins without a complaint. words: a short word for each row, None = none.
    """

    one: Mapping[str, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    last: Mapping[str, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    some: Mapping[str, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    instants: Mapping[str, Callable[[Any], datetime | None]] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str | None]] = field(default_factory=dict)


def _due_to_send(letter: Letter) -> datetime | None:
    return (letter.retry or AT_ONCE) if letter.state in UNSENT else None


def _due_to_close(letter: Letter) -> datetime | None:
    return None if letter.state in UNSENT else letter.closes


def _people(pairing: Pairing) -> tuple[str, ...]:
    return tuple(dict.fromkeys((pairing.mentor, pairing.mentee, *pairing.advisors)))


def _may_be_matched(person: Participant) -> bool:
    seat = person.seat("mentee")
    is_open = seat.state in ("held", "open") if seat else "mentee" in person.roles
    return is_open and person.status == "active" and person.consent is not None


PARTICIPANTS = Keys(
    one={
        "id": lambda each: (each.id,),
        "address": lambda each: dict.fromkeys(each.addresses),
        "uid": lambda each: [call.meeting.uid for call in each.calls if call.meeting],
    },
    instants={"due": lambda each: each.due},
    words={
        "pools": lambda each: " ".join(each.pools) or None,
        "waiting": lambda each: each.id if _may_be_matched(each) else None,
    },
)
PAIRINGS = Keys(
    one={"id": lambda each: (each.id,), "uid": lambda each: [meeting.uid for meeting in each.meetings]},
    some={"people": _people, "mentee": lambda each: (each.mentee,) if each.status != "ended" else ()},
    instants={"due": lambda each: each.due},
)
MATCHES = Keys(
    one={"id": lambda each: (each.id,)},
    some={"people": lambda each: each.people},
    instants={"due": lambda each: each.due},
)
LETTERS = Keys(
    one={
        "id": lambda each: (each.id,),
        "token": lambda each: (each.token,) if each.token else (),
        "message_id": lambda each: (each.message_id,) if each.message_id else (),
    },
    last={"ref": lambda each: (each.ref,) if each.ref else ()},
    instants={"unsent": _due_to_send, "closes": _due_to_close},
    words={"segment": lambda each: each.segment or None},
)
HELD = Keys(
    one={"id": lambda each: (each.id,)},
    some={"sender": lambda each: (each.sender,) if each.state == "waiting" else ()},
    words={"waiting": lambda each: "yes" if each.state == "waiting" else None},
)

TABLES: Mapping[str, tuple[type[Participant | Pairing | Match | Letter | Held], Keys]] = {
    "participants": (Participant, PARTICIPANTS),
    "pairings": (Pairing, PAIRINGS),
    "matches": (Match, MATCHES),
    "letters": (Letter, LETTERS),
    "held": (Held, HELD),
}
TABLE_OF: Mapping[type[Any], str] = {cls: name for name, (cls, _) in TABLES.items()}


class Index:
    """The maps of one table; they follow each record that is put or taken away."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.rows: dict[str, dict[str, int]] = {name: {} for name in (*keys.one, *keys.last)}
        self.many: dict[str, dict[str, list[int]]] = {name: {} for name in keys.some}
        self.instants: dict[str, dict[int, datetime]] = {name: {} for name in keys.instants}
        self.words: dict[str, dict[int, str]] = {name: {} for name in keys.words}

    def add(self, row: int, record: Any) -> None:
        keys = self.keys
        for names in (keys.one, keys.last):
            for name, values in names.items():
                self.rows[name].update(dict.fromkeys(values(record), row))
        for name, values in keys.some.items():
            for value in values(record):
                self.many[name][value] = [*self.many[name].get(value, ()), row]
        for name, instant in keys.instants.items():
            if (when := instant(record)) is not None:
                self.instants[name][row] = when
        for name, word in keys.words.items():
            if (said := word(record)) is not None:
                self.words[name][row] = said

    def remove(self, row: int, record: Any) -> None:
        keys = self.keys
        for names in (keys.one, keys.last):
            for name, values in names.items():
                for value in values(record):
                    if self.rows[name].get(value) == row:
                        del self.rows[name][value]
        for name, values in keys.some.items():
            for value in values(record):
                # A new list each time: a fork shares the old one.
                self.many[name][value] = [each for each in self.many[name].get(value, ()) if each != row]
                if not self.many[name][value]:
                    del self.many[name][value]
        for instants in self.instants.values():
            instants.pop(row, None)
        for words in self.words.values():
            words.pop(row, None)

    def due(self, name: str, now: datetime) -> list[int]:
        """Rows with that instant at or before now."""
        return [row for row, when in self.instants[name].items() if when <= now]

    def earliest(self, name: str) -> datetime | None:
        return min(self.instants[name].values(), default=None)

    def copy(self) -> Self:
        twin = type(self)(self.keys)
        for maps in ("rows", "many", "instants", "words"):
            setattr(twin, maps, {name: dict(each) for name, each in getattr(self, maps).items()})
        return twin

    def plain(self) -> dict[str, Any]:
        """For `from_plain`; JSON knows text as the only kind of key, so rows stand in lists."""
        marks: dict[str, Mapping[int, Any]] = {**self.instants, **self.words}
        return {
            "rows": self.rows,
            "many": self.many,
            "marks": {name: [list(each.keys()), list(each.values())] for name, each in marks.items()},
        }

    @classmethod
    def from_plain(cls, keys: Keys, plain: Mapping[str, Any]) -> Self:
        """KeyError, TypeError or ValueError when it is not of this shape."""
        index = cls(keys)
        index.rows = {name: plain["rows"][name] for name in index.rows}
        index.many = {name: plain["many"][name] for name in index.many}
        for name in index.instants:
            rows, instants = plain["marks"][name]
            index.instants[name] = dict(zip(rows, map(datetime.fromisoformat, instants), strict=True))
        for name in index.words:
            index.words[name] = dict(zip(*plain["marks"][name], strict=True))
        return index
