"""States of every schema that was ever published still load, and say what they said."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from coordinator.core.records import Participant
from coordinator.store import codec, loading, meta, migrations
from coordinator.store.hotfile import is_whole
from coordinator.store.migrations import Tables, migrated
from tests.store.situations import MONDAY, letter, loaded, pairing, person, raised

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    shutil.copyfile(GOLDEN / "schema-1.json", tmp_path / "cohort.json")
    (tmp_path / "cohort.json").chmod(0o600)
    return tmp_path


def test_a_state_of_schema_1_says_what_it_said(golden: Path) -> None:
    assert is_whole(golden / "cohort.json")
    work = loaded(golden)
    assert work.participant("p1") == person(1)
    assert work.pairing("1") == pairing(1)
    assert work.letter(letter(1).id) == letter(1)
    assert work.has_seen("<one@example.com>")
    assert (work.meta.program, work.meta.epoch, work.meta.created) == ("six-month", "e1", MONDAY)


def name_in_one(tables: Tables) -> Tables:
    """A step as a later version might need: a field renamed."""
    for row in tables["participants"].values():
        row["first_name"] = row.pop("given_name")
    return tables


def test_steps_are_taken_in_order_from_the_schema_found() -> None:
    tables: Tables = {"meta": {"1": {"schema": 1}}, "log": {}}

    def step(number: int) -> migrations.Step:
        return lambda tables: {**tables, "log": {**tables["log"], str(number): {}}}

    found = migrated(tables, 2, steps={number: step(number) for number in (1, 2, 3)}, to=4)
    assert list(found["log"]) == ["2", "3"]
    assert found["meta"]["1"]["schema"] == 4


@pytest.fixture
def schema_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """This program, one schema further on."""
    monkeypatch.setattr(migrations, "SCHEMA", 2)
    monkeypatch.setattr(meta, "SCHEMA", 2)
    monkeypatch.setattr(loading, "SCHEMA", 2)
    monkeypatch.setattr(migrations, "STEPS", {1: name_in_one})


def test_an_older_state_is_brought_up_in_memory_and_kept_until_the_next_commit(golden: Path, schema_2: None) -> None:
    path = golden / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b'"first_name"', b'"given_name"'))
    old = path.read_bytes()
    work = loaded(golden)
    assert work.participant("p1") == person(1)
    assert path.read_bytes() == old
    work.stage([raised(person(1), first_name="Ada")])
    work.commit()
    assert (golden / "cohort.json.bak.1").read_bytes() == old
    plain: dict[str, Any] = json.loads(path.read_bytes())
    assert plain["meta"]["1"]["schema"] == 2
    assert "given_name" not in plain["participants"]["1"]
    assert codec.decode(Participant, plain["participants"]["1"]).first_name == "Ada"
    assert loaded(golden).meta.schema == 2


def test_an_older_state_is_committed_once_even_when_nothing_else_changed(golden: Path, schema_2: None) -> None:
    path = golden / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b'"first_name"', b'"given_name"'))
    loaded(golden).commit()
    assert json.loads(path.read_bytes())["meta"]["1"]["schema"] == 2
    stamp = path.stat().st_mtime_ns
    loaded(golden).commit()
    assert path.stat().st_mtime_ns == stamp
