"""An answer that comes too late or once too often: nothing changes, and its writer hears that once."""

from coordinator.core.arrival import Arrival
from coordinator.core.frozen import replace
from coordinator.core.records import Letter
from coordinator.core.words import words_of


def say_once(arrival: Arrival, letter: Letter, name: str) -> None:
    """One kind line in a receipt, once for each letter however often it is answered.

    name: "late" (the letter is closed) or "used" (its yes has counted), a key of the words table `told`.
    """
    writer = arrival.writer
    key = f"{writer.id}/{name}/{letter.id}"
    if key in writer.decided:
        return
    arrival.cohort.put(replace(writer, decided={**writer.decided, key: arrival.now}))
    arrival.tell((str(words_of(arrival.context()).data["told"][name]),), arrival.writer, at_once=True)
