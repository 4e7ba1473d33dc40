"""Ticks in this very process, read by nobody apart: a tenth of what a child costs, for cases by the ten thousand."""

from datetime import datetime
from pathlib import Path
from typing import Any

from coordinator import config
from coordinator.errors import CoordinatorError
from coordinator.tick import Options, run
from tests.faults.nursery import Ended

IN_ONE = Options(apart=False)


class Here:
    """In the place of a nursery where nothing is struck but the lines to the servers."""

    def run(self, *arguments: str, **_: Any) -> Ended:
        """arguments: of a tick with its chapter and instant, as for the command line."""
        _, folder, command, _, now = arguments
        assert command == "tick"
        return ticked(Path(folder), datetime.fromisoformat(now))


def well_ticked(folder: Path, now: datetime) -> Ended:
    ended = ticked(folder, now)
    assert ended.code == 0, ended.err
    return ended


def ticked(folder: Path, now: datetime) -> Ended:
    try:
        account = run(config.load(folder), now, IN_ONE)
    except CoordinatorError as error:
        return _ended(error, "")
    return _ended(account.trouble, "\n".join(account.news))


def _ended(trouble: Exception | None, news: str) -> Ended:
    if trouble is None:
        return Ended(code=0, out=news, err="", points=())
    code = trouble.exit_code if isinstance(trouble, CoordinatorError) else 70
    return Ended(code=code, out=news, err=f"{trouble}\n", points=())
