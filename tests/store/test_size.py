"""What a large cohort costs, in files opened, bytes written and records read: figures that no slow machine changes."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import faults, store
from coordinator.store import disk, indexes
from coordinator.store.tables import Table
from coordinator.store.work import Work
from tests.store.situations import MONDAY, draft, letter, loaded, new_state, pairing, person, raised

PEOPLE, PAIRINGS = 10_000, 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = new_state(tmp_path_factory.mktemp("large") / "state")
    work = loaded(folder)
    work.stage(person(number, roles=(), consent=None) for number in range(PEOPLE))
    work.stage(
        pairing(
            number,
            f"p{2 * number}",
            f"p{2 * number + 1}",
            meetings=(),
            goals=(),
            answers=(),
            asked={},
            due=MONDAY + timedelta(minutes=number),
        )
        for number in range(PAIRINGS)
    )
    work.commit()
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Files opened to be read, by name."""
    names: Counter[str] = Counter()
    real = disk.open_ours

    def counting(path: Path) -> int | None:
        names[path.name] += 1
        return real(path)

    monkeypatch.setattr(disk, "open_ours", counting)
    return names


@pytest.fixture
def written() -> Iterator[Counter[str]]:
    """Side effects by fault point."""
    names: Counter[str] = Counter()
    faults.arm(lambda name: names.update([name]))
    yield names
    faults.arm(None)


def records_read(work: Work) -> int:
    return sum(len(table.records) for table in work._all.tables.values())


def one_decision(work: Work) -> None:
    somebody = work.participant_at("person4242@example.org")
    assert somebody
    assert [each.id for each in work.pairings_of(somebody.id)] == ["2121"]
    assert [each.id for each in work.due_pairings(MONDAY + timedelta(minutes=1))] == ["0", "1"]
    work.stage([raised(somebody, answered=MONDAY)])
    work.see("<answer@example.com>")


def test_one_decision_reads_each_file_once_and_only_the_records_it_asks_for(
    large: Path, opened: Counter[str], written: Counter[str]
) -> None:
    work = loaded(large)
    assert opened == dict.fromkeys(("cohort.json", "index.json", "due.json", "journal.jsonl", "attempts.jsonl"), 1)
    assert records_read(work) == 0
    one_decision(work)
    assert records_read(work) == 4
    assert opened["seen.txt"] == opened["archive.jsonl"] == 0
    assert not written
    work.commit([draft(letter(work.meta.generation))])
    assert (written["hot:rename"], written["drafts:open"], written["index:rename"], written["side:rename"]) == (1,) * 4
    assert written["archive:append"] == written["seen:open"] == 0
    assert sum(count for name, count in written.items() if name.endswith(("fsync", "fsync-folder"))) <= 6


def test_closed_history_is_neither_read_nor_rewritten(large: Path, opened: Counter[str]) -> None:
    archive = large / "archive.jsonl"
    line = b'{"table":"letters","record":{"id":"%d/debrief/1/p1","version":3,"state":"sent"}}\n'
    archive.write_bytes(b"".join(line % number for number in range(100_000)))
    archive.chmod(0o600)
    before = archive.stat().st_mtime_ns
    work = loaded(large)
    one_decision(work)
    work.commit()
    assert opened["archive.jsonl"] == 0
    assert archive.stat().st_mtime_ns == before
    found = work.archived("letters", "77777/debrief/1/p1")
    assert found is not None
    assert found["version"] == 3


def test_an_idle_tick_opens_the_side_file_alone(large: Path, opened: Counter[str]) -> None:
    loaded(large).commit()
    opened.clear()
    there = store.open_store(large, now=MONDAY)
    assert there.earliest() is not None
    assert opened == {"due.json": 1}
    there.note_idle(MONDAY)
    assert set(opened) == {"due.json"}


def test_a_batch_of_a_thousand_records_asks_the_index_once_for_each(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the batch, twice the work: staging must not look at the batch again for each of its records."""
    asked: Counter[str] = Counter()
    real: Callable[..., object] = Table.find

    def counting(self: Table, name: str, value: str) -> object:  # type: ignore[type-arg]
        asked[name] += 1
        return real(self, name, value)

    coming: Counter[str] = Counter()
    address = indexes.PARTICIPANTS.one["address"]
    monkeypatch.setattr(Table, "find", counting)
    monkeypatch.setitem(indexes.PARTICIPANTS.one, "address", lambda each: coming.update(["address"]) or address(each))  # type: ignore[arg-type]
    work = loaded(large)
    work.stage([person(number) for number in range(20_000, 21_000)])
    assert asked["id"] <= 1_000
    assert asked["address"] <= 1_000
    assert coming["address"] <= 3_000


def test_the_index_kept_beside_the_state_is_the_one_its_rows_would_make(large: Path) -> None:
    work = loaded(large)
    kept = {name: table.index.plain() for name, table in work._all.tables.items()}
    (large / "index.json").unlink()
    made = {name: table.index.plain() for name, table in loaded(large)._all.tables.items()}
    assert kept == made
