"""What stands in a state's folder, who may hold it, and what an idle tick reads of it."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from coordinator import store
from coordinator.errors import BusyError, DiskError, StaleError
from coordinator.store import seen
from coordinator.store.hotfile import HotFile, is_whole
from coordinator.store.seen import digest
from coordinator.store.work import Work
from tests.store.situations import (
    HOUR,
    MONDAY,
    a_pair_with_two_letters,
    draft,
    held,
    letter,
    loaded,
    new_state,
    pairing,
    person,
    raised,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_pair_with_two_letters(tmp_path / "state")


def rename(work: Work, name: str) -> None:
    ada = work.participant("p1")
    assert ada
    work.stage([raised(ada, first_name=name)])
    work.commit()


def test_the_hot_file_is_a_tinydb_that_tinydb_itself_can_read(folder: Path) -> None:
    with TinyDB(folder / "cohort.json", access_mode="r") as plain:
        assert plain.table("participants").get(where("id") == "p2")["first_name"] == "Person 2"
        assert len(plain.table("letters")) == 3


def test_tinydb_with_our_storage_reads_and_changes_a_state_durably(folder: Path) -> None:
    with TinyDB(folder / "cohort.json", storage=HotFile) as ours:
        ours.table("participants").update({"first_name": "Ada"}, where("id") == "p1")
        assert ours.table("pairings").get(doc_id=1)["mentor"] == "p1"
    assert is_whole(folder / "cohort.json")
    ada = loaded(folder).participant("p1")
    assert ada
    assert ada.first_name == "Ada"
    with TinyDB(folder / "new.json", storage=HotFile) as fresh:
        assert fresh.table("any").all() == []
        fresh.table("any").insert({"a": 1})
    assert (folder / "new.json").stat().st_mode & 0o777 == 0o600


def test_each_record_stands_on_a_line_of_its_own(folder: Path) -> None:
    lines = (folder / "cohort.json").read_text().splitlines()
    assert sum('"id":"p1"' in line for line in lines) == 1
    assert lines[0] == '{"meta":{'
    assert lines[-1].startswith('},"seal":')


def test_three_earlier_states_are_kept_newest_first(folder: Path) -> None:
    for name in ("A", "B", "C", "D"):
        rename(loaded(folder), name)
    found = [
        HotFile(folder / f"cohort.json{end}").read()["participants"]["1"]["first_name"]  # type: ignore[index]
        for end in ("", ".bak.1", ".bak.2", ".bak.3")
    ]
    assert found == ["D", "C", "B", "A"]
    assert not (folder / "cohort.json.bak.4").exists()


def test_a_commit_of_nothing_writes_nothing(folder: Path) -> None:
    loaded(folder).commit()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    work = loaded(folder)
    work.participant("p1")
    work.commit()
    after = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert before.keys() == after.keys()
    assert [path.name for path in before if before[path] != after[path]] in (["due.json"], [], ["state", "due.json"])


def test_the_last_tick_alone_is_kept_beside_the_hot_file(folder: Path) -> None:
    generation = loaded(folder).meta.generation
    work = loaded(folder)
    work.with_meta(last_tick=MONDAY + HOUR)
    work.commit()
    assert loaded(folder).meta.generation == generation
    assert loaded(folder).meta.last_tick == MONDAY + HOUR


def test_the_side_file_tells_an_idle_tick_all_it_needs(folder: Path) -> None:
    work = loaded(folder)
    sent = [raised(each, state="sent", sent=MONDAY) for each in work.outbox(MONDAY + 9 * HOUR)]
    work.stage([*sent, raised(person(2), due=MONDAY + 5 * HOUR)])
    work.with_meta(digest="abc")
    work.commit()
    there = store.open_store(folder, now=MONDAY)
    side = there.earliest()
    assert side == store.Side(
        due=MONDAY + HOUR, digest="abc", waiting=1, inbox_mark="7", generation=work.meta.generation
    )
    there.note_idle(MONDAY + 7 * HOUR)
    noted = there.earliest()
    assert noted is not None
    assert (noted.last_tick, noted.due) == (MONDAY + 7 * HOUR, MONDAY + HOUR)
    assert there.load().meta.last_tick == MONDAY + 7 * HOUR


def test_a_letter_that_waits_for_another_try_is_due_then(folder: Path) -> None:
    work = loaded(folder)
    later = MONDAY - timedelta(days=1)
    first, second = work.outbox(MONDAY)
    work.stage([raised(first, retry=later), raised(second, state="sent", sent=MONDAY)])
    work.commit()
    side = store.open_store(folder, now=MONDAY).earliest()
    assert side is not None
    assert (side.due, side.unsent) == (later, 1)


def test_a_hot_file_that_was_edited_makes_the_side_file_count_for_nothing(folder: Path) -> None:
    path = folder / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b"Person 1", b"Persona1"))
    assert store.open_store(folder, now=MONDAY).earliest() is None


IDLE = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from coordinator import store
now = datetime(2026, 11, 22, tzinfo=UTC)
with store.lock(Path(sys.argv[1])):
    there = store.open_store(Path(sys.argv[1]), now=now)
    assert there.earliest() is not None
    there.note_idle(now)
heavy = {"tinydb", "coordinator.store.work", "coordinator.store.loading", "coordinator.core.records"} & set(sys.modules)
assert not heavy, heavy
"""


