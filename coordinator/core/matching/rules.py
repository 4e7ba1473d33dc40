"""Hard rules: who can never be paired with whom, and which of these rules an advisor may waive."""

from collections.abc import Callable, Mapping
from typing import Any

from coordinator.core.matching.expressions import holds, names
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.settings import Matching, Rule

Verdict = Callable[[Matching, Profile, Profile], bool]

FIRM = ("oneself", "manager", "conflict")
"""Rules that nobody waives."""


def _level(matching: Matching, mentor: Profile, mentee: Profile) -> bool:
    """More years than the mentee, and not as many as the band's end more (AHE-42); unsaid years bar nobody."""
    if not matching.levels or mentor.years is None or mentee.years is None:
        return True
    return 0 < mentor.years - mentee.years < matching.band.end


def _language(_matching: Matching, mentor: Profile, mentee: Profile) -> bool:
    spoken = set(mentor.languages)
    return not spoken or not mentee.languages or not spoken.isdisjoint(mentee.languages)


def _oneself(_matching: Matching, mentor: Profile, mentee: Profile) -> bool:
    return mentor.id != mentee.id


def _apart(rule: str) -> Verdict:
    def verdict(_matching: Matching, mentor: Profile, mentee: Profile) -> bool:
        return rule not in (mentor.barred.get(mentee.id), mentee.barred.get(mentor.id))

    return verdict


def _earlier(_matching: Matching, mentor: Profile, mentee: Profile) -> bool:
    return mentor.id not in mentee.earlier and mentee.id not in mentor.earlier


BUILT_IN: Mapping[str, tuple[Verdict, str]] = {
    "oneself": (_oneself, "nobody mentors themselves"),
    "manager": (_apart("manager"), "one of them is the other's manager"),
    "conflict": (_apart("conflict"), "one of them named a conflict of interest"),
    "earlier": (_earlier, "they were paired before"),
    "language": (_language, "they have no language in common"),
    "level": (_level, "the mentor has not more years of experience, or far more"),
}
"""Rules that every program has → (whether they hold, what is wrong when they do not)."""


def broken(matching: Matching, mentor: Profile, mentee: Profile) -> tuple[str, ...]:
    """Ids of the rules that keep the two apart, without those that an advisor waived for them."""
    found = [rule for rule, (verdict, _) in BUILT_IN.items() if not verdict(matching, mentor, mentee)]
    found += [rule.id for rule in matching.rules if not rule.advises and not holds(rule.expression, mentor, mentee)]
    return tuple(rule for rule in found if not is_waived(rule, mentor, mentee))


def advice(matching: Matching, mentor: Profile, mentee: Profile) -> tuple[Rule, ...]:
    """Rules that bar nobody, and of which the advisor is told that they are not met."""
    return tuple(rule for rule in matching.rules if rule.advises and not holds(rule.expression, mentor, mentee))


def unmet(matching: Matching, person: Profile, role: str) -> tuple[Rule, ...]:
    """The rules about that role alone ("mentor.years >= 5") that somebody does not meet and nobody waived."""
    nobody = Profile(id="")
    mentor, mentee = (person, nobody) if role == "mentor" else (nobody, person)
    return tuple(
        rule
        for rule in matching.rules
        if {name.who for name in names(rule.expression)} == {role}
        and rule.id not in person.waived
        and not holds(rule.expression, mentor, mentee)
    )


def excluding(bars: Mapping[str, int], mentors: int) -> tuple[str, ...]:
    """Rules of which each alone keeps all of so many mentors away. bars: rule → how many it keeps away."""
    others = mentors - bars.get("oneself", 0)
    return tuple(rule for rule, count in bars.items() if count == others and rule != "oneself")


def is_waived(rule: str, mentor: Profile, mentee: Profile) -> bool:
    if rule in FIRM:
        return False
    either = rule in mentor.waived or rule in mentee.waived
    return either or f"{rule}/{mentee.id}" in mentor.waived or f"{rule}/{mentor.id}" in mentee.waived


def why(matching: Matching, rule: str, words: Mapping[str, Any] | None = None) -> str:
    """What is wrong when that rule is broken. words: the table of the reader's language; English where it says nothing.

    A rule that a program declares is told as the program puts it.
    """
    if rule in BUILT_IN:
        return str(((words or {}).get("reasons") or {}).get(f"rule_{rule}") or BUILT_IN[rule][1])
    declared = next((known for known in matching.rules if known.id == rule), None)
    return (declared.why or f"the rule “{declared.must}” is not met") if declared else rule
