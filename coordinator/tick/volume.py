"""Breakers for the worst mistakes: far more mails in a day than there are people, or far too many for one of them.

Neither ever holds a call for help.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from coordinator.core.hours import at_local, local_day
from coordinator.core.records import Letter
from coordinator.tick.round import Round

TIMES = 3
LEAST = 100
"""A chapter may send so many in a day, or three times its roster where that is more."""
MOST_FOR_ONE = 20
"""So many a day go to one person, also to one who keeps asking for answers; the rest waits until the next."""
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


def waits_for_tomorrow(round_: Round, letter: Letter) -> datetime | None:
    """Until when a letter waits because its recipient had too many today, None = it may go; the humans hear of it."""
    person = round_.work.participant(letter.recipient)
    if person is None or letter.purpose in STILL or round_.options.any_volume:
        return None
    if round_.sent_to[person.id] + _counters(round_).get(f"{_TO}{person.id}", 0) < MOST_FOR_ONE:
        return None
    line = f"{person.name} ({person.id}) got {MOST_FOR_ONE} mails today: whatever else there is waits until tomorrow"
    if line not in round_.account.news:
        round_.account.news.append(line)
    zone = person.timezone or round_.settings.chapter.timezone
    return at_local(local_day(round_.now, zone) + timedelta(days=1), 0, 0, zone)


def count_sent(round_: Round, number: int) -> None:
    """number: mails that went out since the last call; `Round.sent_to` says to whom."""
    if not number:
        return
    counters = dict(_counters(round_))
    counters |= {"sent_day": _today(round_), "sent": counters.get("sent", 0) + number}
    for id_, more in round_.sent_to.items():
        counters[f"{_TO}{id_}"] = counters.get(f"{_TO}{id_}", 0) + more
    round_.sent_to.clear()
    round_.work.with_meta(counters=counters)


_TO = "sent to "


def _counters(round_: Round) -> Mapping[str, int]:
    """Without those of another day."""
    counters = round_.work.meta.counters
    if counters.get("sent_day") == _today(round_):
        return counters
    return {name: count for name, count in counters.items() if name != "sent" and not name.startswith(_TO)}


def _sent_today(round_: Round) -> int:
    return _counters(round_).get("sent", 0)


def _today(round_: Round) -> int:
    return local_day(round_.now, round_.settings.chapter.timezone).toordinal()