def test_an_idle_tick_reads_neither_the_state_nor_the_code_that_would(folder: Path) -> None:
    loaded(folder).commit()
    hot = folder / "cohort.json"
    hot.chmod(0o600)
    read_before = hot.stat().st_atime_ns
    subprocess.run([sys.executable, "-c", IDLE, str(folder)], check=True)
    assert hot.stat().st_atime_ns == read_before


def test_a_commit_refuses_a_file_that_was_edited_since_it_was_loaded(folder: Path) -> None:
    work = loaded(folder)
    path = folder / "cohort.json"
    edited = path.read_bytes().replace(b"Person 2", b"Persona2")
    path.write_bytes(edited)
    with pytest.raises(StaleError, match="was changed since it was loaded"):
        rename(work, "Ada")
    assert path.read_bytes() == edited


def test_segments_go_when_the_last_of_their_letters_goes(folder: Path) -> None:
    drafts = folder / "drafts"
    work = loaded(folder)
    work.commit([draft(letter(4)), draft(letter(5))])
    (drafts / "99.seg").write_bytes(b"of a commit that never happened")
    places = {number: loaded(folder).letter(letter(number).id) for number in (2, 4, 5)}
    segment = f"{places[4].segment}.seg"  # type: ignore[union-attr]
    work = loaded(folder)
    work.drop(places[4])  # type: ignore[arg-type]
    work.commit()
    assert (drafts / segment).exists()
    assert not (drafts / "99.seg").exists()
    assert work.draft_bytes(places[5]) == draft(letter(5)).raw  # type: ignore[arg-type]
    work.drop(places[5])  # type: ignore[arg-type]
    work.commit()
    assert not (drafts / segment).exists()
    assert work.draft_bytes(places[2]) == draft(letter(2)).raw  # type: ignore[arg-type]


def test_a_line_torn_off_the_archive_by_a_crash_spoils_no_other(folder: Path) -> None:
    archive = folder / "archive.jsonl"
    for number in (1, 2):
        work = loaded(folder)
        there = work.letter(letter(number).id)
        assert there
        work.drop(there)
        work.commit()
        with archive.open("ab") as file:
            file.write(b'{"table":"letters","record":{"id":"torn')
    assert [each["id"] for each in loaded(folder).all_archived("letters")] == [letter(1).id, letter(2).id]


def test_a_record_that_a_crash_archived_twice_is_told_once_in_its_newest_version(folder: Path) -> None:
    work = loaded(folder)
    work.drop(letter(1))
    work.commit()
    archive = folder / "archive.jsonl"
    line = archive.read_bytes()
    archive.write_bytes(line + line.replace(b'"version":1', b'"version":2') + line)
    found = list(loaded(folder).all_archived("letters"))
    assert [each["version"] for each in found] == [2]


