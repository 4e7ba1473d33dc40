"""Scoring all mentors at once says what scoring each of them says."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.expressions import parsed
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import broken
from coordinator.core.matching.score import fit
from coordinator.core.matching.settings import Matching, Rule
from tests.core.matching.some import crowd, shipped

RULES = (
    "mentor.years >= 5",
    "mentor.site != mentee.site or mentor.years - mentee.years > 3",
    "not (mentor.field == mentee.field) and mentor.offered shares mentee.sought",
    '"en" in mentor.languages',
)
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def entangled(chance: random.Random, people: list[Profile], others: list[Profile]) -> list[Profile]:
    """The same people with histories, conflicts and waivers among them."""
    changed = []
    for one in people:
        other = chance.choice(others).id
        changes = chance.choice((
            {},
            {"earlier": frozenset({other})},
            {"barred": {other: "manager"}},
            {"barred": {other: "conflict"}},
            {"waived": frozenset({f"level/{other}", f"manager/{other}", f"earlier/{other}"})},
            {"waived": frozenset({"level", "r0"})},
            {"waived": frozenset({"language", "conflict", f"r1/{other}"})},
        ))  # fmt: skip
        changed.append(replace(one, **changes))
    return changed


@pytest.mark.parametrize("seed", range(12))
def test_a_crowd_says_what_score_and_rules_say_for_each_pair(seed: int):
    chance = random.Random(seed)
    helpers, seekers = crowd(chance, 12, 17)
    helpers, seekers = entangled(chance, helpers, seekers + helpers), entangled(chance, seekers, helpers)
    rules = tuple(Rule(id=f"r{n}", must=must, expression=parsed(must)) for n, must in enumerate(RULES) if seed >> n & 1)
    matching = replace(shipped(), rules=rules, levels=seed % 3 > 0)
    both = replace(seekers[0], id=helpers[0].id)
    for mentee in (*seekers, both):
        expected = [
            None if broken(matching, mentor, mentee) else fit(matching, mentor, mentee).score for mentor in helpers
        ]
        assert Crowd(matching, helpers).scores(mentee) == expected


@pytest.mark.parametrize("turn", [0, 1, 7, 40])
def test_the_best_are_the_best_whoever_is_looked_at_first(turn: int):
    helpers, seekers = crowd(random.Random(5), 20, 30)
    ready = Crowd(shipped(), helpers)
    for mentee in seekers:
        scores = {place: score for place, score in enumerate(ready.scores(mentee)) if score is not None}
        found = ready.best(mentee, 6, turn=turn)
        assert all(scores[place] == score for place, score in found.items())
        assert sorted(found.values()) == sorted(scores.values())[-6:]


def test_whoever_is_worth_more_at_given_prices_is_found_and_nobody_else():
    helpers, seekers = crowd(random.Random(6), 20, 30)
    ready, chance = Crowd(shipped(), helpers), random.Random(7)
    prices = [chance.choice((0, 0, 500, 3000, 10**9)) for _ in helpers]
    for mentee in seekers:
        for gain in (-(10**12), 0, 2000, 4000):
            worth = {place: score for place, score in enumerate(ready.scores(mentee)) if score is not None}
            expected = {place: score for place, score in worth.items() if score - prices[place] > gain}
            assert ready.better(mentee, gain, ready.priced(prices), 99) == expected


def test_a_program_without_rules_and_a_crowd_of_nobody_are_fine():
    assert Crowd(Matching(), ()).best(Profile(id="e"), 5) == {}
    assert Crowd(Matching(), ()).scores(Profile(id="e")) == []
