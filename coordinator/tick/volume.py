"""A breaker for the worst mistake: far more mails in a day than there are people holds all but calls for help."""

from collections.abc import Sequence

from coordinator.core.hours import local_day
from coordinator.core.records import Letter
from coordinator.tick.round import Round

TIMES = 3
LEAST = 100
"""A chapter may send so many in a day, or three times its roster where that is more."""
STILL = ("help", "alert")
"""Purposes that go out all the same."""


def within_volume(round_: Round, waiting: Sequence[Letter]) -> Sequence[Letter]:
    """Those that may go now. Beyond the day's volume nothing goes until a human has looked."""
    most = max(LEAST, TIMES * round_.work.roster_size)
    if round_.options.any_volume or _sent_today(round_) + len(waiting) <= most:
        return waiting
    round_.account.blocked = True
    round_.account.news.append(
        f"{len(waiting)} mails wait: with them today would bring more than {most}, which looks like a mistake – look at"
        " coordinator status, then run coordinator tick --confirm-volume"
    )
    return [letter for letter in waiting if letter.purpose in STILL]


def count_sent(round_: Round, number: int) -> None:
    if number:
        counters = {**round_.work.meta.counters, "sent_day": _today(round_), "sent": _sent_today(round_) + number}
        round_.work.with_meta(counters=counters)


def _sent_today(round_: Round) -> int:
    counters = round_.work.meta.counters
    return counters.get("sent", 0) if counters.get("sent_day") == _today(round_) else 0


def _today(round_: Round) -> int:
    return local_day(round_.now, round_.settings.chapter.timezone).toordinal()
