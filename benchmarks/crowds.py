"""Invented people for the benchmark of matching: as many fields, sites, goals and histories as a large society has."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coordinator.core.matching.profile import Profile
from coordinator.core.matching.vocabulary import Vocabulary

LANGUAGES = ("en", "es", "fr", "de")
ZONES = (-5.0, 0.0, 1.0, 5.5, 8.0)
DAY = datetime(2026, 1, 5, tzinfo=UTC)


def people(
    mentees: int, words: Vocabulary, *, seed: int = 1, scarce: bool = False
) -> tuple[tuple[Profile, ...], tuple[Profile, ...]]:
    """(mentors, mentees): two mentors for three mentees, one to three seats each; one each where seats are scarce."""
    chance = random.Random(seed)
    topics = sorted(words.same)
    wanted = [chance.paretovariate(1.5) for _ in topics]
    offered = [chance.paretovariate(2.0) for _ in topics]
    mentors = int(mentees / 1.5)
    helpers = [
        replace(_person(chance, f"m{n}", topics), years=float(chance.randint(3, 35)),
                offered=_some(chance, topics, offered, 5, 10), capacity=1 if scarce else chance.randint(1, 3),
                languages=("en", *(x for x in LANGUAGES[1:] if chance.random() < 0.3)))
        for n in range(mentors)
    ]  # fmt: skip
    seekers = [
        replace(_person(chance, f"e{n}", topics), years=float(chance.randint(0, 15)),
                sought=_some(chance, topics, wanted, 3, 5), waiting=DAY + timedelta(days=chance.randint(0, 60)),
                wanted=(chance.choice(topics),) if chance.random() < 0.3 else (),
                languages=(chance.choices(LANGUAGES, (7, 1, 1, 1))[0],))
        for n in range(mentees)
    ]  # fmt: skip
    return tuple(helpers), _entangled(chance, seekers, mentors)


def _person(chance: random.Random, id_: str, topics: Sequence[str]) -> Profile:
    return Profile(
        id=id_,
        field=chance.choice(topics),
        site=f"site {chance.randint(1, 40)}",
        role=f"role {chance.randint(1, 15)}",
        offset=chance.choice(ZONES),
        experience=tuple(f"past {chance.randint(1, 60)}" for _ in range(chance.randint(0, 2))),
        availability=tuple(chance.sample(("mornings", "midday", "afternoons", "evenings", "weekends"), 2)),
    )


def _some(
    chance: random.Random, topics: Sequence[str], weights: Sequence[float], low: int, high: int
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chance.choices(topics, weights, k=chance.randint(low, high))))


def _entangled(chance: random.Random, seekers: Sequence[Profile], mentors: int) -> tuple[Profile, ...]:
    """Three mentors each with whom a mentee was paired before, reports to, or has a conflict."""

    def somebody() -> str:
        return f"m{chance.randrange(mentors)}"

    return tuple(
        replace(one, earlier=frozenset({somebody()}), barred={somebody(): "manager"} | {somebody(): "conflict"})
        for one in seekers
    )
