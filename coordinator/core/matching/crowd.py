"""The scores of one mentee with every mentor at once; for each pair exactly what `score` and `rules` say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from typing import Any

from coordinator.core.matching.index import Index
from coordinator.core.matching.judges import APART, judges, waived_with
from coordinator.core.matching.lanes import Lanes
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import BUILT_IN, is_waived
from coordinator.core.matching.score import gap_credit, gap_of, goal_shares, zone_credit
from coordinator.core.matching.settings import TOP_GOALS, Matching
from coordinator.core.matching.vocabulary import Topic

_TIE = 24
"""Bits behind a score for the place of its mentor, so that equal scores are told apart."""
_ROOM = 64 * 1024 * 1024
"""Bytes for rows that are asked for again."""
_KEPT = 512
"""So many columns of a kind are remembered: each takes 8 bytes a mentor."""


@dataclass(frozen=True, kw_only=True)
class Priced:
    """What each mentor costs; column: the same side by side, the cheaper, the more."""

    prices: Sequence[int]
    dearest: int
    column: int


class Crowd:
    """The mentors of a pool, ready to be scored for one mentee after another."""

    def __init__(self, matching: Matching, mentors: Sequence[Profile]) -> None:
        self.mentors = tuple(mentors)
        self._matching = matching
        self._lanes = Lanes(len(self.mentors))
        self._rows: dict[str, tuple[Profile, int]] = {}
        self._judges = tuple(judges(matching))
        # What many mentees have in common is worked out once.
        self._gap = lru_cache(_KEPT)(self._gap_column)
        self._zone = lru_cache(_KEPT)(self._zone_column)
        self._meeting = lru_cache(_KEPT)(self._meeting_ones)
        self._same = lru_cache(_KEPT)(self._same_ones)
        self._bringing = lru_cache(_KEPT)(self._bringing_ones)
        self._passing = lru_cache(_KEPT)(self._passing_ones)

    @property
    def highest(self) -> int:
        """No score is higher."""
        return self._matching.best

    def scores(self, mentee: Profile) -> list[int | None]:
        """For each mentor the score, None where a rule bars the two."""
        return [value - 1 if value else None for value in self._lanes.numbers(self._row(mentee))]

    def best(self, mentee: Profile, most: int, *, turn: int = 0) -> dict[int, int]:
        """The best mentors who are not barred: place → score.

        turn: another start for each mentee, so that not all of them are given the same few of many equal ones.
        """
        size, row = len(self.mentors), self._row(mentee)
        turn %= max(1, size)
        value = ((row << _TIE) + self._lanes.turned(turn)) & self._lanes.whole(self._lanes.filled(row))
        least = self._matching.least
        found = {}
        for number in nlargest(most, self._lanes.numbers(value)):
            score = (number >> _TIE) - 1
            if score >= least:
                found[((number & ((1 << _TIE) - 1)) + turn) % size] = score
        return found

    def better(self, mentee: Profile, gain: int, priced: Priced, most: int, least: int = 0) -> dict[int, int]:
        """Mentors worth more than `gain` at these prices, with no lower score than `least`: place → score."""
        row = self._row(mentee)
        bound = max(0, gain + priced.dearest + 1)
        worth = (row + priced.column) & self._lanes.whole(self._lanes.filled(row))
        # Hardly anybody has a better pair once the prices are nearly right; then nothing need be taken apart.
        if not self._lanes.is_above(worth, bound):
            return {}
        least = max(least, self._matching.least)
        above = ((v, place) for place, v in enumerate(self._lanes.numbers(worth)) if v > bound)
        scored = ((v, place, v - 1 - priced.dearest + priced.prices[place]) for v, place in above)
        return {place: score for _, place, score in nlargest(most, (one for one in scored if one[2] >= least))}

    def priced(self, prices: Sequence[int]) -> Priced:
        dearest = max(prices, default=0)
        column = self._lanes.column(dearest - price for price in prices)
        return Priced(prices=prices, dearest=dearest, column=column)

    def bars(self, mentee: Profile) -> dict[str, int]:
        """Rule → how many mentors it keeps from a mentee, for those rules that keep any."""
        counts = {}
        for number, judge in enumerate(self._judges):
            kept = self._lanes.all & ~self._spared(judge.name, mentee, self._passing(number, judge.key(mentee)))
            counts[judge.name] = kept.bit_count()
        for rule, places in self._apart(mentee).items():
            counts[rule] = len(places)
        return {rule: count for rule, count in counts.items() if count}

    def _row(self, mentee: Profile) -> int:
        """In each mentor's lane the score and one more, 0 where they are barred; remembered while there is room."""
        known = self._rows.get(mentee.id)
        if known is not None and known[0] is mentee:
            return known[1]
        row = self._scored(mentee)
        if len(self._rows) < _ROOM // (8 * self._lanes.size + 100):
            self._rows[mentee.id] = (mentee, row)
        return row

    def _scored(self, mentee: Profile) -> int:
        weights, words = self._matching.weights, self._matching.vocabulary
        goals = mentee.sought[:TOP_GOALS]
        row = self._lanes.all + self._gap(mentee.years) * weights["gap"]
        for share, goal in zip(goal_shares(len(goals)), goals, strict=True):
            row += self._meeting("offered", words.topics(goal)) * (share * weights["goals"])
        row += self._meeting("leads", words.topics_of(mentee.wanted)) * (100 * weights["field"])
        row += self._similar(mentee) * (100 * weights["similarity"])
        row += self._different(mentee) * (100 * weights["difference"])
        row += self._same("site", words.topics(mentee.site)) * (100 * weights["place"])
        row += self._zone(mentee.offset) * weights["time"]
        row += self._same("availability", words.topics_of(mentee.availability)) * (50 * weights["time"])
        return row & self._lanes.whole(self._allowed(mentee))

    def _similar(self, mentee: Profile) -> int:
        words = self._matching.vocabulary
        return (
            self._same("experience", words.topics_of(mentee.experience))
            | self._same("field", words.topics(mentee.field))
            | self._same("role", words.topics(mentee.role))
            | self._same("site", words.topics(mentee.site))
        )

    def _different(self, mentee: Profile) -> int:
        words = self._matching.vocabulary
        found = self._bringing(frozenset(words.topics_of(mentee.experience)))
        for attribute in ("field", "site"):
            own = words.topics(getattr(mentee, attribute))
            if own:
                found |= self._sayers[attribute] & ~self._same(attribute, own)
        return found

    def _allowed(self, mentee: Profile) -> int:
        """1 in the lane of each mentor whom no rule bars."""
        found = self._lanes.all
        for number, judge in enumerate(self._judges):
            found &= self._spared(judge.name, mentee, self._passing(number, judge.key(mentee)))
        apart = {place for places in self._apart(mentee).values() for place in places}
        return found & ~self._lanes.ones(apart) if apart else found

    def _apart(self, mentee: Profile) -> dict[str, set[int]]:
        """Rule → places of those with whom a mentee has a history, a conflict, a manager, or who they are."""
        found: dict[str, set[int]] = {}
        near = {mentee.id, *mentee.barred, *mentee.earlier}
        places = {self._places[id_] for id_ in near if id_ in self._places} | self._naming.get(mentee.id, set())
        for place in places:
            for rule in APART:
                mentor = self.mentors[place]
                if not BUILT_IN[rule][0](self._matching, mentor, mentee) and not is_waived(rule, mentor, mentee):
                    found.setdefault(rule, set()).add(place)
        return found

    def _spared(self, rule: str, mentee: Profile, passing: int) -> int:
        """Those who pass, and those for whom an advisor waived the rule."""
        if rule in mentee.waived:
            return self._lanes.all
        places = {self._places[id_] for id_ in waived_with(mentee, rule) if id_ in self._places}
        places |= self._waivers.get(rule, set()) | self._waivers.get(f"{rule}/{mentee.id}", set())
        return passing | self._lanes.ones(places) if places else passing

    @cached_property
    def _places(self) -> dict[str, int]:
        return {mentor.id: place for place, mentor in enumerate(self.mentors)}

    @cached_property
    def _naming(self) -> dict[str, set[int]]:
        """Id → places of the mentors who know of a history or a conflict with them."""
        found: dict[str, set[int]] = {}
        for place, mentor in enumerate(self.mentors):
            for id_ in (*mentor.barred, *mentor.earlier):
                found.setdefault(id_, set()).add(place)
        return found

    @cached_property
    def _waivers(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for place, mentor in enumerate(self.mentors):
            for waived in mentor.waived:
                found.setdefault(waived, set()).add(place)
        return found

    @cached_property
    def _indexes(self) -> dict[str, Index]:
        words = self._matching.vocabulary
        said = {
            "offered": [words.topics_of(m.offered) for m in self.mentors],
            "leads": [words.topics_of((m.field, *m.offered)) for m in self.mentors],
            "experience": [words.topics_of(m.experience) for m in self.mentors],
            "availability": [words.topics_of(m.availability) for m in self.mentors],
            **{name: [words.topics(getattr(m, name)) for m in self.mentors] for name in ("field", "role", "site")},
        }
        return {name: Index(topics) for name, topics in said.items()}

    @cached_property
    def _sayers(self) -> dict[str, int]:
        """Those who said anything about a field, a site, an experience."""
        return {name: self._lanes.ones(self._indexes[name].everybody()) for name in ("field", "site", "experience")}

    def _meeting_ones(self, name: str, topics: tuple[Topic, ...]) -> int:
        return self._lanes.ones(self._indexes[name].meeting(topics))

    def _same_ones(self, name: str, topics: tuple[Topic, ...]) -> int:
        return self._lanes.ones(self._indexes[name].same(topics))

    def _bringing_ones(self, own: frozenset[Topic]) -> int:
        """Those with an experience that is not among these."""
        if not own:
            return 0
        words = self._matching.vocabulary
        sharing = set(self._indexes["experience"].same(own))
        bare = {
            place
            for place in sharing
            if all(
                not topics or not own.isdisjoint(topics) for topics in map(words.topics, self.mentors[place].experience)
            )
        }
        return self._sayers["experience"] & ~self._lanes.ones(bare)

    def _gap_column(self, years: float | None) -> int:
        matching, mentee = self._matching, Profile(id="", years=years)
        return self._lanes.column(
            gap_credit(matching.band, gap_of(m, mentee), levels=matching.levels) for m in self.mentors
        )

    def _zone_column(self, offset: float | None) -> int:
        return self._lanes.column(zone_credit(mentor.offset, offset) for mentor in self.mentors)

    def _passing_ones(self, number: int, key: tuple[Any, ...]) -> int:
        """Those who keep a rule with a mentee who said this."""
        judge = self._judges[number]
        mentee = Profile(id="", **dict(zip(judge.asks, key, strict=True)))
        known: dict[tuple[Any, ...], bool] = {}
        for mentor, said in zip(self.mentors, self._said[number], strict=True):
            if said not in known:
                known[said] = judge.verdict(mentor, mentee)
        return self._lanes.ones(place for place, said in enumerate(self._said[number]) if known[said])

    @cached_property
    def _said(self) -> list[list[tuple[Any, ...]]]:
        """For each rule what each mentor said of the things that it asks about."""
        return [[tuple(getattr(m, name) for name in judge.asks_mentor) for m in self.mentors] for judge in self._judges]
