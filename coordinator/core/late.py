"""An answer to a letter that is closed: nothing changes, a human looks, and its writer hears that once."""

from dataclasses import replace

from coordinator.core.arrival import Arrival
from coordinator.core.words import words_of

ENGLISH = "that mail of mine is closed by now, so I changed nothing; a person looks at your answer"


def say_it_is_late(arrival: Arrival) -> None:
    """One kind line in a receipt, once for each letter however often it is answered."""
    letter, writer = arrival.found.letter, arrival.writer
    key = f"{writer.id}/late/{letter.id if letter else ''}"
    if key in writer.decided:
        return
    arrival.cohort.put(replace(writer, decided={**writer.decided, key: arrival.now}))
    line = str(words_of(arrival.context()).data.get("told", {}).get("late", ENGLISH))
    arrival.tell((line,), arrival.writer, at_once=True)
