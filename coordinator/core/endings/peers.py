"""Letters to two people who are peers: no roles in them, the same words for both, and the papers that go with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coordinator.core.context import contexts
from coordinator.core.effects import Section
from coordinator.core.endings.bridge import needs_bridge
from coordinator.core.endings.last_day import is_over
from coordinator.core.endings.lookback import names_of, news_for, together
from coordinator.core.evaluation.asked import scale_of
from coordinator.core.evaluation.compared import comparison
from coordinator.core.goal_lines import shortened
from coordinator.core.moments import Moment, Situation
from coordinator.core.stages.gathering import GROUP, others_in
from coordinator.core.stages.introducing import MADE, told_of
from coordinator.core.where import Where

KINDS = ("closing", "care")
"""Kinds of stages whose letters go to peers."""
PEER = "peer"
CELEBRATION = "goal-met"


def is_among_peers(where: Where, moment: Moment) -> bool:
    return any(stage.id == moment.stage and stage.kind in KINDS for stage in where.program.stages)


def told(where: Where, moment: Moment) -> dict[str, Any]:
    """What the prompt of a moment may use; to peers, what both may read of their time together besides."""
    return next(told_each([(where, moment)]))


def told_each(several: Sequence[tuple[Where, Moment]]) -> Iterator[dict[str, Any]]:
    """The same for the moments of one letter."""
    return (_told(where, moment, plain) for (where, moment), plain in zip(several, contexts(several), strict=True))


def _told(where: Where, moment: Moment, plain: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(where, Situation):
        return plain
    if is_among_peers(where, moment):
        nameless = {name: {**plain[name], "role": PEER} for name in ("me", "partner")}
        return {**plain, **nameless, **together(where, moment.at), **_news(where, moment)}
    told_to_all = {
        "pair": names_of(where),
        "is_left": where.pairing.ending == "left",
        "is_over": is_over(where, moment.at),
        "bridge": needs_bridge(where, moment.at),
    }
    return {**plain, **told_to_all, **_checked(where, moment), **_reached(where, moment)}


def _checked(where: Situation, moment: Moment) -> dict[str, Any]:
    """What a look at how it goes is about, and the columns of both."""
    stage = next((s for s in where.program.stages if s.id == moment.stage and s.kind == "check"), None)
    if stage is None:
        return {}
    name = moment.key.split("/")[2]
    return {"check": scale_of(where, stage), "comparison": comparison(where, moment.recipient, name)}


def _news(where: Situation, moment: Moment) -> dict[str, Any]:
    """After the end, what the other wrote since the letter before this one, instead of what the last one told."""
    ended = where.pairing.ended
    if ended is None:
        return {}
    own = f"/{where.pairing.role_of(moment.recipient)}"
    before = [at for key, at in where.pairing.decided.items() if f"/{moment.stage}/" in key and key.endswith(own)]
    return {"kind_words": news_for(where, moment.recipient, max((ended, *before)))}


def _reached(where: Situation, moment: Moment) -> dict[str, Any]:
    """The goal that a note of congratulation is about, whom an introduction is about, or who is in a group."""
    if moment.stage == MADE:
        return told_of(where, moment)
    if moment.stage == GROUP:
        return {"alert": others_in(where, moment.recipient)}
    goals = [g for g in where.pairing.goals if moment.stage == CELEBRATION and g.number == moment.ordinal]
    return {"alert": [f"G{g.number}: {shortened(g.text)}" for g in goals]} if goals else {}


def papers(moments: Iterable[tuple[Where, Moment]]) -> tuple[Section, ...]:
    """The printable pages of these letters: what a stage names as its paper, for a pair that met at least once.

    And a page for the reader alone with what was said to them, and by them to nobody else (IMA-20, IMA-22, IMA-31).
    """
    found = []
    for where, moment in moments:
        stage = next((s for s in where.program.stages if s.id == moment.stage), None)
        names = {"paper", "keepsake"} & set(stage.options) if stage else set()
        if stage and names and moment.kind == "ask" and isinstance(where, Situation):
            plain = told(where, moment)
            pages = (("paper", bool(plain["log"]["meetings"])), ("keepsake", _is_to_keep(plain)))
            found += [
                Section(prompt=str(stage.options[name]), pairing=moment.pairing, key=moment.key, context=plain)
                for name, is_worth_it in pages
                if is_worth_it and name in names
            ]
    return tuple(found)


def _is_to_keep(plain: Mapping[str, Any]) -> bool:
    return bool(
        plain.get("strengths") or plain.get("reflections") or plain.get("told", {}).get("mine", {}).get("gained")
    )
