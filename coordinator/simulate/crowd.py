"""Crowds of invented people, of any size."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from math import gcd

from coordinator.simulate.cast import OTHERS, TEMPERAMENTS
from coordinator.simulate.persona import Persona, Temperament

_FIRST = (
    *("Ada", "Bram", "Cleo", "Dino", "Edda", "Faye", "Gus", "Hugo", "Ines", "Jada"),
    *("Kofi", "Lena", "Milo", "Nora", "Otto", "Pia", "Quin", "Rosa", "Seth", "Thea"),
)
_LAST = (
    *("Abel", "Brook", "Cole", "Dale", "Ekman", "Frost", "Gray", "Hale", "Irwin", "Jones"),
    *("Kerr", "Lund", "Marlow", "Nash", "Orr", "Penn", "Quill", "Reed", "Stone"),
)
_ZONES = ("America/Chicago", "America/New_York", "America/Denver", "Europe/Madrid", "America/Los_Angeles")


def crowd(pairs: int, joined: date, names: Sequence[str] = ()) -> Iterator[tuple[Persona, Persona]]:
    """(mentor, mentee) as often as asked for; temperaments, clients and zones go round. names: of temperaments.

    Each time that all temperaments were mentors they get other mentees: the second time their own kind.
    """
    every = {**TEMPERAMENTS, **OTHERS}
    temperaments = tuple(every[name] for name in names or TEMPERAMENTS)
    many = len(temperaments)
    # Whatever divides their number too would leave some of them out.
    step = next(step for step in count(7) if gcd(step, many) == 1)
    for index in range(pairs):
        place = 2 * index * step
        mentor = _somebody(2 * index, "mentor", joined, temperaments, place)
        mentee = _somebody(2 * index + 1, "mentee", joined, temperaments, place + step * (1 - index // many))
        yield replace(mentor, partner=mentee.sender), replace(mentee, partner=mentor.sender)


def _somebody(number: int, role: str, joined: date, temperaments: Sequence[Temperament], place: int) -> Persona:
    return Persona(
        first_name=_FIRST[number % len(_FIRST)],
        last_name=_LAST[number // len(_FIRST) % len(_LAST)],
        address=f"{role}{number}@example.org",
        temperament=temperaments[place % len(temperaments)],
        joined=joined,
        timezone=_ZONES[number // 2 % len(_ZONES)],
        work=("supply", "veterinary", "engineering")[number // 2 % 3],
        luck=(number * 37 % 100) / 100,
        meets=1.0 if temperaments[0].name == "example" else 0.85,
    )
