"""`away 1–14 Aug`: the other advisors of a pair, else the coordinator, are named in the meantime."""

from datetime import UTC, date, datetime, time

from coordinator.core.arrival import Arrival
from coordinator.core.frozen import replace
from coordinator.core.verbs.wish import Told, Wish


def away(arrival: Arrival, wish: Wish) -> Told:
    first, last = date.fromisoformat(wish.args["first"]), date.fromisoformat(wish.args["last"])
    writer = arrival.writer
    arrival.cohort.put(replace(writer, care=replace(writer.care, absent=(first, last))))
    return Told(sentence="away", values={"first": _noon(first), "last": _noon(last)}, done=True)


def back(arrival: Arrival, _wish: Wish) -> Told:
    writer = arrival.writer
    arrival.cohort.put(replace(writer, care=replace(writer.care, absent=None)))
    return Told(sentence="back", done=True)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12, 0), tzinfo=UTC)
