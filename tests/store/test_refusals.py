"""A state that may not be trusted: refused with exit code 65, one plain text, and every file as it was."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import store
from coordinator.errors import DiskError, UnreadableError, UsageError
from tests.store.situations import MONDAY, a_pair_with_two_letters, letter, loaded, new_state, person, raised

Plain = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_pair_with_two_letters(tmp_path / "state")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(folder: Path) -> str:
    """The text of the refusal; nothing may have changed by it."""
    before = contents(folder)
    with pytest.raises(UnreadableError) as caught:
        loaded(folder)
    assert caught.value.exit_code == 65
    assert contents(folder) == before
    text = str(caught.value)
    assert "cohort.json" in text or "jsonl" in text or "seen.txt" in text
    assert "example.org" not in text
    return text


def edit(folder: Path, change: Callable[[Plain], object]) -> None:
    path = folder / "cohort.json"
    plain = json.loads(path.read_bytes())
    change(plain)
    path.write_text(json.dumps(plain, indent=1))


def row(plain: Plain, table: str, number: str = "1") -> dict[str, Any]:
    return plain[table][number]


EDITS: list[tuple[Callable[[Plain], object], str]] = [
    (
        lambda plain: row(plain, "participants", "2").update(address="person1@example.org"),
        "p1 and p2 have the same address",
    ),
    (lambda plain: row(plain, "pairings").update(mentee="p9"), "pairing 1: its mentee p9 is no participant"),
    (lambda plain: row(plain, "pairings").update(mentee="p1"), "pairing 1: one person stands in it twice"),
    (lambda plain: row(plain, "pairings").update(end="2026-01-01"), "pairing 1: it ends before it starts"),
    (lambda plain: row(plain, "participants").update(status="aktiv"), "unknown status 'aktiv' – one of active, paused"),
    (lambda plain: row(plain, "participants").pop("address"), "participants p1: address is missing"),
    (lambda plain: row(plain, "participants").update(adress="x"), "unknown field 'adress' – did you mean 'address'?"),
    (
        lambda plain: row(plain, "participants").update(version="one"),
        "participants p1, version: must be a whole number",
    ),
    (lambda plain: row(plain, "participants").update(version=True), "participants p1, version: must be a whole number"),
    (lambda plain: row(plain, "participants").update(roles="mentor"), "participants p1, roles: must be a list"),
    (lambda plain: row(plain, "participants").update(profile=[]), "participants p1, profile: must be an object"),
    (lambda plain: row(plain, "pairings").update(due="2026-11-23T09:00:00"), "pairings 1, due: must be an instant"),
    (lambda plain: row(plain, "pairings").update(start="soon"), "pairings 1, start: must be a date"),
    (lambda plain: row(plain, "pairings")["meetings"][0].pop("uid"), "pairings 1, meetings 1: uid is missing"),
    (lambda plain: row(plain, "pairings")["goals"][0].update(state="won"), "goal 1: unknown state 'won'"),
    (lambda plain: row(plain, "pairings")["goals"][0]["scores"][0].pop(), "scores 1: must have 4 entries"),
    (lambda plain: plain["participants"].update({"3": row(plain, "participants")}), "2 records have the id p1"),
    (lambda plain: plain["participants"].update({"3": "nobody"}), "row '3' is not an object"),
    (lambda plain: plain.update(letters=[]), "'letters' is not a table of numbered rows"),
    (lambda plain: plain.update(leters={}), "unknown table 'leters'"),
    (lambda plain: plain["meta"]["1"].update(schema=2), "has schema 2, and this version of coordinator knows 1"),
    (lambda plain: plain["meta"]["1"].pop("schema"), "does not say which schema it has"),
    (lambda plain: plain.pop("meta"), "does not say which schema it has"),
    (lambda plain: plain["meta"]["1"].pop("program"), "meta, row 1: program is missing"),
    (lambda plain: plain["meta"].update({"2": plain["meta"]["1"]}), "meta: must have one row"),
    (lambda plain: plain["seen"]["1"].update(short="2026-11-23"), "seen: must hold digests"),
    (lambda plain: row(plain, "held").update(id="../x"), "usable as a file name"),
]


@pytest.mark.parametrize(("change", "said"), EDITS, ids=[said[:40] for _, said in EDITS])
def test_a_state_broken_by_hand_is_refused_with_the_reason(
    folder: Path, change: Callable[[Plain], object], said: str
) -> None:
    edit(folder, change)
    assert said in refused(folder)


def test_everything_that_is_wrong_is_listed_at_once(folder: Path) -> None:
    def spoil(plain: Plain) -> None:
        row(plain, "participants", "2").update(address="person1@example.org")
        row(plain, "pairings").update(status="over", mentor="p7")

    edit(folder, spoil)
    text = refused(folder)
    assert "3 things are wrong" in text
    assert len(text.splitlines()) == 5


def test_a_correct_edit_by_hand_is_taken_and_sealed_by_the_next_commit(folder: Path) -> None:
    edit(folder, lambda plain: row(plain, "participants").update(address="moved@example.org"))
    work = loaded(folder)
    moved = work.participant_at("moved@example.org")
    assert moved is not None
    assert work.participant_at("person1@example.org") is None
    work.stage([raised(moved, first_name="Ada")])
    work.commit()
    from coordinator.store.hotfile import is_whole

    assert is_whole(folder / "cohort.json")
    assert loaded(folder).participant_at("moved@example.org") == raised(moved, first_name="Ada")


def test_rows_that_a_hand_took_out_or_renumbered_do_no_harm(folder: Path) -> None:
    def shuffle(plain: Plain) -> None:
        plain["participants"] = {"9": row(plain, "participants", "2"), "4": row(plain, "participants", "1")}

    edit(folder, shuffle)
    work = loaded(folder)
    work.stage([person(3), person(4), person(5)])
    work.commit()
    assert [each.id for each in loaded(folder).participants()] == ["p2", "p1", "p3", "p4", "p5"]


def test_a_file_cut_anywhere_is_refused_and_names_the_place_and_the_copy(folder: Path) -> None:
    path = folder / "cohort.json"
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        text = refused(folder)
        assert re.search(r"line \d+, column \d+: ", text)
        assert "copy cohort.json.bak.1 over it" in text
    path.write_bytes((folder / "cohort.json.bak.1").read_bytes())
    assert loaded(folder).participant("p1") is not None


def test_a_word_that_is_no_json_is_shown_by_line_and_column(folder: Path) -> None:
    path = folder / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":one', 1))
    assert re.search(r"line 4, column \d+: Expecting value", refused(folder))


def test_a_key_that_stands_twice_is_refused(folder: Path) -> None:
    path = folder / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b'"first_name":', b'"address":"other@example.org","first_name":', 1))
    assert "the key 'address' stands twice in one object" in refused(folder)


def test_bytes_that_are_no_text_are_refused_with_their_place(folder: Path) -> None:
    path = folder / "cohort.json"
    path.write_bytes(path.read_bytes().replace(b"Person 1", b"Person \xff", 1))
    assert re.search(r"line 4, column \d+ is not UTF-8", refused(folder))


@pytest.mark.parametrize("content", [b"[]", b"null", b'"x"', b"{}", b"\0" * 100, b"[" * 100_000])
def test_what_is_json_but_no_state_is_refused(folder: Path, content: bytes) -> None:
    (folder / "cohort.json").write_bytes(content)
    assert refused(folder)


def test_a_state_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="`coordinator init` makes one"):
        loaded(tmp_path)


def test_a_symbolic_link_is_refused_and_its_target_untouched(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    (folder / "cohort.json").replace(elsewhere)
    (folder / "cohort.json").symlink_to(elsewhere)
    before = elsewhere.read_bytes(), elsewhere.stat().st_mode
    assert "is a symbolic link" in refused(folder)
    assert (elsewhere.read_bytes(), elsewhere.stat().st_mode) == before


def test_a_folder_in_place_of_the_file_is_refused(folder: Path) -> None:
    (folder / "cohort.json").unlink()
    (folder / "cohort.json").mkdir()
    assert "is not a file" in refused(folder)


def test_a_pipe_in_place_of_the_file_does_not_hang(folder: Path) -> None:
    (folder / "cohort.json").unlink()
    os.mkfifo(folder / "cohort.json", 0o600)
    with pytest.raises(UnreadableError, match="is not a file"):
        loaded(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_state_of_somebody_else_is_refused(folder: Path) -> None:
    os.chown(folder / "cohort.json", 12345, -1)
    assert "belongs to user 12345, not to user 0" in refused(folder)


def test_a_mode_that_lets_others_read_is_narrowed(folder: Path) -> None:
    path = folder / "cohort.json"
    path.chmod(0o664)
    loaded(folder)
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_file_of_a_state_is_for_its_owner_alone(folder: Path) -> None:
    work = loaded(folder)
    work.journal(letter(2).id, "sending", MONDAY)
    work.attempt("<x@example.com>")
    work.drop(letter(1))
    work.commit()
    with store.lock(folder):
        modes = {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
    assert {name for name, mode in modes.items() if mode not in {0o600, 0o700}} == set()
    assert {"cohort.json", "journal.jsonl", "archive.jsonl", "attempts.jsonl", "due.json", "lock", "2.seg"} <= set(
        modes
    )


def test_a_second_init_refuses_a_state_that_is_there(folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(UsageError, match="holds a state already"):
        store.create(folder, program="other", now=MONDAY, epoch="e2", inbox_mark="")
    assert contents(folder) == before


def test_a_bad_line_inside_the_journal_is_an_error_and_a_torn_last_line_is_not(folder: Path) -> None:
    work = loaded(folder)
    work.journal(letter(2).id, "sending", MONDAY)
    work.flush_journal()
    path = folder / "journal.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"letter":"1/deb')
    work = loaded(folder)
    assert [line.state for line in work.journal_lines()] == ["sending"]
    work.journal(letter(2).id, "sent", MONDAY)
    assert [line.state for line in loaded(folder).journal_lines()] == ["sending", "sent"]
    path.write_bytes(b'{"letter":"1/deb\n' + whole)
    assert "journal.jsonl: line 1 cannot be read" in refused(folder)


def test_a_segment_that_was_cut_or_changed_is_refused_for_its_letters_only(folder: Path) -> None:
    there = loaded(folder).letter(letter(2).id)
    assert there is not None
    path = folder / "drafts" / f"{there.segment}.seg"
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], whole[:-1], whole[:10], b"", whole.replace(b"Person", b"person", 1)):
        path.write_bytes(content)
        with pytest.raises(UnreadableError, match=r"frozen bytes of letter 1/debrief/2/p1 were cut off or changed"):
            loaded(folder).draft_bytes(there)
    other = loaded(folder).letter(letter(3).id)
    assert other is not None
    assert loaded(folder).draft_bytes(other)
    path.unlink()
    assert loaded(folder).parent_text(there) is None


def test_a_list_of_seen_messages_that_was_cut_is_refused_when_it_is_asked(folder: Path) -> None:
    (folder / "seen.txt").write_bytes(b"0123456789")
    with pytest.raises(UnreadableError, match=r"seen\.txt: was changed by hand or cut off"):
        loaded(folder).has_seen("<new@example.com>")


def test_a_side_file_or_an_index_that_is_nonsense_costs_a_load_and_nothing_else(folder: Path) -> None:
    for content in (b"", b"{", b"[1]", b'{"of":null}', b'{"of":"x","tables":{"letters":3}}'):
        (folder / "due.json").write_bytes(content)
        (folder / "index.json").write_bytes(content)
        there = store.open_store(folder, now=MONDAY)
        assert there.earliest() is None
        assert there.load().letter_by_token(letter(2).token) is not None


def test_an_index_that_names_the_right_file_and_lies_about_its_shape_is_made_again(folder: Path) -> None:
    path = folder / "index.json"
    plain = json.loads(path.read_bytes())
    plain["tables"]["letters"]["marks"].pop("unsent")
    path.write_text(json.dumps(plain))
    assert len(loaded(folder).outbox(MONDAY)) == 2


@pytest.fixture
def as_somebody() -> Iterator[Path]:
    """A folder below which the rights count, run as a user for whom they do."""
    home = Path(tempfile.mkdtemp(prefix="store-"))
    home.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(home, 65534, 65534)
        os.seteuid(65534)
    try:
        yield home
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        shutil.rmtree(home)


def test_a_folder_without_write_permission_is_a_disk_error_and_the_state_is_intact(as_somebody: Path) -> None:
    folder = a_pair_with_two_letters(as_somebody / "state")
    before = contents(folder)
    folder.chmod(0o500)
    work = loaded(folder)
    work.stage([raised(person(1), first_name="Ada")])
    with pytest.raises(DiskError, match=r"no permission to write here – give the folder to the user") as caught:
        work.commit()
    folder.chmod(0o700)
    assert caught.value.exit_code == 74
    assert contents(folder) == before
    as_somebody.chmod(0o500)
    with pytest.raises(DiskError, match="no permission"):
        new_state(as_somebody / "other")
    as_somebody.chmod(0o700)


def test_a_file_that_may_not_grow_is_a_disk_error_and_the_state_is_intact(folder: Path) -> None:
    """A limit on the size of files is the disk-full that a test can really have."""
    import resource
    import signal

    before = contents(folder)
    work = loaded(folder)
    work.stage([person(number) for number in range(10, 400)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(DiskError, match=r"cohort\.json: the disk is full – free some space"):
            work.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert contents(folder) == before
    work.commit()
    assert loaded(folder).participant("p399") is not None