def test_many_seen_messages_move_out_of_the_hot_file_and_are_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.store import folder as folder_module

    monkeypatch.setattr(folder_module, "SPILL", 50)
    folder = new_state(tmp_path / "state")
    keys = [f"<{number}@example.com>" for number in range(200)]
    for start in range(0, 200, 40):
        work = loaded(folder, MONDAY + timedelta(days=start))
        work.see(*keys[start : start + 40])
        work.commit()
    work = loaded(folder)
    assert all(work.has_seen(key) for key in keys)
    assert not work.has_seen("<200@example.com>", "<-1@example.com>")
    assert b"example.com" not in (folder / "seen.txt").read_bytes() + (folder / "cohort.json").read_bytes()
    lines = (folder / "seen.txt").read_text().splitlines()
    assert lines == sorted(lines)
    assert f"{digest(keys[0])} 2026-11-23" in lines
    for more in ("a", "b"):
        work = loaded(folder, MONDAY + timedelta(days=400))
        work.forget_seen((MONDAY + timedelta(days=40)).date())
        work.see(*(f"{more}{number}" for number in range(51)))
        work.commit()
    work = loaded(folder)
    assert [work.has_seen(key) for key in (keys[0], keys[39], keys[40], keys[199])] == [False, False, True, True]


def test_what_is_not_yet_committed_never_leaves_the_hot_file_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator import faults
    from coordinator.store import folder as folder_module

    monkeypatch.setattr(folder_module, "SPILL", 3)
    folder = new_state(tmp_path / "state")
    work = loaded(folder)
    work.see(*"abc")
    work.commit()
    work = loaded(folder)
    work.see("new")

    def die(name: str) -> None:
        if name == "hot:rename":
            raise KeyboardInterrupt

    faults.arm(die)
    try:
        with pytest.raises(KeyboardInterrupt):
            work.commit()
    finally:
        faults.arm(None)
    assert (folder / "seen.txt").stat().st_size == 3 * seen.WIDTH
    work = loaded(folder)
    assert [work.has_seen(key) for key in ("a", "c", "new")] == [True, True, False]


def test_the_lock_is_for_one_and_says_who_holds_it_since_when(folder: Path) -> None:
    with (
        store.lock(folder),
        pytest.raises(BusyError, match=rf"process {os.getpid()} has been at work .* since 20\d\d-") as caught,
        store.lock(folder),
    ):
        pass
    assert caught.value.exit_code == 75
    assert "\n" not in str(caught.value)
    with store.lock(folder):
        pass


def test_a_lock_frees_itself_when_its_process_is_killed(folder: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from coordinator import store\n"
    hold += "with store.lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", hold, str(folder)], stdout=subprocess.PIPE)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=f"process {child.pid} "), store.lock(folder):
            pass
    finally:
        child.kill()
        child.communicate()
    with store.lock(folder, wait=5):
        pass


def test_whoever_waits_for_the_lock_gets_it_when_it_is_free(folder: Path) -> None:
    hold = "import sys; from pathlib import Path; from coordinator import store\n"
    hold += "with store.lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(folder)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        child.stdout.readline()
        with pytest.raises(BusyError), store.lock(folder, wait=0.2):
            pass
        child.stdin.close()
        with store.lock(folder, wait=30):
            pass


def test_a_lock_where_no_folder_is_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="`coordinator init` makes one"), store.lock(tmp_path / "none"):
        pass


def test_a_full_disk_is_noticed_before_a_tick_begins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coordinator.store import tinydb

    there = store.open_store(folder, now=MONDAY)
    there.check_room()
    monkeypatch.setattr(tinydb, "ROOM", 1 << 62)
    with pytest.raises(DiskError, match=r"MiB are free .* nothing was read, sent or changed"):
        there.check_room()


def test_a_held_message_is_written_under_its_id_and_nothing_else(folder: Path) -> None:
    work = loaded(folder)
    work.hold(held(2), b"\x00raw\xff")
    work.commit()
    assert (folder / "held" / "h2.eml").read_bytes() == b"\x00raw\xff"
    assert loaded(folder).held_bytes("h2") == b"\x00raw\xff"
    assert loaded(folder).held_bytes("../cohort") is None


def test_the_pairing_of_a_meeting_is_found_after_a_reload(folder: Path) -> None:
    found = loaded(folder).meeting("1-1@example.org")
    assert found is not None
    assert found == (pairing(1), pairing(1).meetings[0])
