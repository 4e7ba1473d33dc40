"""Rules as a crowd asks them: once for all who said the same, instead of once for each pair."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from coordinator.core.matching.expressions import Expression, holds, names
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import BUILT_IN
from coordinator.core.matching.settings import Matching

APART = ("oneself", "manager", "conflict", "earlier")
"""Rules about two people and not about what they said."""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """A rule that looks at what both said. asks, asks_mentor: the attributes of mentee and mentor that it needs."""

    name: str
    verdict: Callable[[Profile, Profile], bool]
    asks: tuple[str, ...]
    asks_mentor: tuple[str, ...]

    def key(self, mentee: Profile) -> tuple[Any, ...]:
        return tuple(getattr(mentee, name) for name in self.asks)


def judges(matching: Matching) -> Iterator[Judge]:
    for name, attribute in (("level", "years"), ("language", "languages")):
        verdict = partial(BUILT_IN[name][0], matching)
        yield Judge(name=name, verdict=verdict, asks=(attribute,), asks_mentor=(attribute,))
    for rule in matching.rules:
        if not rule.advises:
            asked = tuple(names(rule.expression))
            yield Judge(
                name=rule.id,
                verdict=partial(_keeps, rule.expression),
                asks=tuple(dict.fromkeys(n.attribute for n in asked if n.who == "mentee")),
                asks_mentor=tuple(dict.fromkeys(n.attribute for n in asked if n.who == "mentor")),
            )


def _keeps(expression: Expression, mentor: Profile, mentee: Profile) -> bool:
    return bool(holds(expression, mentor, mentee))


def waived_with(person: Profile, rule: str) -> Iterator[str]:
    """Ids of those with whom alone a rule was waived for somebody."""
    start = f"{rule}/"
    return (waived.removeprefix(start) for waived in person.waived if waived.startswith(start))
