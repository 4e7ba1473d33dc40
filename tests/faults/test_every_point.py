"""A tick struck at every place where it changes something outside: nothing is lost, nothing happens twice."""

import itertools
import os

import pytest

from coordinator.errors import UnreadableError
from tests.faults.chapter import Chapter
from tests.faults.figures import note
from tests.faults.sweep import Sweep, duplicates

pytestmark = pytest.mark.server

KILLED, FULL, BROKEN, LOST = 3, 6, 12, 3
"""By day each so-and-so-many-th point is struck, and the first of each kind, with a full disk of each second kind and
with a broken one of each fourth; at night every one."""

STORE = ("hot", "side", "index", "drafts", "held", "archive", "attempts", "journal", "lock")


def test_the_busy_tick_does_everything_that_a_tick_can_do(sweep: Sweep) -> None:
    names = set(sweep.points)
    assert {name.partition(":")[0] for name in names if ":" in name} >= set(STORE)
    calls = {name.partition(":")[2] for name in names}
    assert calls >= {"open", "write", "fsync", "fsync-folder", "link", "keep", "rename", "append", "truncate", "take"}
    assert names >= {"imap.connect", "imap.login", "imap.select", "imap.search", "imap.list", "imap.fetch"}
    assert names >= {"imap.move", "imap.moved", "imap.append", "imap.appended"}
    answers = {f"smtp.{step}.answer" for step in ("mail", "rcpt", "data")}
    assert names >= {"smtp.connect", "smtp.envelope", *answers, "smtp.data", "smtp.verdict", "smtp.accepted"}
    changes = [name for name, _ in itertools.groupby(sweep.points)]
    assert len(changes) >= 60
    assert len(sweep.clean.sent) >= 6
    assert {record["state"] for record in sweep.clean.state["held"].values()} == {"quarantined"}


def test_the_quick_set_strikes_at_250_points(sweep: Sweep) -> None:
    every = (("any", KILLED, 1), ("disk", FULL, 2), ("disk", BROKEN, 4), ("network", LOST, 1))
    assert (
        sum(len(sweep.numbers(kind, every=step, names=names)) for kind, step, names in every) + 2 * len(pairs(sweep))
        >= 250
    )


@pytest.mark.parametrize("part", range(16))
def test_killed_anywhere_it_loses_nothing_and_does_nothing_twice(sweep: Sweep, part: int) -> None:
    numbers = sweep.numbers("any", every=KILLED)
    assert len(numbers) >= 60
    for number in numbers[part::16]:
        outcome = sweep.outcome((number, "kill"))
        where = f"killed at point {number}, {sweep.points[number - 1]}"
        assert outcome.ticks[0].code == -9, where
        assert list(sweep.violations(outcome)) == [], where


