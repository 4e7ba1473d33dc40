"""Matching: time and quality beside another solver and another program, on the same invented people."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any

from benchmarks.crowds import people
from benchmarks.measure import peak_mb
from benchmarks.table import Bar
from coordinator import programs
from coordinator.core.matching.assign import assigned
from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import broken
from coordinator.core.matching.score import fit
from coordinator.core.matching.settings import Matching

SIZES: Mapping[str, tuple[int, ...]] = {"small": (60,), "usual": (200, 2000), "full": (200, 2000, 10_000)}
KINDS = (("", "total", False), (".worst", "worst", False), (".stable", "stable", False), (".scarce", "total", True))
GOALS = {200: 0.1, 2000: 2.0, 10_000: 60.0}


def run(*, size: str) -> list[Bar]:
    bars = []
    for mentees in SIZES[size]:
        # A process of its own each, so that one's memory is not counted with another's.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            bars += alone.submit(_of_size, mentees).result()
    return [*bars, *_beside_others(SIZES[size][0])]


def _of_size(mentees: int) -> list[Bar]:
    matching = programs.load("base", own=None).matching
    bars = []
    for kind, mode, scarce in KINDS:
        if kind and mentees > 2000:
            continue
        mentors, seekers = people(mentees, matching.vocabulary, scarce=scarce)
        seconds, found = _timed(lambda m=mentors, s=seekers, how=mode: assigned(Crowd(matching, m), s, how))
        scores = [found.edges[k][place] for k, place in enumerate(found.mates) if place >= 0]
        what = f"{mode}{', a seat for two of three' if scarce else ''}"
        told = f"{seconds:7.3f} s, {len(scores)} pairs, sum {sum(scores)}, worst {min(scores)}"
        print(f"  {mentees:>6} mentees, {what:<28}{told}")
        goal = GOALS.get(mentees)
        bars.append(Bar(name=f"matching.{mentees}{kind}", value=seconds, goal=goal, unit="s CPU"))
        if not kind:
            peak = peak_mb()
            bars.append(Bar(name=f"matching.{mentees}.peak", value=peak, goal=1000, unit="MB"))
        del found, scores  # millions of pairs that the next kind need not carry along
    return bars


def _timed(what: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """The least of several runs, in seconds of CPU: nothing here waits, and other work is not counted."""
    gc.collect()
    least, found = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        found = what()
        least = min(least, time.process_time() - began)
    return least, found


def _beside_others(mentees: int) -> list[Bar]:
    matching = programs.load("base", own=None).matching
    mentors, seekers = people(mentees, matching.vocabulary)
    seconds, found = _timed(lambda: assigned(Crowd(matching, mentors), seekers, "total"), 3)
    total = sum(found.edges[k][place] for k, place in enumerate(found.mates) if place >= 0)
    bars: list[Bar] = []
    if find_spec("networkx") is None or find_spec("matching") is None:
        print("  networkx or mentor-match is not installed: no comparison (pip install -e '.[dev]')")
        return bars
    theirs, flow = _timed(lambda: _by_flow(matching, mentors, seekers))
    print(f"  network simplex of networkx: {theirs:.2f} s, sum {flow}; ours {seconds:.3f} s, sum {total}")
    bars.append(
        Bar(name="matching.short_of_optimum", value=1 + 100 * (flow - total) / flow, goal=1, unit="1 + % short")
    )
    lookup, _ = _timed(lambda: _by_mentor_match(matching, mentors, seekers, is_scored=True))
    theirs, other = _timed(lambda: _by_mentor_match(matching, mentors, seekers, is_scored=False))
    print(f"  mentor-match: {theirs:.2f} s with our score as its rule, sum {other}, one mentee a mentor")
    print(f"    ours {theirs / seconds:.0f} × faster; {lookup / seconds:.0f} × if it is given all scores for nothing")
    bars.append(Bar(name="matching.of_mentor_match", value=seconds / theirs, goal=1 / 20, unit="× its time"))
    one_each, same = _one_each(matching, mentors, seekers)
    print(f"    with one seat a mentor, as there: ours {one_each:.3f} s, sum {same}")
    bars.append(Bar(name="matching.total_of_mentor_match", value=other / total, goal=1, unit="× our sum"))
    return bars


def _one_each(matching: Matching, mentors: Sequence[Profile], seekers: Sequence[Profile]) -> tuple[float, int]:
    from dataclasses import replace

    single = [replace(mentor, capacity=1) for mentor in mentors]
    together = [replace(seeker, waiting=None) for seeker in seekers]
    seconds, found = _timed(lambda: assigned(Crowd(matching, single), together, "total"))
    return seconds, sum(found.edges[k][place] for k, place in enumerate(found.mates) if place >= 0)


def _by_flow(matching: Matching, mentors: Sequence[Profile], seekers: Sequence[Profile]) -> int:
    """The largest sum over all pairs, by minimum-cost flow."""
    import networkx

    crowd, net = Crowd(matching, mentors), networkx.DiGraph()
    net.add_node("end", demand=len(seekers))
    most = matching.best * len(seekers) + 1
    for seeker in seekers:
        net.add_node(seeker.id, demand=-1)
        net.add_edge(seeker.id, "end", capacity=1, weight=most)
        for mentor, score in zip(mentors, crowd.scores(seeker), strict=True):
            if score is not None:
                net.add_edge(seeker.id, mentor.id, capacity=1, weight=-score)
    for mentor in mentors:
        net.add_edge(mentor.id, "end", capacity=mentor.capacity, weight=0)
    _, flows = networkx.network_simplex(net)
    return sum(
        -net.edges[s.id, other]["weight"] * n for s in seekers for other, n in flows[s.id].items() if other != "end"
    )


def _by_mentor_match(
    matching: Matching, mentors: Sequence[Profile], seekers: Sequence[Profile], *, is_scored: bool
) -> int:
    """The sum that mentor-match reaches with our rules and score. is_scored: all scores are known beforehand."""
    from matching.match import Match
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data

    crowd, by_id = Crowd(matching, mentors), {p.id: p for p in (*mentors, *seekers)}
    known = {s.id: dict(zip((m.id for m in mentors), crowd.scores(s), strict=True)) for s in seekers}

    class Own:
        """A rule as that package wants it: asked for each pair."""

        def evaluate(self, match: Match) -> bool:
            return self._score(match) is not None

        def apply(self, match: Match) -> int:
            score = self._score(match)
            match.disallowed = score is None
            return score or 0

        def _score(self, match: Match) -> int | None:
            if is_scored:
                return known[match.mentee.email][match.mentor.email]
            mentor, mentee = by_id[match.mentor.email], by_id[match.mentee.email]
            return None if broken(matching, mentor, mentee) else fit(matching, mentor, mentee).score

    theirs = [Mentor(email=m.id, grade=1) for m in mentors]
    _, found = process_data(theirs, [Mentee(email=s.id, grade=1) for s in seekers], [[Own()]])
    return sum(known[mentee.email][mentor.email] or 0 for mentee in found for mentor in mentee.mentors)
