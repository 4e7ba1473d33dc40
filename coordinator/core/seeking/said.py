"""What the letters of a search say besides: cards, reasons, an anonymised brief, and the news since the last one."""

from typing import Any

from coordinator.core.joining.card import anonymous, card, without_names
from coordinator.core.moments import Moment
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.finding import options
from coordinator.core.seeking.forming import FOUND, LED
from coordinator.core.speech import Speech
from coordinator.core.where import Where


def names(where: Where, moment: Moment) -> dict[str, Any]:
    match = where.record
    if not isinstance(match, Match):
        return {}
    me = where.person(moment.recipient)
    language = me.language or where.chapter.language
    mentee = where.person(match.mentee)
    plain: dict[str, Any] = {"search": {"id": match.id, "name": mentee.name, "goals": list(match.goals)}}
    if match.mode == FOUND:
        return {**plain, **_who(where, match, me, language)}
    if me.id == match.mentee:
        plain["cards"] = _cards(where, match, language)
        plain["news"] = _news(where, match, language)
        plain["card"] = _named(where, match, moment, language)
        plain["first"] = _rounds(match) == 0
    elif me.id in match.advisors:
        plain["card"] = card(where.program, mentee, "mentee", language, advisor=True)
        plain["cards"] = [_with_mentor(where, c, language) for c in match.candidates if c.state == "shown"]
        plain["mentor"] = _with_mentor(where, _of(match, moment), language) if _of(match, moment) else None
        if not plain["cards"]:
            plain["options"] = list(options(where.program, where.cohort, mentee, language, moment.at))
    else:
        plain |= _for_mentor(where, match, me, moment, language)
    return plain


def _who(where: Where, match: Match, me: Participant, language: str) -> dict[str, Any]:
    """Whoever wrote `we are a pair`, for the other; and for the writer what became of it."""
    candidate = match.candidates[0]
    writer = where.person(candidate.by)
    other = where.person(match.mentee if candidate.by == candidate.mentor else candidate.mentor)
    named = other.first_name or other.address
    return {
        "who": {"name": writer.name, "first_name": writer.first_name, "address": writer.address},
        "role": "mentor" if me.id == candidate.mentor else "mentee",
        "news": Speech(words=where.program.words, language=language, zone="UTC").say(
            "seeking_said", "news_not_confirmed", name=named
        ),
    }


def _cards(where: Where, match: Match, language: str) -> list[dict[str, Any]]:
    shown = [c for c in match.candidates if c.state == "shown"]
    return [
        {**card(where.program, where.person(c.mentor), "mentor", language), "number": c.number, "reason": c.reason}
        for c in shown
    ]


def _with_mentor(where: Where, candidate: Candidate | None, language: str) -> dict[str, Any]:
    if candidate is None:
        return {}
    mentor = where.person(candidate.mentor)
    seen = card(where.program, mentor, "mentor", language, advisor=True)
    return {**seen, "number": candidate.number, "reason": candidate.reason}


def _named(where: Where, match: Match, moment: Moment, language: str) -> dict[str, Any]:
    """The one whom a letter to the mentee is about: a proposal, or somebody who says that they are a pair."""
    candidate = _of(match, moment)
    if candidate is None:
        return {}
    seen = card(where.program, where.person(candidate.mentor), "mentor", language)
    return {**seen, "number": candidate.number, "reason": candidate.reason}


def _of(match: Match, moment: Moment) -> Candidate | None:
    """The candidate that a key names ("m1/proposal/2")."""
    parts = (moment.asked or moment.key).split("/")
    return match.candidate(int(parts[2])) if len(parts) > 2 and parts[2].isdecimal() else None


def _for_mentor(where: Where, match: Match, me: Participant, moment: Moment, language: str) -> dict[str, Any]:
    """In a search that advisors lead nobody is named before both said yes (AMIA-24)."""
    mentee, candidate = where.person(match.mentee), match.candidate_of(me.id)
    if match.mode == LED:
        heard = without_names("; ".join(match.goals), mentee)
        goals = (
            [Speech(words=where.program.words, language=language, zone="UTC").say("brief", "spoken", said=heard)]
            if heard
            else []
        )
        lines = [*anonymous(where.program, mentee, language, moment.at), *goals]
        return {"card": {"lines": lines}, "search": {"id": match.id, "name": "", "goals": []}}
    seen = card(where.program, mentee, "mentee", language)
    why = [line for line in (candidate.why if candidate else "").splitlines() if line.strip()]
    return {"card": {**seen, "why": why}}


def _news(where: Where, match: Match, language: str) -> str:
    """What became of the last one who was asked, kindly."""
    over = [c for c in match.candidates if c.state in ("declined", "expired", "gone")]
    last = max(over, key=lambda c: c.since or match.opened, default=None)
    if last is None or not last.since:
        return ""
    name = where.person(last.mentor).first_name
    return Speech(words=where.program.words, language=language, zone="UTC").say(
        "seeking_said", f"news_{last.state}", name=name
    )


def _rounds(match: Match) -> int:
    return sum(1 for key in match.decided if key.startswith(f"{match.id}/cards/"))
