"""Records survive the way into the state and back, whatever they hold."""

import importlib
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.records import Held, Letter, Pairing, Participant
from coordinator.store import codec, jsons, strict
from coordinator.store.memory import MemoryStore
from coordinator.store.meta import JournalLine, Meta, Side
from tests.store.situations import MONDAY, letter, loaded, new_state, pairing, person

CLASSES = (Participant, Pairing, Letter, Held, Meta, Side, JournalLine)
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: INSTANTS,
    date: st.dates(),
    Any: PLAIN,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that a field with this hint may hold."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in LEAVES:
        return LEAVES[hint]
    if is_dataclass(hint):
        return records(hint)
    if origin in {Union, UnionType}:
        return st.one_of(*(st.none() if each is NoneType else values(each) for each in args))
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(values(args[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, args))
    return st.dictionaries(TEXT, values(args[1]), max_size=3)


def records(cls: Any) -> st.SearchStrategy[Any]:
    """Records of this class with anything in them; each optional field is sometimes left at its default."""
    hints = get_type_hints(cls)
    optional = {each.name for each in fields(cls) if each.default is not MISSING or each.default_factory is not MISSING}
    return st.fixed_dictionaries(
        {name: values(hint) for name, hint in hints.items() if name not in optional},
        optional={name: values(hints[name]) for name in hints if name in optional},
    ).map(lambda given: cls(**given))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_what_is_written_is_read_back_the_same(cls: Any) -> None:
    @settings(max_examples=40, deadline=None)
    @given(records(cls))
    def both_ways(record: Any) -> None:
        raw = jsons.dumps(codec.encode(record))
        found = codec.decode(cls, jsons.loads(raw))
        assert found == record
        assert jsons.dumps(codec.encode(found)) == raw
        assert not list(strict.misfits(cls, jsons.loads(raw), "here"))

    both_ways()


def test_a_default_takes_no_room_and_an_instant_is_written_as_people_read_it() -> None:
    plain = jsons.loads(jsons.dumps(codec.encode(person(1, due=MONDAY))))
    assert plain == {
        "id": "p1",
        "version": 1,
        "address": "person1@example.org",
        "first_name": "Person 1",
        "roles": ["mentor", "mentee"],
        "consent": {"text": "2026-1", "at": "2026-11-23T09:00:00Z", "how": "import"},
        "due": "2026-11-23T09:00:00Z",
    }


def test_an_instant_in_another_zone_is_kept_as_the_same_instant_in_utc() -> None:
    berlin = MONDAY.astimezone(timezone(timedelta(hours=1)))
    plain = jsons.loads(jsons.dumps(codec.encode(person(1, due=berlin))))
    assert plain["due"] == "2026-11-23T09:00:00Z"


@pytest.mark.parametrize(
    ("plain", "fault"),
    [({"id": "p1"}, "no 'address'"), ({"id": "p1", "address": "a", "first_name": "A", "surname": "B"}, "'surname'")],
)
def test_a_field_that_is_missing_or_unknown_is_named(plain: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        codec.decode(Participant, plain)


def test_two_records_read_from_one_row_share_no_mutable_part() -> None:
    raw = jsons.dumps(codec.encode(person(1)))
    first, second = (codec.decode(Participant, jsons.loads(raw)) for _ in range(2))
    assert first.profile is not second.profile


@settings(max_examples=25, deadline=None)
@given(st.lists(records(Letter), max_size=4), st.lists(TEXT, max_size=4))
def test_any_letters_and_seen_keys_survive_a_commit(
    tmp_path_factory: Any, letters: list[Letter], keys: list[str]
) -> None:
    folder = new_state(tmp_path_factory.mktemp("any") / "state")
    rows = [
        codec.decode(Letter, jsons.loads(jsons.dumps(codec.encode(each))) | _sound(number))
        for number, each in enumerate(letters)
    ]
    work = loaded(folder)
    work.stage(rows)
    work.see(*keys)
    work.commit()
    again = loaded(folder)
    assert list(again.letters()) == rows
    for each in rows:
        assert again.letter_by_token(each.token) == each
    assert all(again.has_seen(key) for key in keys)


def _sound(number: int) -> dict[str, Any]:
    return {
        "id": f"l{number}",
        "version": 1,
        "token": f"t{number}",
        "message_id": f"<{number}@example.org>",
        "state": "sent",
    }


@pytest.fixture
def without_orjson(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module as it is where orjson cannot be installed."""
    monkeypatch.setitem(sys.modules, "orjson", None)
    yield importlib.reload(jsons)
    monkeypatch.undo()
    importlib.reload(jsons)


WITH_ORJSON = jsons.dumps(codec.encode(pairing(1, terms={"place": "Café – “Eule”"})))


def test_without_orjson_the_files_are_the_same_to_the_byte(without_orjson: Any) -> None:
    assert without_orjson.orjson is None
    assert without_orjson.dumps(codec.encode(pairing(1, terms={"place": "Café – “Eule”"}))) == WITH_ORJSON


def test_without_orjson_a_state_is_written_and_read(tmp_path: Path, without_orjson: Any) -> None:
    work = loaded(new_state(tmp_path / "state"))
    work.stage([person(1), person(2), pairing(1), letter(1)])
    work.commit()
    assert loaded(tmp_path / "state").pairing("1") == pairing(1)


@pytest.mark.parametrize(
    "value", ["\ud800", "a\udcffb", 10**40, -(10**400), float("nan"), [float("inf")], {"\ud800": 1}]
)
def test_a_value_that_json_cannot_hold_is_made_sound_with_and_without_orjson(value: Any, without_orjson: Any) -> None:
    assert without_orjson.loads(without_orjson.dumps({"value": value})) is not None
    sys.modules.pop("orjson")
    with_orjson = importlib.reload(jsons)
    assert with_orjson.orjson is not None
    assert with_orjson.loads(with_orjson.dumps({"value": value})) is not None


def test_memory_and_folder_keep_the_same(tmp_path: Path) -> None:
    here, there = MemoryStore(program="six-month", now=MONDAY), new_state(tmp_path / "state")
    for load in (here.load, lambda: loaded(there)):
        work = load()
        work.stage([person(1), person(2), pairing(1), letter(1)])
        work.commit()
    assert list(here.load().letters()) == list(loaded(there).letters())
    assert list(here.load().pairings()) == list(loaded(there).pairings())
