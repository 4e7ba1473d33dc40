"""People made for a test of matching, and the shipped program's way of matching them."""

from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from coordinator import programs
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.settings import Matching

TOPICS = ("leadership", "budgeting", "waste", "networking", "pottery", "quality", "informatics")
FIELDS = ("", "ICU", "IT", "housekeeping", "nursing")
SITES = ("", "Elm", "Oak", "Ash")
ROLES = ("", "technician", "manager", "director")
EXPERIENCES = ("night shifts", "veteran", "rural hospital", "first in the family to study")
HOURS = ("mornings", "evenings", "weekends")


@cache
def shipped() -> Matching:
    """As `base` matches."""
    return programs.load("base", own=None).matching


def person(id_: str, **said: Any) -> Profile:
    return Profile(id=id_, **said)


def mentors() -> st.SearchStrategy[Profile]:
    return _people("mentor")


def mentees() -> st.SearchStrategy[Profile]:
    return _people("mentee")


def _people(id_: str) -> st.SearchStrategy[Profile]:
    return st.builds(
        person,
        st.just(id_),
        years=st.none() | st.integers(0, 45).map(float),
        field=st.sampled_from(FIELDS),
        wanted=_some(FIELDS[1:], 2),
        site=st.sampled_from(SITES),
        role=st.sampled_from(ROLES),
        languages=_some(("en", "es", "de"), 3),
        offset=st.none() | st.sampled_from((-8.0, -5.0, 0.0, 1.0, 5.5)),
        offered=_some(TOPICS, 5),
        sought=_some(TOPICS, 4),
        experience=_some(EXPERIENCES, 3),
        availability=_some(HOURS, 3),
    )


def _some(words: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=most, unique=True).map(tuple)


def crowd(chance: Any, mentees_: int, mentors_: int, *, seats: int = 3) -> tuple[list[Profile], list[Profile]]:
    """(mentors, mentees) who say this and that. chance: a `random.Random` with a seed."""

    def one(id_: str) -> Profile:
        return person(
            id_,
            years=chance.choice((None, *range(40))),
            field=chance.choice(FIELDS),
            wanted=tuple(chance.sample(FIELDS[1:], chance.randint(0, 1))),
            site=chance.choice(SITES),
            role=chance.choice(ROLES),
            languages=tuple(chance.sample(("en", "es", "de"), chance.randint(0, 2))),
            offset=chance.choice((None, -5.0, 0.0, 1.0)),
            offered=tuple(chance.sample(TOPICS, chance.randint(0, 4))),
            sought=tuple(chance.sample(TOPICS, chance.randint(0, 4))),
            experience=tuple(chance.sample(EXPERIENCES, chance.randint(0, 2))),
            availability=tuple(chance.sample(HOURS, chance.randint(0, 2))),
        )

    helpers = [replace(one(f"m{n}"), capacity=chance.randint(0, seats)) for n in range(mentors_)]
    return helpers, [one(f"e{n}") for n in range(mentees_)]