def pairs(sweep: Sweep) -> list[tuple[int, int]]:
    """Points struck one after the other, in two ticks."""
    numbers = sweep.numbers("any", every=16)
    step = 1 if os.environ.get("COORDINATOR_NIGHTLY") else 6
    # The second tick passes other points than the first: the strides differ, so that many pairs meet.
    return [(number, 1 + number * 7 % (len(sweep.points) // 2)) for number in numbers[::step]]


@pytest.mark.parametrize("part", range(2))
def test_killed_again_while_it_recovers_it_loses_nothing_either(sweep: Sweep, part: int) -> None:
    for first, second in pairs(sweep)[part::2]:
        outcome = sweep.outcome((first, "kill"), (second, "kill"))
        where = f"killed at point {first}, {sweep.points[first - 1]}, and then at point {second}"
        assert [tick.code for tick in outcome.ticks[2:]] == [0, 0], where
        assert list(sweep.violations(outcome)) == [], where


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize(("how", "every", "names"), [("full", FULL, 2), ("broken", BROKEN, 4)])
def test_a_disk_that_refuses_anywhere_ends_the_tick_in_one_sentence(
    sweep: Sweep, part: int, how: str, every: int, names: int
) -> None:
    for number in sweep.numbers("disk", every=every, names=names)[part::4]:
        name = sweep.points[number - 1]
        outcome = sweep.outcome((number, how))
        struck, where = outcome.ticks[0], f"refused at point {number}, {name}"
        assert list(sweep.violations(outcome)) == [], where
        if name in BEST_EFFORT:
            assert (struck.code, struck.err) == (0, ""), where
        else:
            assert struck.code == 74, where
            assert struck.err.startswith("coordinator: /"), where
            assert struck.err.count("\n") == 1, where
            assert " – " in struck.err, where


BEST_EFFORT = {
    *(f"{label}:{call}" for label in ("side", "index", "kept", "heartbeat") for call in ("open", "write", "rename")),
    *("attempts:truncate", "journal:truncate", "drafts:unlink", "held:unlink", "lock:sign", "backup:write"),
}
"""What the next tick makes good; nobody needs to hear of it."""


@pytest.mark.parametrize("part", range(4))
def test_a_connection_that_breaks_anywhere_is_made_good_by_the_next_ticks(sweep: Sweep, part: int) -> None:
    for number in sweep.numbers("network", every=LOST)[part::4]:
        name = sweep.points[number - 1]
        outcome = sweep.outcome((number, "reset"))
        struck, where = outcome.ticks[0], f"broken at point {number}, {name}"
        assert list(sweep.violations(outcome)) == [], where
        if name == "imap.select" and number > sweep.points.index("batch remembered"):
            assert (struck.code, struck.err) == (0, ""), where
            assert "! old mails could not be removed" in struck.out, where
        elif name in ("imap.append", "imap.appended"):
            assert (struck.code, struck.err) == (0, ""), where
            kept = "! copies of sent letters could not be kept", "! the state could not be kept in the mailbox"
            assert any(line in struck.out for line in kept), where
        elif name == "smtp.verdict":
            assert (struck.code, duplicates(outcome)) == (0, 1), where
        else:
            assert struck.code == 75, where
            assert struck.err.startswith("coordinator: 127.0.0.1:"), where
            assert struck.err.count("\n") == 1, where


def test_mail_that_comes_a_second_time_under_other_numbers_has_no_second_effect(sweep: Sweep) -> None:
    """The tick dies between remembering and moving; then the mailbox is renumbered, and everything delivered again."""

    def again(chapter: Chapter) -> None:
        mails = chapter.mails()
        assert len(mails) == 5
        chapter.server.renumber(chapter.user)
        for raw in mails:
            chapter.server.deliver(chapter.user, raw)

    number = sweep.points.index("imap.move") + 1
    outcome = sweep.outcome((number, "kill"), meanwhile=again)
    twice = [f"{id_} is 2 times in {folder}" for id_, folder in sweep.template.expected.items()]
    more = [f"{id_} is in {folder}" for id_, folder in sweep.template.expected.items()]
    assert sorted(sweep.violations(outcome)) == sorted(twice + more)


REVEALING = {
    "acknowledge first": "batch decided",
    "no dedupe": "imap.move",
    "in-place write": "hot:write",
    "fresh Message-ID": "smtp.accepted",
    "no journal": "sent, not yet remembered",
}
"""A planted mistake → the point at which a kill shows it; the folder's sync shows at a loss of power only."""


@pytest.mark.parametrize("mutant", REVEALING)
def test_the_sweep_finds_a_mistake_that_was_planted(sweep: Sweep, mutant: str) -> None:
    note("planted mistakes", **{mutant.replace(" ", "_"): 1})
    points = sweep.outcome(mutant=mutant).ticks[0].points
    number = len(points) - points[::-1].index(REVEALING[mutant])
    try:
        outcome = sweep.outcome((number, "kill"), mutant=mutant)
    except UnreadableError:
        return
    assert outcome.ticks[0].code == -9
    assert list(sweep.violations(outcome)), "a mistake that nobody noticed"
