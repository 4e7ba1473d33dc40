"""A mailbox that takes its mail back: what cannot be put away has its effect once, and a human hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from coordinator.errors import BackendError, CoordinatorError
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, tick
from tests.faults.chapter import DAY, MONDAY, mail, pairings, people
from tests.faults.posts import Box, Wire
from tests.faults.test_any_course import IN_ONE, SETTINGS

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
