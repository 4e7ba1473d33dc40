"""Talks for which no time was found in two rounds: whoever is to take part hears of it."""

from collections.abc import Iterable, Iterator

from coordinator.core.meeting import Call
from coordinator.core.records import Participant


def stuck_calls(people: Iterable[Participant], advisor: str) -> Iterator[tuple[Participant, Call]]:
    """Those of the advisor, with the person who was offered the times."""
    for person in people:
        for call in person.calls:
            if call.closed == "stuck" and advisor in call.people:
                yield person, call
