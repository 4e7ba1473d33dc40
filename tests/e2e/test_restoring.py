"""A chapter whose folder is lost is brought back from its mailbox, and an older machine stands back."""

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coordinator import config, faults
from coordinator.backends import open_inbox
from coordinator.formats.state_mail import state_mail
from coordinator.store import codec
from coordinator.tick import safekeeping
from tests.cli.running import ROOT, Outcome, run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, number

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))

KEPT_OUTSIDE = ("config.toml", "mail", "out", "password")


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    faults.arm(None)


def everything(chapter: Chapter) -> dict[str, Any]:
    """All that the state says, apart from how many commits it took."""
    work = chapter.work()
    records = [*work.participants(), *work.pairings(), *work.letters(), *work.all_held()]
    plain = {record.id: codec.encode(record) for record in records}
    for each in plain.values():
        each.pop("segment", None)
    frozen = {letter.id: work.draft_bytes(letter) for letter in work.letters() if letter.segment}
    aside = {held.id: work.held_bytes(held.id) for held in work.all_held()}
    closed = [each["id"] for each in work.all_archived("letters")]
    return {"records": plain, "frozen": frozen, "held": aside, "closed": closed}


def lose(chapter: Chapter) -> None:
    """All but config.toml; the mailbox, where it lies in the folder, is no part of it."""
    for path in chapter.folder.iterdir():
        if path.name not in KEPT_OUTSIDE:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def restore(chapter: Chapter, *flags: str) -> Outcome:
    return run("--chapter", chapter.folder, "restore", "--from-mailbox", *flags, "--now", chapter.now.isoformat())


def played(chapter: Chapter) -> Chapter:
    """A week with answers, a meeting and a mail that is held."""
    chapter.tick()
    letter = chapter.last(MAYA)
    chapter.reply(letter, {number(letter, "time"): "b"})
    chapter.rsvp(chapter.last(MONA, ": you and Maya"), "ACCEPTED")
    chapter.reply(chapter.last(MONA), "What is this all about?")
    chapter.wait(days=2)
    return chapter


def ids(chapter: Chapter) -> Counter[tuple[str, str]]:
    return Counter((letter.parent.recipient, letter.parent.message_id) for _, letter in chapter.letters)


def test_a_lost_folder_comes_back_as_it_was_from_the_mailbox_alone(everywhere: Chapter) -> None:
    chapter = played(everywhere)
    own = chapter.folder / "templates" / "base" / "receipt.md"
    own.parent.mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "base" / "receipt.md", own)
    chapter.tick(chapter.now + timedelta(days=1))
    before, key = everything(chapter), (chapter.folder / "secret.key").read_bytes()
    lose(chapter)
    outcome = restore(chapter)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("restored from the mailbox")
    assert everything(chapter) == before
    assert (chapter.folder / "secret.key").read_bytes() == key
    assert own.read_bytes() == (ROOT / "templates" / "base" / "receipt.md").read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (chapter.folder / "state").rglob("*")} == {0o600, 0o700}


def test_after_that_it_goes_on_as_if_nothing_had_happened(everywhere: Chapter) -> None:
    chapter = played(everywhere)
    lose(chapter)
    assert restore(chapter).code == 0
    chapter.tick(chapter.now + timedelta(minutes=20))
    assert chapter.work().meta.restored_at is None
    chapter.wait(days=40)
    assert [each for each, count in ids(chapter).items() if count > 1] == [], [
        (str(t), x.subject) for t, x in chapter.letters if ids(chapter)[x.parent.recipient, x.parent.message_id] > 1
    ]
    assert chapter.to(MAYA, "How did it go") or len(chapter.to(MAYA)) > 3


