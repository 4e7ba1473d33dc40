"""The time together in numbers, counted from the log and from nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
        months=_begun_months(pairing.start, min(pairing.end, now.date())),
    )


def log_of_all(pairings: Sequence[Pairing], now: datetime) -> Log:
    """The sum of what is on record of several pairs; a month in which two of them ran counts once."""
    logs = [log_of(p, now) for p in pairings]
    return Log(
        meetings=sum(log.meetings for log in logs),
        planned=sum(log.planned for log in logs),
        minutes=sum(log.minutes for log in logs),
        others=sum(log.others for log in logs),
        other_minutes=sum(log.other_minutes for log in logs),
        months=sum(_begun_months(*span) for span in _spans(pairings, now.date())),
    )


def _spans(pairings: Iterable[Pairing], today: date) -> list[tuple[date, date]]:
    """From the first day to the last of every stretch without a gap."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted((p.start, min(p.end, today)) for p in pairings):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _begun_months(first: date, last: date) -> int:
    full = (last.year - first.year) * 12 + last.month - first.month
    return max(1, full + (last.day > first.day))
