"""A season in memory: the real program, a mailbox that is a list."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.simulate.memory import MemoryInbox, MemoryOutbox
from coordinator.simulate.outcome import Outcome, Volume, volume
from coordinator.simulate.posts import MemoryPost
from coordinator.simulate.season import run

START = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)


def test_a_small_season_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shares: list[float] = []
    outcome = run(pairs=3, months=1, now=START, progress=shares.append)
    assert (outcome.failed, outcome.pairs) == (0, 3)
    assert outcome.sent > 20
    assert outcome.kinds["reply"] >= 3
    assert set(outcome.volume) == {"mentee", "mentor", "advisor"}
    assert shares == sorted(shares)
    assert not list(tmp_path.iterdir())


def outcome(**got: Volume) -> Outcome:
    return Outcome(
        pairs=1, months=6, ticks=2, kinds={"letter": 3, "invite": 2, "reply": 4}, prompts={}, volume=got,
        budget={"mentee": (7, 4), "mentor": (6, 3)}, held=0, failed=0, peak=50.0,
    )  # fmt: skip


def test_more_mail_than_promised_is_said() -> None:
    kept = Volume(first=7.0, typical=4, later=4.1)
    assert outcome(mentee=kept, mentor=Volume(first=5, typical=3, later=3)).exceeded == ()
    assert outcome(mentee=Volume(first=7.01, typical=4, later=4)).exceeded == ("mentee",), "nothing is rounded"
    assert outcome(mentor=Volume(first=6, typical=3.5, later=3)).exceeded == ("mentor",)
    assert outcome(
        mentor=Volume(first=6, typical=3, later=3.6), advisor=Volume(first=99, typical=99, later=99)
    ).exceeded == ("mentor",)
    lines = list(outcome(mentee=Volume(first=7.6, typical=4, later=4)).lines())
    assert lines[0] == "1 pairs, 6 months: 5 mails sent, 4 received, 0 held"
    assert "(7 and 4)" in lines[2]
    assert lines[2].endswith("  – more than promised")
    each = Volume(first=7, typical=4, later=4, monthly=(7, 4.25, 4))
    assert "mentee               7.00   4.25   4.00" in outcome(mentee=each).lines()
    assert outcome(mentee=each).plain()["volume"]["mentee"]["monthly"] == [7, 4.25, 4]


def test_a_typical_month_is_the_middle_one_and_the_last_month_is_none() -> None:
    monthly = {"mentee0@example.org": {0: 6, 1: 3, 2: 9, 3: 30}, "mentee1@example.org": {0: 8, 1: 4, 3: 30}}
    assert volume(monthly, 4) == {"mentee": Volume(first=7, typical=3.5, later=4, monthly=(7, 3.5, 4.5, 30))}


def test_a_season_stays_within_the_mails_that_its_program_promises() -> None:
    played = run(pairs=24, months=4, now=START, seed=3)
    assert played.exceeded == (), played.volume
    assert played.held <= played.kinds["reply"] // 100, "one in a hundred waits for a human at most"
    unclear = sum(count for names, count in played.prompts.items() if "unclear" in names.split("+"))
    assert unclear <= played.kinds["reply"] * 3 // 100, "three in a hundred are asked again"
    assert played.failed == 0


def test_a_mailbox_in_memory_keeps_what_is_not_put_away() -> None:
    post = MemoryPost()
    for raw in (b"one", b"two", b"three\r\n\r\n" + b"x" * 100):
        post.deliver(raw, START)
    inbox = MemoryInbox(post)
    fetched = [message for batch in inbox.fetch(mark="", limit=10, largest=50, batch=2) for message in batch]
    assert [message.raw for message in fetched] == [b"one", b"two", None]
    assert fetched[2].head == b"three"
    assert inbox.complete
    inbox.put_away([fetched[0].handle, fetched[0].handle], "processed")
    assert [message.raw for batch in inbox.fetch(mark="", limit=1, largest=50) for message in batch] == [b"two"]
    assert not inbox.complete


def test_mail_sent_in_memory_is_delivered_to_somebody() -> None:
    post = MemoryPost()
    MemoryOutbox(post).send(sender="a@example.org", recipient="b@example.org", raw=b"Subject: x\r\n\r\n")
    assert post.collect() == (b"Delivered-To: b@example.org\r\nSubject: x\r\n\r\n",)
    assert post.collect() == ()
