"""The solver against another one, with capacities, and by hand where words are clearer."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import networkx
import pytest

from coordinator.core.matching import assign
from coordinator.core.matching.assign import assigned, precedence
from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.repair import mended
from coordinator.core.matching.solve import ALONE, Assignment, solved
from coordinator.core.matching.stable import stable
from coordinator.core.matching.worst import worst
from tests.core.matching.some import crowd, shipped

DAY = datetime(2026, 1, 5, tzinfo=UTC)
Instance = tuple[list[dict[int, int]], list[int], list[int]]


def instance(seed: int, *, mentees: int = 14, mentors: int = 9) -> Instance:
    """(edges, seats, cost of staying alone): few and many seats, thin and thick, with ties."""
    chance = random.Random(seed)
    thick, scores = chance.choice((0.15, 0.4, 0.9)), chance.choice((4, 100, 10_000))
    edges = [
        {mentor: chance.randint(0, scores) for mentor in range(mentors) if chance.random() < thick}
        for _ in range(chance.randint(1, mentees))
    ]
    most = scores * len(edges) + 1
    return edges, [chance.randint(0, 3) for _ in range(mentors)], [most * chance.randint(1, 5) for _ in edges]


def value(edges: Sequence[dict[int, int]], alone: Sequence[int], mates: Sequence[int]) -> int:
    return sum(edges[k][mentor] if mentor != ALONE else -alone[k] for k, mentor in enumerate(mates))


def largest(edges: Sequence[dict[int, int]], seats: Sequence[int], alone: Sequence[int]) -> int:
    """The same, found by the network simplex method of another library."""
    net = networkx.DiGraph()
    net.add_node("end", demand=len(edges))
    for mentee, own in enumerate(edges):
        net.add_node(("e", mentee), demand=-1)
        net.add_edge(("e", mentee), "end", capacity=1, weight=alone[mentee])
        for mentor, score in own.items():
            net.add_edge(("e", mentee), ("m", mentor), capacity=1, weight=-score)
    for mentor, free in enumerate(seats):
        net.add_edge(("m", mentor), "end", capacity=free, weight=0)
    return -int(networkx.network_simplex(net)[0])


def proved(edges: Sequence[dict[int, int]], seats: Sequence[int], alone: Sequence[int], found: Assignment) -> bool:
    """Whether the prices prove that nothing better exists, and nobody has more mentees than seats."""
    loads = [found.mate.count(mentor) for mentor in range(len(seats))]
    fits = all(load <= free for load, free in zip(loads, seats, strict=True))
    free = all(found.prices[j] == 0 for j, load in enumerate(loads) if load < seats[j])
    bound = all(
        found.gains[k] + found.prices[j] >= s for k, own in enumerate(edges) for j, s in own.items() if seats[j]
    )
    tight = all(found.gains[k] + found.prices[j] == edges[k][j] for k, j in enumerate(found.mate) if j != ALONE)
    left = all(found.gains[k] == -alone[k] for k, j in enumerate(found.mate) if j == ALONE)
    above = all(found.gains[k] >= -alone[k] for k in range(len(edges)))
    return fits and free and bound and tight and left and above and min(found.prices, default=0) >= 0


@pytest.mark.parametrize("seed", range(100))
def test_the_sum_is_what_a_minimum_cost_flow_finds_on_the_same_edges(seed: int):
    edges, seats, alone = instance(seed)
    found = solved(edges, seats, alone)
    assert value(edges, alone, found.mate) == largest(edges, seats, alone)
    assert proved(edges, seats, alone, found)


@pytest.mark.parametrize("seed", range(100))
def test_what_is_learned_later_ends_in_the_same_sum(seed: int):
    """All at once, as after a first look, and one mentee after another."""
    edges, seats, alone = instance(seed)
    chance = random.Random(seed)
    later = [{j: own.pop(j) for j in list(own) if chance.random() < 0.5} for own in edges]
    more = {mentee: own for mentee, own in enumerate(later) if own}
    found = solved(edges, seats, alone)
    rounds = [more] if seed % 2 else [{mentee: own} for mentee, own in more.items()]
    for one in rounds:
        mended(one, found)
        assert proved(found.edges, seats, alone, found)
    edges = found.edges
    assert value(edges, alone, found.mate) == largest(edges, seats, alone)


def waiting(chance: random.Random, people: Sequence[Any]) -> list[Any]:
    return [replace(p, waiting=DAY + timedelta(days=chance.randint(0, 3))) for p in people]


@pytest.mark.parametrize("seed", range(40))
def test_looking_at_the_likely_pairs_first_misses_nothing(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assign, "LIKELY", 3)
    monkeypatch.setattr(assign, "MORE", 2)
    chance = random.Random(seed)
    helpers, seekers = crowd(chance, 24, 12, seats=seed % 3 + 1)
    seekers, ready = waiting(chance, seekers), Crowd(shipped(), helpers)
    found = assigned(ready, seekers, "total")
    edges = [{j: s for j, s in enumerate(ready.scores(m)) if s is not None} for m in seekers]
    alone = [(ready.highest * len(seekers) + 1) * early for early in precedence(seekers)]
    assert value(edges, alone, found.mates) == largest(edges, [m.seats for m in helpers], alone)


@pytest.mark.parametrize("seed", range(60))
def test_nobody_who_waits_longer_stays_alone_for_somebody_who_came_later(seed: int):
    """Whoever stays alone could only be placed if one who waits as long or longer left."""
    edges, seats, _ = instance(seed, mentees=20, mentors=6)
    chance = random.Random(seed)
    early = [chance.randint(1, 4) for _ in edges]
    most = 10_000 * len(edges) + 1
    found = solved(edges, seats, [most * one for one in early])
    placed_ = {k for k, mentor in enumerate(found.mate) if mentor != ALONE}
    for mentee in set(range(len(edges))) - placed_:
        kept = {k for k in placed_ if early[k] >= early[mentee]} | {mentee}
        only = [own if k in kept else {} for k, own in enumerate(edges)]
        assert solved(only, seats, [most] * len(edges)).mate.count(ALONE) > len(edges) - len(kept)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("days", [1, 4])
def test_the_worst_pair_cannot_be_better_without_leaving_somebody_alone(seed: int, days: int):
    edges, seats, _ = instance(seed)
    early = [random.Random(seed).randint(1, days) for _ in edges]
    highest = max((s for own in edges for s in own.values()), default=0)
    bound = worst(lambda one, least: [j for j, s in edges[one].items() if s >= least], highest, seats, early)

    def many(least: int) -> int:
        good = [{j: s for j, s in own.items() if s >= least} for own in edges]
        mates = solved(good, seats, [10**9 * one for one in early]).mate
        return sum(early[k] for k, m in enumerate(mates) if m != ALONE)

    assert many(bound) == many(0)
    better = sorted({s for own in edges for s in own.values() if s > bound})
    assert not better or not many(0) or many(better[0]) < many(0)


@pytest.mark.parametrize("seed", range(60))
def test_in_a_stable_set_no_two_would_rather_have_each_other(seed: int):
    edges, seats, _ = instance(seed)
    wishes = [sorted(own.items(), key=lambda one: (-one[1], one[0])) for own in edges]
    mates = stable(wishes, seats, [1] * len(edges))
    for mentee, own in enumerate(edges):
        for mentor, score in own.items():
            here = [edges[k][mentor] for k, mate in enumerate(mates) if mate == mentor]
            wants = mates[mentee] == ALONE or score > own[mates[mentee]]
            would = seats[mentor] and (len(here) < seats[mentor] or min(here) < score)
            assert not (wants and would)
            assert len(here) <= seats[mentor]


def test_the_longest_waiting_come_first_and_those_without_a_day_last():
    _, seekers = crowd(random.Random(1), 3, 1)
    days = (DAY, None, DAY - timedelta(days=9))
    assert precedence([replace(s, waiting=d) for s, d in zip(seekers, days, strict=True)]) == [2, 1, 3]


@pytest.mark.parametrize("mode", ["total", "worst", "stable"])
def test_the_same_people_give_the_same_pairs(mode: str):
    helpers, seekers = crowd(random.Random(3), 15, 12)
    assert assigned(Crowd(shipped(), helpers), seekers, mode) == assigned(Crowd(shipped(), helpers), seekers, mode)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("mode", ["worst", "stable"])
def test_looking_at_the_likely_pairs_first_misses_nothing_in_the_other_modes(
    seed: int, mode: str, monkeypatch: pytest.MonkeyPatch
):
    """The same pairs of equal worth as with everybody looked at from the start."""
    monkeypatch.setattr(assign, "MORE", 2)
    chance = random.Random(seed)
    helpers, seekers = crowd(chance, 24, 12, seats=seed % 3 + 1)
    seekers, ready = waiting(chance, seekers), Crowd(shipped(), helpers)
    found = []
    for likely in (3, len(helpers) + 1):
        monkeypatch.setattr(assign, "LIKELY", likely)
        mates = assigned(ready, seekers, mode).mates
        scores = [ready.scores(m)[j] for m, j in zip(seekers, mates, strict=True) if j != ALONE]
        found.append((mates if mode == "stable" else None, len(scores), min(scores), sum(scores)))
    assert found[0] == found[1]


def test_a_pair_that_reaches_the_score_is_found_though_many_below_it_would_be_worth_more():
    """Prices make low scores look good; where a bound leaves these out, the others must not be forgotten."""
    helpers, seekers = crowd(random.Random(6), 20, 30)
    ready, mentee = Crowd(shipped(), helpers), seekers[0]
    scores = {place: score for place, score in enumerate(ready.scores(mentee)) if score is not None}
    best = max(scores, key=lambda place: scores[place])
    prices = [3000 if place == best else 0 for place in range(len(helpers))]
    assert set(ready.better(mentee, -(10**6), ready.priced(prices), 1, scores[best])) == {best}
