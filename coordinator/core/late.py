"""An answer that comes too late, once too often or from elsewhere: nothing changes, and somebody hears that once."""

from coordinator.core.arrival import Arrival
from coordinator.core.frozen import replace
from coordinator.core.records import Letter, Participant
from coordinator.core.words import words_of

ASKING = ("prompt", "nudge")
"""Purposes of letters that an answer is expected to."""


def say_once(arrival: Arrival, letter: Letter, name: str) -> None:
    """One kind line in a receipt, once for each letter however often it is answered.

    name: "late" (the letter is closed) or "used" (its yes has counted), a key of the words table `told`.
    """
    _say(arrival, letter, name, arrival.writer)


def warn_once(arrival: Arrival, letter: Letter) -> None:
    """Tells whoever a letter went to that an answer came from an address that is not theirs; never whose it is.

    Of a receipt nobody is told, since this comes in one: a robot behind a forwarded address would keep it going.
    """
    person = arrival.cohort.participant(letter.recipient)
    if (
        person is not None
        and letter.purpose in ASKING
        and person.consent is not None
        and person.status in ("active", "paused")
    ):
        _say(arrival, letter, "elsewhere", person)


def _say(arrival: Arrival, letter: Letter, name: str, person: Participant) -> None:
    key = f"{person.id}/{name}/{letter.id}"
    if key in person.decided or not arrival.reading.answerable:
        return
    arrival.cohort.put(replace(person, decided={**person.decided, key: arrival.now}))
    line = str(words_of(arrival.context(person)).data["told"][name])
    arrival.tell((line,), person, at_once=True, to=person.id)
