"""A pair on which somebody must decide before anything goes on: its advisors are asked, and nobody else hears of it."""

from collections.abc import Iterator

from coordinator.core.moments import Moment, Situation

PROMPT = "conflict-of-interest"


def blocked(where: Situation) -> Iterator[Moment]:
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
