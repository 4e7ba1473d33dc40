"""Why two people were proposed, in one sentence; and a mentee's profile without a name."""

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import BUILT_IN, excluding, why
from coordinator.core.matching.score import Fit
from coordinator.core.matching.settings import TOP_GOALS, Matching

REASONS: Mapping[str, str] = {
    "experience": "both know {said}",
    "field": "both work in {said}",
    "role": "both work as {said}",
    "site": "both are at {said}",
    "nothing": "they have little in common on paper",
    "other_experience": "the mentor also knows {said}",
    "other_field": "the mentor comes from {said}",
    "other_site": "the mentor works at {said}",
    "same_view": "nothing tells them apart",
    "years": "gap {years} y",
    "wanted": "leads to {said}",
    "covered": "covers {said}",
    "uncovered": "not covered: {said}",
    "first_uncovered": "goal 1 not covered: {said}",
    "no_goals": "no goals named yet",
    "and": "{one} and {two}",
    "nobody": "no mentor has a place free",
    "one_rule": "the rule {rule} keeps every mentor away: {why}",
    "some_rules": "between them these rules keep every mentor away: {rules}",
    "of_mentors": "{rule} ({count} of {mentors})",
    "least": "no pair reaches the least score ({least})",
    **{f"rule_{rule}": text for rule, (_, text) in BUILT_IN.items()},
}
"""Pieces of the sentence; a language has its own in the table `reasons` of its words."""


def sentence(fit: Fit, words: Mapping[str, Any] | None = None) -> str:
    """One similarity, one difference, the gap, the goals covered and not covered (AHE-33, AHE-34, ACHE-19, ACHE-23).

    words: the table of the reader's language; English where it says nothing.
    """
    said = {**REASONS, **((words or {}).get("reasons") or {})}
    parts = [_similarity(fit, said), _difference(fit, said)]
    if fit.gap is not None:
        parts.append(said["years"].format(years=f"{fit.gap:g}"))
    if fit.wanted:
        parts.append(said["wanted"].format(said=fit.wanted))
    text = "; ".join([*parts, *_goals(fit, said)])
    return f"{text[:1].upper()}{text[1:]}."


def why_nobody(
    matching: Matching, bars: Mapping[str, int], mentors: int, words: Mapping[str, Any] | None = None
) -> str:
    """Why no mentor is there for somebody: which rule, or which between them. bars: rule → how many it keeps away."""
    said: dict[str, str] = {**REASONS, **((words or {}).get("reasons") or {})}
    others = mentors - bars.get("oneself", 0)
    kept = {rule: count for rule, count in bars.items() if rule != "oneself"}
    if not others:
        return said["nobody"]
    if not kept:
        return said["least"].format(least=matching.least)
    if alone := excluding(bars, mentors):
        return "; ".join(said["one_rule"].format(rule=rule, why=why(matching, rule, words)) for rule in alone)
    listed = [said["of_mentors"].format(rule=rule, count=count, mentors=others) for rule, count in kept.items()]
    return said["some_rules"].format(rules=", ".join(listed))


def _similarity(fit: Fit, said: Mapping[str, str]) -> str:
    if not fit.similar:
        return said["nothing"]
    attribute, what = fit.similar[0]
    return said[attribute].format(said=what)


def _difference(fit: Fit, said: Mapping[str, str]) -> str:
    if not fit.different:
        return said["same_view"]
    attribute, what = fit.different[0]
    return said[f"other_{attribute}"].format(said=what)


def _goals(fit: Fit, said: Mapping[str, str]) -> list[str]:
    if fit.kind == "open":
        return [said["no_goals"]]
    uncovered = "first_uncovered" if fit.kind == "uncovered" else "uncovered"
    named = (("covered", fit.covered), (uncovered, fit.uncovered))
    return [said[key].format(said=_listed(goals, said)) for key, goals in named if goals]


def _listed(texts: Sequence[str], said: Mapping[str, str]) -> str:
    quoted = [f"“{text}”" for text in texts]
    if len(quoted) < 2:
        return "".join(quoted)
    return said["and"].format(one=", ".join(quoted[:-1]), two=quoted[-1])


def brief(mentee: Profile) -> dict[str, Any]:
    """What a mentor may read about a mentee before both said yes: no name, no address, no site (AMIA-24)."""
    return {
        "years": mentee.years,
        "field": mentee.field,
        "wanted": list(mentee.wanted),
        "languages": list(mentee.languages),
        "zone": mentee.zone,
        "goals": list(mentee.sought[:TOP_GOALS]),
        "first_time": mentee.first_time,
        "availability": list(mentee.availability),
    }
