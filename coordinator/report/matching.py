"""A proposal of pairs, as plain values for `--json`, as rows for a spreadsheet, and as lines for a person."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coordinator.core.matching.explain import sentence, why_nobody
from coordinator.core.matching.pool import Pool
from coordinator.core.matching.propose import Candidate, Proposal, Unplaced
from coordinator.core.matching.rules import why
from coordinator.core.matching.settings import MODES, Matching
from coordinator.core.records import Participant

HEADER = ("mentee", "mentor", "score", "kind", "gap", "covered", "not covered", "reason", "advice")


@dataclass(frozen=True, kw_only=True)
class Told:
    """people: by id. words: the table of the language in which reasons are given."""

    matching: Matching
    mode: str
    pool: Pool
    proposal: Proposal
    people: Mapping[str, Participant]
    words: Mapping[str, Any]

    def address(self, id_: str) -> str:
        return self.people[id_].address

    def percent(self, score: int) -> int:
        return round(100 * score / self.matching.best) if self.matching.best else 0


def plain(told: Told) -> dict[str, Any]:
    """Everything, for machines."""
    return {
        "mode": told.mode,
        "pairs": [_pair(told, one) for one in told.proposal.pairs],
        "unplaced": [_unplaced(told, one) for one in told.proposal.unplaced],
        "blocking": [
            {
                "rule": rule,
                "why": why(told.matching, rule, told.words),
                "mentees": [told.address(one) for one in mentees],
            }
            for rule, mentees in told.proposal.blocking.items()
        ],
        "not_now": [{"who": told.address(i), "role": role, "why": text} for i, role, text in told.pool.left_out],
    }


def _pair(told: Told, one: Candidate) -> dict[str, Any]:
    return {
        "mentee": told.address(one.mentee),
        "mentor": told.address(one.mentor),
        "score": told.percent(one.fit.score),
        "points": one.fit.score,
        "kind": one.fit.kind,
        "gap": one.fit.gap,
        "credits": dict(one.fit.credits),
        "covered": list(one.fit.covered),
        "uncovered": list(one.fit.uncovered),
        "reason": sentence(one.fit, told.words),
        "advice": [{"rule": rule, "why": why(told.matching, rule, told.words)} for rule in one.advice],
        "lost": [
            {"mentee": told.address(other), "score": told.percent(score)}
            for other, score in told.proposal.losers.get(one.mentee, ())
        ],
    }


def _unplaced(told: Told, one: Unplaced) -> dict[str, Any]:
    return {
        "mentee": told.address(one.mentee),
        "why": _alone(told, one),
        "rules": dict(one.bars),
        "options": [
            {"mentor": told.address(o.mentor), "rules": list(o.broken), "reason": sentence(o.fit, told.words)}
            for o in one.options
        ],
    }


def _alone(told: Told, one: Unplaced) -> str:
    """Why nobody was found for a mentee."""
    if one.is_lost:
        return "every mentor who would do is taken by somebody who waits longer or fits better"
    because = why_nobody(told.matching, one.bars, len(told.pool.mentors), told.words)
    return because if told.pool.mentors else "; ".join((because, *_kept_out(told)))


def _kept_out(told: Told) -> Iterator[str]:
    """How many mentors are not asked at the moment, by why."""
    counts = Counter(text for _, role, text in told.pool.left_out if role == "mentor")
    yield from (f"{count} × {text}" for text, count in counts.items())


def rows(told: Told) -> Iterator[tuple[str, ...]]:
    """A line for each pair, as `HEADER` names the columns."""
    for pair in plain(told)["pairs"]:
        yield (
            pair["mentee"],
            pair["mentor"],
            str(pair["score"]),
            pair["kind"],
            "" if pair["gap"] is None else f"{pair['gap']:g}",
            "; ".join(pair["covered"]),
            "; ".join(pair["uncovered"]),
            pair["reason"],
            "; ".join(one["why"] for one in pair["advice"]),
        )


def lines(told: Told, *, explain: bool) -> Iterator[str]:
    """The same for a person, best pair first."""
    found = plain(told)
    if not found["pairs"]:
        yield "nobody to pair"
    else:
        count = len(found["pairs"])
        yield f"{count} {'pair' if count == 1 else 'pairs'}, so that {MODES[told.mode]}:"
    for pair in found["pairs"]:
        yield f"{pair['score']:>4} %  {pair['mentee']} with {pair['mentor']}"
        yield f"        {pair['reason']}"
        yield from (f"        for the advisor: {one['why']}" for one in pair["advice"])
        if pair["kind"] == "uncovered":
            yield f"        goal 1 is not covered: --accept {pair['mentee']} takes it all the same"
        if explain:
            yield from _explained(told, pair)
    for one in found["unplaced"]:
        yield f"nobody for {one['mentee']}: {one['why']}"
        for option in one["options"] if explain else one["options"][:2]:
            yield f"        {option['mentor']} but for {', '.join(option['rules'])}: {option['reason']}"
    for rule in found["blocking"]:
        if len(rule["mentees"]) > 1:
            yield excluded(rule)
    if explain:
        yield from (f"not now: {o['who']} as {o['role']}: {o['why']}" for o in found["not_now"])


def excluded(rule: Mapping[str, Any]) -> str:
    """Which rule keeps everybody from whom. rule: one of `blocking`."""
    return f"the rule {rule['rule']} excludes everybody for {', '.join(rule['mentees'])} – {rule['why']}"


def _explained(told: Told, pair: Mapping[str, Any]) -> Iterator[str]:
    weights = told.matching.weights
    parts = [f"{term} {credit * weights[term] / 100:g} of {weights[term]}" for term, credit in pair["credits"].items()]
    yield f"        {', '.join(parts)}"
    for other in pair["lost"]:
        would = f"{other['mentee']} would have suited {pair['mentor']} with {other['score']} %"
        yield f"        {would}: {_fate(told, other)}"


def _fate(told: Told, other: Mapping[str, Any]) -> str:
    """What became of somebody who lost a mentor."""
    pairs = {told.address(p.mentee): p for p in told.proposal.pairs}
    got = pairs.get(other["mentee"])
    if got is None:
        return "stays alone, for others wait longer or the whole is better so"
    return f"got {told.address(got.mentor)} with {told.percent(got.fit.score)} %, and the whole is better so"
