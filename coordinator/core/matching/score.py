"""How well two people fit: a whole number from what both said. What nobody said counts nothing.

No term looks at seniority or title beyond the band, and none at how rare somebody's time is: more hours offered never
lower a score, fewer never raise it. Rules are not looked at here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coordinator.core.matching.profile import Profile
from coordinator.core.matching.settings import TERMS, TOP_GOALS, Band, Matching
from coordinator.core.matching.vocabulary import Topic, Vocabulary, meet

FAR = 8
"""Hours between two time zones at which nothing is left of the credit for being near."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Why two people fit. credits: term → 0 to 100. similar, different: (attribute, what the mentor said), best first.

    covered, uncovered: the mentee's first goals that the mentor does and does not offer to help with.
    kind: "full" when each of them is covered, "partial", "uncovered" when not even the first one is (ACHE-19), "open"
    when the mentee named none. gap: years that the mentor has more, None when unsaid. wanted: a field the mentee wants
    and the mentor can lead to.
    """

    score: int
    credits: Mapping[str, int]
    similar: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    gap: float | None
    wanted: str
    kind: str


def fit(matching: Matching, mentor: Profile, mentee: Profile) -> Fit:
    words = matching.vocabulary
    similar, different = tuple(_similar(words, mentor, mentee)), tuple(_different(words, mentor, mentee))
    covered = tuple(goal for goal in mentee.sought[:TOP_GOALS] if covers(words, mentor, goal))
    wanted = next((name for name in mentee.wanted if leads_to(words, mentor, name)), "")
    credits_ = {
        "gap": gap_credit(matching.band, gap_of(mentor, mentee), levels=matching.levels),
        "goals": goals_credit([goal in covered for goal in mentee.sought[:TOP_GOALS]]),
        "field": 100 * bool(wanted),
        "similarity": 100 * bool(similar),
        "difference": 100 * bool(different),
        "place": 100 * is_near(words, mentor, mentee),
        "time": time_credit(words, mentor, mentee),
    }
    return Fit(
        score=sum(matching.weights.get(term, 0) * credits_[term] for term in TERMS),
        credits=credits_,
        similar=similar,
        different=different,
        covered=covered,
        uncovered=tuple(goal for goal in mentee.sought[:TOP_GOALS] if goal not in covered),
        gap=gap_of(mentor, mentee),
        wanted=wanted,
        kind=_kind(mentee.sought[:TOP_GOALS], covered),
    )


def _kind(goals: tuple[str, ...], covered: tuple[str, ...]) -> str:
    if not goals:
        return "open"
    if goals[0] not in covered:
        return "uncovered"
    return "full" if set(goals) == set(covered) else "partial"


def gap_of(mentor: Profile, mentee: Profile) -> float | None:
    return None if mentor.years is None or mentee.years is None else mentor.years - mentee.years


def gap_credit(band: Band, gap: float | None, *, levels: bool) -> int:
    """0 to 100: full within the band, less on both sides of it (AHE-33). Among peers either may have more years."""
    if gap is None:
        return 0
    if not levels:
        gap = max(abs(gap), band.low)
    if gap <= 0 or gap >= band.end:
        return 0
    if gap < band.low:
        return round(100 * gap / band.low)
    return 100 if gap <= band.high else round(100 * (band.end - gap) / (band.end - band.high))


def goals_credit(covered: list[bool]) -> int:
    """0 to 100; the first goal counts double."""
    return sum(share for share, is_covered in zip(goal_shares(len(covered)), covered, strict=True) if is_covered)


def goal_shares(goals: int) -> tuple[int, ...]:
    """What each of so many goals is worth, 100 together."""
    return ((), (100,), (67, 33), (50, 25, 25))[goals]


def covers(words: Vocabulary, mentor: Profile, goal: str) -> bool:
    """Whether the mentor offers to help with one of the things that the goal is about."""
    return _any_meet(words.topics(goal), words.topics_of(mentor.offered))


def leads_to(words: Vocabulary, mentor: Profile, wanted: str) -> bool:
    """Whether the mentor works in that field, or offers to help towards it (ACHE-18)."""
    return _any_meet(words.topics(wanted), words.topics_of((mentor.field, *mentor.offered)))


def _any_meet(some: tuple[Topic, ...], others: tuple[Topic, ...]) -> bool:
    return any(meet(a, b) for a in some for b in others)


def _similar(words: Vocabulary, mentor: Profile, mentee: Profile) -> Iterator[tuple[str, str]]:
    """What they share, the most telling first (ACHE-23)."""
    own = frozenset(words.topics_of(mentee.experience))
    for said in mentor.experience:
        if not own.isdisjoint(words.topics(said)):
            yield "experience", said
    for attribute in ("field", "role", "site"):
        if shares(words, getattr(mentor, attribute), getattr(mentee, attribute)):
            yield attribute, getattr(mentor, attribute)


def _different(words: Vocabulary, mentor: Profile, mentee: Profile) -> Iterator[tuple[str, str]]:
    """What the mentor brings; never a title, which would reward seniority (AHE-34)."""
    own = frozenset(words.topics_of(mentee.experience))
    for attribute in ("field", "site"):
        one, other = getattr(mentor, attribute), getattr(mentee, attribute)
        if words.topics(one) and words.topics(other) and not shares(words, one, other):
            yield attribute, one
    for said in mentor.experience:
        if own and words.topics(said) and own.isdisjoint(words.topics(said)):
            yield "experience", said


def shares(words: Vocabulary, one: str, other: str) -> bool:
    """Whether both name the same thing."""
    return not frozenset(words.topics(one)).isdisjoint(words.topics(other))


def is_near(words: Vocabulary, mentor: Profile, mentee: Profile) -> bool:
    return shares(words, mentor.site, mentee.site)


def time_credit(words: Vocabulary, mentor: Profile, mentee: Profile) -> int:
    """0 to 100: half for near time zones, half for hours at which both are free."""
    free = frozenset(words.topics_of(mentor.availability)) & frozenset(words.topics_of(mentee.availability))
    return zone_credit(mentor.offset, mentee.offset) + 50 * bool(free)


def zone_credit(one: float | None, other: float | None) -> int:
    """0 to 50."""
    return 0 if one is None or other is None else max(0, round(50 * (1 - abs(one - other) / FAR)))
