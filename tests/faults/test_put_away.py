"""A mailbox that takes its mail back: what cannot be put away has its effect once, and a human hears of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from coordinator import faults
from coordinator.errors import BackendError, CoordinatorError
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, tick
from tests.faults.chapter import DAY, MONDAY, mail, pairings, people
from tests.faults.here import Here, well_ticked
from tests.faults.lean import before_the_lean_tick
from tests.faults.posts import Box, Wire
from tests.faults.sweep import Sweep
from tests.faults.test_any_course import IN_ONE, SETTINGS
from tests.servers import dovecot
from tests.servers.smtp_sink import Sink

HOUR = timedelta(hours=1)


@dataclass(kw_only=True)
class Full(Box):
    """Moves nothing."""

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        if handles:
            raise BackendError("the box: over quota", later=True)


def test_mail_that_a_full_mailbox_keeps_in_the_inbox_counts_once_and_is_told() -> None:
    store, wire, box = MemoryStore(program="six-month", now=MONDAY - DAY), Wire(now=MONDAY), Full()
    work = store.at(MONDAY).load()
    work.stage([*people(), *pairings()])
    work.commit()
    box.deliver(mail("maya@example.com", "HELP", "HELP\n\nWe are stuck.", "<help@example.com>"))
    troubles = []
    for hour in range(5):
        now = wire.now = MONDAY + hour * HOUR
        try:
            troubles.append(
                tick(Doors(settings=SETTINGS, store=store.at(now), inbox=box, outbox=wire), now, IN_ONE).trouble
            )
        except CoordinatorError as error:
            troubles.append(error)
    assert all("over quota" in str(each) for each in troubles), "each run says it"
    assert len(box.folders["inbox"]) == 1
    assert len([each for each in wire.accepted if each.to == "maya@example.com"]) <= 2, (
        "its answer, and the first letter"
    )
    heard = [each for each in wire.accepted if b"asks for help" in each.raw]
    assert len({each.to for each in heard}) == len(heard), "each human heard of the call once"


@pytest.fixture(scope="module")
def copying(tmp_path_factory: pytest.TempPathFactory, shared_sink: Sink) -> Iterator[Sweep]:
    """A chapter on a server that can copy and expunge, but not move."""
    root = tmp_path_factory.mktemp("copying")
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    shared_sink.reset()
    with dovecot.running(root, move=False) as server:
        template = before_the_lean_tick(root / "template", server, shared_sink, well_ticked)
        yield Sweep(template=template, nursery=Here(), sink=shared_sink, folder=root, place="case")


@pytest.mark.server
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("point", ["imap.move", "imap.copied", "imap.flagged", "imap.expunged"])
def test_a_copy_whose_original_stayed_has_its_effect_once(copying: Sweep, point: str, turn: int) -> None:
    passed = 0

    def strike(name: str) -> None:
        nonlocal passed
        passed += name == point
        if passed == turn and name == point:
            raise ConnectionResetError(104, "gone")

    outcome = copying.outcome((0, ""), before=lambda _: faults.arm(strike), meanwhile=lambda _: faults.arm(None))
    assert passed >= turn
    # Where the original stayed, a second copy of it lies beside the first: all else is as if nothing had happened.
    others = [each for each in copying.violations(outcome) if " is 2 times in " not in each]
    assert [each for each in others if not each.endswith((" is in Processed", " is in Quarantine"))] == []
    assert outcome.ticks[0].code in (0, 75)
