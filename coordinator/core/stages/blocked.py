"""A pair on which somebody must decide before anything goes on: its advisors are asked, and nobody else hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.moments import Moment, Situation
from coordinator.core.said_by import all_said

PROMPT = "conflict-of-interest"
AGAIN = timedelta(days=7)
"""So often it is seen whether anybody is left who can decide; the coordinator is told so often that nobody is."""


def blocked(where: Situation) -> Iterator[Moment]:
    """The advisors' question; the coordinator's, where none of them gets mail; the end, on its day all the same."""
    yield _silent(where, "over", "over", where.last_day)
    yield from _asked(where)
    yield _looked(where)


def declarer(where: Situation) -> tuple[str, datetime]:
    """Who last declared the conflict, and when; ("", the first day) where they were forgotten since."""
    said = [answer for answer in all_said(where, "coi") if answer.value]
    return (said[-1].by, said[-1].at) if said else ("", where.begin)


def _asked(where: Situation) -> Iterator[Moment]:
    times = sum(1 for key, asked in where.pairing.asked.items() if "/blocked/" in key and asked.closed)
    for advisor in where.pairing.advisors:
        key = f"{where.pairing.id}/blocked/{times}/{advisor}"
        if where.asked(key) is None:
            yield Moment(
                at=where.begin,
                kind="ask",
                key=key,
                stage="blocked",
                pairing=where.pairing.id,
                recipient=advisor,
                prompt=PROMPT,
            )


def _looked(where: Situation) -> Moment:
    start = f"{where.pairing.id}/blocked/looked/"
    looked = sorted(at for key, at in where.pairing.decided.items() if key.startswith(start))
    since = declarer(where)[1]
    last = next((at for at in reversed(looked) if at >= since), None)
    has_advisor = any(where.person(id_).status == "active" for id_ in where.pairing.advisors)
    at = last + AGAIN if last else since + AGAIN if has_advisor else since
    return _silent(where, "wait" if has_advisor else "undecided", f"looked/{len(looked)}", at)


def _silent(where: Situation, kind: str, name: str, at: datetime) -> Moment:
    key = f"{where.pairing.id}/blocked/{name}"
    return Moment(at=at, kind=kind, key=key, stage="blocked", pairing=where.pairing.id)
