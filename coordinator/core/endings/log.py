"""The time together in numbers, counted from the log and from nothing else."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.core.records import Pairing


@dataclass(frozen=True, kw_only=True)
class Log:
    """What is on record of a pair.

    meetings: that took place; of planned: that were in the calendar and are past. minutes: of those of which somebody
    said how long they were. others: calls, mails and messages between the meetings; other_minutes: as far as said.
    months: begun months from the first day to the last, or to today.
    """

    meetings: int
    planned: int
    minutes: int
    others: int
    other_minutes: int
    months: int

    @property
    def hours(self) -> str:
        """All minutes together, such as "3:45"."""
        hours, minutes = divmod(self.minutes + self.other_minutes, 60)
        return f"{hours}:{minutes:02}"


def log_of(pairing: Pairing, now: datetime) -> Log:
    held = [m for m in pairing.meetings if m.status == "held"]
    ends = {m.end for m in held}
    more = [c for c in pairing.contacts if not (c.kind == "meeting" and c.at in ends)]
    met = [c for c in more if c.kind == "meeting"]
    between = [c for c in more if c.kind != "meeting"]
    past = [m for m in pairing.meetings if m.status != "cancelled" and m.end <= now]
    return Log(
        meetings=len(held) + len(met),
        planned=len(past),
        minutes=sum(m.minutes or 0 for m in held) + sum(c.minutes or 0 for c in met),
        others=len(between),
        other_minutes=sum(c.minutes or 0 for c in between),
        months=_months(pairing, now),
    )


def _months(pairing: Pairing, now: datetime) -> int:
    last = min(pairing.end, now.date())
    full = (last.year - pairing.start.year) * 12 + last.month - pairing.start.month
    return max(1, full + (last.day > pairing.start.day))