@pytest.mark.req("S-6")
@pytest.mark.parametrize("at", ["batch remembered", "letter sent", "sent, not yet remembered", "maildir.moved"])
def test_nothing_is_lost_or_done_twice_when_the_machine_dies_in_the_middle(chapter: Chapter, at: str) -> None:
    """The folder is gone with the process: what counts is what lay in the mailbox at that instant."""
    played(chapter)
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP – I feel lost"), chapter.now)

    def die(name: str) -> None:
        if name == at:
            raise Killed

    faults.arm(die)
    with pytest.raises(Killed):
        chapter.tick(chapter.now + timedelta(hours=1))
    faults.arm(None)
    lose(chapter)
    assert restore(chapter).code == 0
    for _ in range(3):
        chapter.tick(chapter.now + timedelta(minutes=10))
    assert chapter.mail.waiting() == []
    sent = Counter((letter.parent.recipient, letter.parent.message_id, letter.raw) for _, letter in chapter.letters)
    assert len(sent) == len(ids(chapter)), "the same name, the same bytes"
    assert sum(sent.values()) - len(sent) <= (at == "letter sent")
    assert {MAYA, ADAM} <= {
        letter.parent.recipient for _, letter in chapter.letters if "help" in letter.subject.casefold()
    }


def test_killed_while_it_is_restored_it_is_restored_by_the_next_try(chapter: Chapter) -> None:
    before = everything(played(chapter))
    lose(chapter)
    names: list[str] = []
    faults.arm(names.append)
    assert restore(chapter).code == 0
    assert everything(chapter) == before
    for turn in range(1, len(names) + 1, 1 if NIGHTLY else 7):
        lose(chapter)
        left = iter(range(turn))

        def die(_: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Killed

        faults.arm(die)
        with contextlib.suppress(Killed):
            assert restore(chapter).code == 0
        faults.arm(None)
        again = restore(chapter, "--replace")
        assert again.code == 0, (turn, again.err)
        assert everything(chapter) == before, turn


@pytest.mark.req("S-6")
def test_an_older_machine_whose_cron_goes_on_stands_back(everywhere: Chapter, tmp_path: Path) -> None:
    chapter = played(everywhere)
    old = tmp_path / "old"
    shutil.copytree(chapter.folder, old, ignore=shutil.ignore_patterns("mail", "out"))
    lose(chapter)
    assert restore(chapter).code == 0
    chapter.tick(chapter.now + timedelta(minutes=20))
    for name in ("mail", "out"):
        if (chapter.folder / name).exists():
            (old / name).symlink_to(chapter.folder / name)
    mine = chapter.mail.waiting()
    outcome = run("--chapter", old, "tick", "--now", (chapter.now + timedelta(days=30)).isoformat())
    assert outcome.code == 78
    assert "another machine runs this program since" in outcome.err
    assert "restore --from-mailbox --replace" in outcome.err
    assert chapter.mail.waiting() == mine
    assert list(chapter.mail.collect()) == []


def _copied(chapter: Chapter, twin: Path) -> Path:
    """The folder as it is, for another machine with the same mailbox."""
    shutil.copytree(chapter.folder, twin, ignore=shutil.ignore_patterns("mail", "out", "heartbeat.json"))
    for name in ("mail", "out"):
        if (chapter.folder / name).exists():
            (twin / name).symlink_to(chapter.folder / name)
    return twin


def _on(machine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = tmp_path / machine
    name.write_text(f"{machine}\n")
    monkeypatch.setattr("coordinator.tick.machine.MACHINE", name)


@pytest.fixture
def on_one(everywhere: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chapter:
    """A chapter that was played on the first of two machines."""
    _on("one", tmp_path, monkeypatch)
    played(everywhere)
    return everywhere


def test_of_two_copies_in_step_on_two_machines_the_first_stands_back(
    on_one: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = on_one
    twin = _copied(chapter, tmp_path / "twin")
    later = (chapter.now + timedelta(days=30)).isoformat()
    _on("two", tmp_path, monkeypatch)
    assert run("--chapter", twin, "tick", "--now", later).code == 0
    sent = len(chapter.mail.collect())
    assert sent > 0
    shutil.rmtree(chapter.folder / "state")
    shutil.copytree(twin / "state", chapter.folder / "state")  # the same was done here meanwhile
    _on("one", tmp_path, monkeypatch)
    outcome = run("--chapter", chapter.folder, "tick", "--now", later)
    assert outcome.code == 78
    assert "runs a copy of this very folder" in outcome.err
    assert "restore --from-mailbox --replace" in outcome.err
    assert list(chapter.mail.collect()) == []
    back = run("--chapter", chapter.folder, "restore", "--from-mailbox", "--replace", "--now", later)
    assert back.code == 0, back.err
    assert run("--chapter", chapter.folder, "tick", "--now", later).code == 0


def test_a_copy_that_is_older_stops_nobody_but_itself(
    on_one: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = on_one
    twin = _copied(chapter, tmp_path / "twin")
    chapter.tick(chapter.now + timedelta(days=30))
    later = (chapter.now + timedelta(minutes=15)).isoformat()
    _on("two", tmp_path, monkeypatch)
    assert run("--chapter", twin, "tick", "--now", later).code == 65
    _on("one", tmp_path, monkeypatch)
    assert run("--chapter", chapter.folder, "tick", "--now", later).code in (0, 3)


def test_a_folder_that_moved_to_another_machine_runs_on_there(
    on_one: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = on_one
    _on("two", tmp_path, monkeypatch)
    for days in (20, 40):
        later = (chapter.now + timedelta(days=days)).isoformat()
        assert run("--chapter", chapter.folder, "tick", "--confirm-gap", "--now", later).code in (0, 3)


def test_a_state_from_an_old_backup_learns_from_the_mailbox_what_came_since(
    everywhere: Chapter, tmp_path: Path
) -> None:
    """Nothing that was answered after the backup is lost, and nobody gets a letter a second time."""
    chapter = everywhere
    chapter.tick()
    file = tmp_path / "old.tar"
    assert run("--chapter", chapter.folder, "backup", file).code == 0
    played(chapter)
    meetings = [meeting.uid for meeting in chapter.pair.meetings]
    assert meetings
    outcome = run("--chapter", chapter.folder, "restore", file, "--replace", "--now", chapter.now.isoformat())
    assert outcome.code == 0, outcome.err
    assert chapter.pair.meetings == ()
    for _ in range(3):
        chapter.tick(chapter.now + timedelta(minutes=10))
    assert [meeting.uid for meeting in chapter.pair.meetings] == meetings
    assert [id_ for id_, count in ids(chapter).items() if count > 1] == []
    assert chapter.work().meta.restored_at is None


@pytest.mark.parametrize("left", ["nothing", "the newest"])
def test_what_a_human_deleted_of_the_kept_state_is_kept_again(everywhere: Chapter, left: str) -> None:
    chapter = played(everywhere)
    with open_inbox(*config.load(chapter.folder).inbox) as inbox:
        found = {each.handle: parsed for each in inbox.look("snapshots") if (parsed := state_mail(each.raw or b""))}
        newest = max(each.generation for each in found.values())
        inbox.remove("snapshots", [h for h, each in found.items() if left == "nothing" or each.generation < newest])
    chapter.reply(chapter.last(MONA), "HELP – what now?")
    before = everything(chapter)
    lose(chapter)
    assert restore(chapter).code == 0
    assert everything(chapter) == before


def test_what_a_command_changed_is_kept_by_the_next_tick(chapter: Chapter) -> None:
    played(chapter)
    assert run("--chapter", chapter.folder, "pairing", "set", "p1", "every=2 weeks").code == 0
    chapter.tick(chapter.now + timedelta(minutes=10))
    before = everything(chapter)
    lose(chapter)
    assert restore(chapter).code == 0
    assert everything(chapter) == before


def test_a_mailbox_that_holds_no_state_says_what_to_do(chapter: Chapter) -> None:
    lose(chapter)
    outcome = restore(chapter)
    assert outcome.code == 65
    assert "holds no snapshot" in outcome.err
    assert "coordinator init" in outcome.err


def test_a_state_that_is_there_is_not_replaced_unasked(chapter: Chapter) -> None:
    before = everything(played(chapter))
    outcome = restore(chapter)
    assert outcome.code == 2
    assert "--replace" in outcome.err
    assert everything(chapter) == before
    assert run("--chapter", chapter.folder, "restore").code == 2


def test_a_damaged_snapshot_is_passed_over_for_the_one_before_it(
    chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "LEAST", 0)
    before = everything(played(chapter))
    folder = chapter.folder / "mail" / ".Snapshots" / "cur"
    snapshots = [path for path in sorted(folder.iterdir()) if b"X-Coordinator-State: snapshot" in path.read_bytes()]
    assert len(snapshots) > 1
    newest = snapshots[-1]
    raw = newest.read_bytes()
    newest.write_bytes(raw[:-400] + b"\r\n")
    lose(chapter)
    assert restore(chapter).code == 0
    assert everything(chapter) == before
