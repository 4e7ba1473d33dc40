"""Kinds of letters that shall never come twice: what becomes of one that may have arrived or not."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import store
from coordinator.config.settings import Sending
from coordinator.core.records import Letter
from coordinator.store.memory import MemoryStore
from coordinator.tick import Account, Doors, tick
from tests.cli.running import run
from tests.faults.chapter import DAY, MONDAY, mail, pairings, people
from tests.faults.folder import FolderChapter, folder_chapter
from tests.faults.posts import Box, Wire
from tests.faults.test_any_course import IN_ONE, SETTINGS

TEN = timedelta(minutes=10)


def office(*kinds: str) -> tuple[Doors, MemoryStore, Wire]:
    wire, kept = Wire(now=MONDAY), MemoryStore(program="six-month", now=MONDAY - DAY)
    work = kept.at(MONDAY).load()
    work.stage([*people(), *pairings()])
    work.commit()
    settings = replace(SETTINGS, sending=Sending(hold_uncertain=kinds))
    return Doors(settings=settings, store=kept, inbox=Box(), outbox=wire), kept, wire


def ticked(doors: Doors, kept: MemoryStore, wire: Wire, times: int) -> list[Account]:
    accounts = []
    for number in range(times):
        now = MONDAY + number * TEN
        kept.at(now)
        wire.now = now
        accounts.append(tick(doors, now, IN_ONE))
    return accounts


@pytest.mark.parametrize("trouble", ["lost", "gone"])
@pytest.mark.parametrize("kinds", [(), ("prompt",), ("summary",)])
def test_a_letter_that_may_have_arrived_waits_where_its_kind_is_not_to_come_twice(
    trouble: str, kinds: tuple[str, ...]
) -> None:
    doors, kept, wire = office(*kinds)
    wire.trouble = [trouble]
    accounts = ticked(doors, kept, wire, 6)
    times = Counter(each.id for each in wire.accepted if each.to != "office@example.net")
    waiting = [each for each in kept.load().letters() if each.state == "uncertain"]
    news = [line for account in accounts for line in account.news if "waits for you" in line]
    if kinds == ("prompt",):
        assert len(waiting) == len(news) == 1
        assert times[waiting[0].message_id] == (trouble == "lost")
        assert [each.to for each in wire.accepted if each.to == "office@example.net"], "a human was told"
    else:
        assert (waiting, news) == ([], [])
        assert max(times.values()) == (2 if trouble == "lost" else 1), "the others go again, the same bytes"


def test_what_a_tick_was_sending_when_it_was_killed_waits_as_well() -> None:
    doors, kept, wire = office("prompt", "nudge")
    wire.trouble = ["down"]
    ticked(doors, kept, wire, 1)
    letter = next(each for each in kept.load().unsent() if each.purpose == "prompt")
    kept.load().journal(letter.id, "sending", MONDAY)
    ticked(doors, kept, wire, 4)
    assert letter.message_id not in {each.id for each in wire.accepted}
    assert kept.load().letter(letter.id).state == "uncertain"


def test_nobody_who_says_anything_for_five_days_lets_it_be_given_up() -> None:
    doors, kept, wire = office("prompt")
    wire.trouble = ["gone"]
    ticked(doors, kept, wire, 3)
    (letter,) = [each for each in kept.load().letters() if each.state == "uncertain"]
    later = MONDAY + timedelta(days=5, hours=1)
    kept.at(later)
    wire.now = later
    account = tick(doors, later, IN_ONE)
    found = kept.load().letter(letter.id)
    assert found.state in ("dead", "withdrawn")
    assert any(letter.id in line for line in account.news) == (found.state == "dead")
    assert letter.message_id not in {each.id for each in wire.accepted}


@pytest.fixture
def chapter(tmp_path: Path) -> FolderChapter:
    """One letter of it may have arrived or not."""
    made = folder_chapter(tmp_path / "chapter")
    folder = made.settings.folder
    text = (folder / "config.toml").read_text()
    (folder / "config.toml").write_text(text.replace("# hold_uncertain = []", 'hold_uncertain = ["all"]'))
    made.tick(MONDAY)
    work = made.work()
    (letter,) = [each for each in work.letters() if each.recipient == "maya"]
    with store.lock(made.settings.state):
        work = made.work()
        work.stage([replace(letter, state="uncertain", sent=None, version=letter.version + 1)])
        work.commit()
    assert run("--chapter", folder, "tick", "--now", (MONDAY + TEN).isoformat()).code == 0
    made.post.collect()
    return made


def waiting(chapter: FolderChapter) -> Letter:
    (letter,) = [each for each in chapter.work().letters() if each.state == "uncertain"]
    return letter


def test_a_human_has_it_sent_again_the_same_bytes(chapter: FolderChapter) -> None:
    folder, letter = chapter.settings.folder, waiting(chapter)
    first = chapter.to("maya")[0].raw
    listed = run("--chapter", folder, "held")
    assert letter.id in listed.out
    assert "to maya@example.com" in listed.out
    (row,) = run("--chapter", folder, "held", "list", "--json").json
    assert (row["id"], row["to"]) == (letter.id, "maya@example.com")
    assert run("--chapter", folder, "status", "--now", MONDAY.isoformat()).code == 3
    at = (MONDAY + 2 * TEN).isoformat()
    assert "goes out again" in run("--chapter", folder, "held", "accept", letter.id, "--now", at).out
    assert run("--chapter", folder, "tick", "--now", at).code == 0
    assert [raw for raw in chapter.post.collect() if b"maya@" in raw.partition(b"\n")[0]] == [first]
    assert run("--chapter", folder, "held").out == "nothing waits\n"


def test_a_human_who_knows_that_it_arrived_lets_it_count_as_sent(chapter: FolderChapter) -> None:
    folder, letter = chapter.settings.folder, waiting(chapter)
    at = (MONDAY + 2 * TEN).isoformat()
    assert "counts as sent" in run("--chapter", folder, "held", "reject", letter.id, "--now", at).out
    assert run("--chapter", folder, "tick", "--now", at).code == 0
    assert not [raw for raw in chapter.post.collect() if b"maya@" in raw.partition(b"\n")[0]]
    assert chapter.work().letter(letter.id).state == "sent"
    assert run("--chapter", folder, "held", "reject", letter.id).code == 2


@pytest.mark.parametrize("value", ['["help"]', '["alert"]', '"all"', '["all", "prompt"]', "[1]"])
def test_calls_for_help_are_never_held(tmp_path: Path, value: str) -> None:
    made = folder_chapter(tmp_path / "chapter")
    path = made.settings.folder / "config.toml"
    path.write_text(path.read_text().replace("# hold_uncertain = []", f"hold_uncertain = {value}"))
    outcome = run("--chapter", made.settings.folder, "check")
    assert outcome.code == 78
    assert "must be a list of kinds of mail" in outcome.err


def test_a_letter_that_was_given_up_and_mail_that_was_put_aside_are_told_by_the_status(chapter: FolderChapter) -> None:
    folder, letter = chapter.settings.folder, waiting(chapter)
    run("--chapter", folder, "held", "reject", letter.id, "--now", MONDAY.isoformat())
    assert run("--chapter", folder, "status", "--now", MONDAY.isoformat()).code == 0
    chapter.deliver(mail("eve@stranger.example", "hello", "hello", "<eve@stranger.example>"), MONDAY + TEN)
    assert run("--chapter", folder, "tick", "--now", (MONDAY + 2 * TEN).isoformat()).code == 0
    found = run("--chapter", folder, "status", "--now", MONDAY.isoformat())
    assert found.code == 0, "a stranger's mail is nothing that waits"
    assert "1 message lies in quarantine: coordinator held list --all" in found.out
    with store.lock(chapter.settings.state):
        work = chapter.work()
        sent = work.letter(letter.id)
        work.stage([replace(sent, state="dead", version=sent.version + 1)])
        work.commit()
    found = run("--chapter", folder, "status", "--now", MONDAY.isoformat())
    assert found.code == 3
    assert "1 letter was given up in the last 14 days" in found.out
    assert run("--chapter", folder, "status", "--now", (MONDAY + 20 * DAY).isoformat()).code == 0
