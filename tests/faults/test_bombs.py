"""A mailbox full of generated bombs: each is accounted for, kept and never answered, and the mail behind it is read."""

import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coordinator.formats.mime import Own, envelope
from tests.cli.running import run
from tests.faults.bombs import LARGEST, bombs
from tests.faults.chapter import ADDRESS, MONDAY, mail, people
from tests.faults.figures import note
from tests.faults.folder import FolderChapter, folder_chapter

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
CORPUS = os.environ.get("COORDINATOR_CORPUS", "")
"""A folder of mails, however deep, one in a file."""

NUMBER = 1_000 if NIGHTLY else 120
IN_A_TICK = 60
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chapter(tmp_path: Path) -> FolderChapter:
    found = folder_chapter(tmp_path / "chapter")
    found.tick(MONDAY)
    return found


def kept(chapter: FolderChapter, folder: str) -> list[bytes]:
    root = chapter.post.inbox / folder
    return [path.read_bytes() for part in ("new", "cur") for path in (root / part).glob("*")]


def flooded(chapter: FolderChapter, mails: Sequence[bytes], now: datetime) -> None:
    """Delivers them, with an innocent mail of Nora to Nils at the end of each tick's lot, which must count at once."""
    for number, start in enumerate(range(0, len(mails), IN_A_TICK)):
        now += 40 * MINUTE
        lot = mails[start : start + IN_A_TICK]
        innocent = mail("nora@example.com", "Tomorrow", f"See you there. {number}", f"<innocent{number}@example.com>")
        innocent = innocent.replace(b"To: ", b"To: nils@example.com, ", 1)
        for place, raw in enumerate((*lot, innocent)):
            chapter.deliver(raw, now + timedelta(seconds=place))
        account = chapter.tick(now + 10 * MINUTE)
        assert account.trouble is None
        assert (account.read, account.failed) == (len(lot) + 1, 0)
        fates = (account.applied, account.held, account.quarantined, account.bounces, account.ignored)
        assert sum(fates) == account.read
        assert innocent in kept(chapter, ".Processed")
        pairing = chapter.work().pairing("p3")
        assert pairing
        assert (pairing.contacts[-1].by, pairing.contacts[-1].at) == ("nora", now + 10 * MINUTE)


OWN = Own(address=ADDRESS, domain="example.org", trusted_authserv_ids=())


def check(chapter: FolderChapter, mails: Sequence[bytes]) -> None:
    processed, aside = kept(chapter, ".Processed"), kept(chapter, ".Quarantine")
    assert kept(chapter, "") == []
    assert not Counter(mails) - Counter([*processed, *aside]), "every byte of each is in one folder"
    listed = {each.id for each in chapter.work().all_held()}
    assert all(f"h{envelope(raw, OWN).fingerprint[:10]}" in listed for raw in aside)
    known = {each.address for each in people()} | {"office@example.net"}
    assert {f"{mail.to}@" for mail in chapter.sent} <= {address.partition("@")[0] + "@" for address in known}
    for sent in chapter.sent:
        assert re.search(rb"(?m)^Delivered-To: (\S+)", sent.raw)[1].decode() in known


def test_each_generated_bomb_has_one_fate_and_stops_nothing(chapter: FolderChapter) -> None:
    letters = [each.raw.partition(b"\n")[2] for each in chapter.sent]
    mails = bombs(NUMBER, letters, seed=1, largest=20_000_000 if NIGHTLY else LARGEST)
    flooded(chapter, mails, MONDAY)
    check(chapter, mails)
    note("hostile mail", bombs=len(mails), lost=0, answered=0)


@pytest.mark.skipif(not CORPUS, reason="COORDINATOR_CORPUS names no folder")
def test_so_has_each_mail_of_a_corpus(chapter: FolderChapter) -> None:
    paths = sorted(path for path in Path(CORPUS).rglob("*") if path.is_file())
    mails = list(dict.fromkeys(path.read_bytes() for path in paths))
    flooded(chapter, mails, MONDAY)
    check(chapter, mails)
    note("hostile mail", corpus=len(mails))


def test_the_read_command_says_one_line_of_each(tmp_path: Path, chapter: FolderChapter) -> None:
    letters = [each.raw.partition(b"\n")[2] for each in chapter.sent]
    mails = bombs(NUMBER if NIGHTLY else 40, letters, seed=2)
    for number, raw in enumerate(mails):
        (tmp_path / f"{number:04d}.eml").write_bytes(raw)
    done = run("read", *sorted(tmp_path.glob("*.eml")), "--json")
    assert done.code == 0
    assert "Traceback" not in done.err + done.out
    kinds = [json.loads(line)["kind"] for line in done.out.splitlines()]
    assert len(kinds) == len(mails)
    assert set(kinds) <= {"reply", "auto_reply", "bounce", "calendar", "stop", "help", "own", "unsafe", "stray"}
