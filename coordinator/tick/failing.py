"""Runs that fail one after another: the coordinator gets a mail once a day, as far as letters still go out.

It stands outside of the state, which such a run may be unable to change; what waits there is neither sent nor touched.
"""

from datetime import datetime

from coordinator.backends import open_outbox
from coordinator.config import Settings
from coordinator.core.frozen import replace
from coordinator.errors import CoordinatorError
from coordinator.programs.spare import spare
from coordinator.store import open_store
from coordinator.tick.account import Account
from coordinator.tick.alerts import note_of
from coordinator.tick.doors import CRON
from coordinator.tick.outward import rehearse
from coordinator.tick.round import Round


def tell(settings: Settings, now: datetime, fault: Exception, runs: int) -> bool:
    """Whether the mail went out."""
    said = str(fault) if isinstance(fault, CoordinatorError) else type(fault).__name__
    account = Account(now=now, news=[f"the last {runs} runs failed: {said}"])
    try:
        round_ = Round(
            settings=settings,
            program=spare(settings.program, settings.templates),
            work=open_store(settings.state, now=now).load().fork(),
            now=now,
            account=account,
            options=replace(CRON, dry=True),
        )
        round_.write(note_of(round_, f"coordinator/failing/{now.date()}"))
        round_.commit()
        with open_outbox(*settings.outbox) as outbox:
            rehearse(round_, outbox, settings.chapter.coordinator)
    except CoordinatorError:
        return False
    return account.sent > 0
