"""An advisor at their desk: a season with the shipped base program, and replies as people write them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from coordinator import programs
from coordinator.core.care import Need
from coordinator.core.effects import Decision, Effect
from coordinator.core.program import Program
from coordinator.core.records import Participant
from tests.core.situations import DAY, MONDAY, Season, pairing, person


@lru_cache(maxsize=4)
def shipped(name: str = "base") -> Program:
    return programs.load(name, own=None)


def desk(*pairs: tuple[str, str], advisors: Iterable[str] = ("Adam",), language: str = "en", **more: Any) -> Season:
    """Pairs by the first names of mentor and mentee, all looked after by the same advisors."""
    people: dict[str, Participant] = {}

    def id_of(name: str, role: str) -> str:
        if name not in people:
            people[name] = person(f"u{len(people) + 1}", name, roles=(role,), language=language)
        return people[name].id

    led = tuple(id_of(name, "advisor") for name in advisors)
    made = [
        pairing(f"p{number}", mentor=id_of(mentor, "mentor"), mentee=id_of(mentee, "mentee"), advisors=led, **more)
        for number, (mentor, mentee) in enumerate(pairs or (("Mona", "Maya"),), start=1)
    ]
    known = [replace(p, due=MONDAY - DAY) if "advisor" in p.roles else p for p in people.values()]
    return Season(shipped(), known, made)


def id_of(season: Season, name: str) -> str:
    found = season.work.participant_at(f"{name.casefold()}@example.org")
    assert found is not None
    return found.id


def with_need(season: Season, name: str, text: str, pair: str = "p1", **more: Any) -> None:
    """A need of one of the two, as if they had written it now."""
    held = season.pair(pair)
    need = Need(
        **{
            "key": f"{pair}/need/{text[:8]}",
            "kind": "need",
            "by": id_of(season, name),
            "at": season.now,
            "text": text,
            **more,
        }
    )
    care = replace(held.care, needs=(*held.care.needs, need))
    season.work.stage([replace(held, care=care, version=held.version + 1)])


def summary_of(season: Season, name: str = "Adam", *, after: datetime | None = None) -> Effect:
    """Their newest summary; days pass until there is one."""
    who = id_of(season, name)
    begin = after or season.now
    for _ in range(10):
        found = [
            e for at, e in season.sent if e.letter.purpose == "summary" and e.letter.recipient == who and at >= begin
        ]
        if found:
            return found[-1]
        season.pass_days(1)
    raise AssertionError("no summary came in ten days")


def line_about(summary: Effect, words: str) -> int:
    """The number of the line that says so."""
    lines = summary.sections[0].context["summary"]["attention"]
    return next(line["number"] for line in lines if words in line["text"])


def texts(summary: Effect) -> list[str]:
    return [line["text"] for line in summary.sections[0].context["summary"]["attention"]]


def told(season: Season, decision: Decision) -> list[str]:
    """The lines of the receipt that a reply brought."""
    return [
        line for e in decision.effects if e.sections[0].prompt == "answered" for line in e.sections[0].context["alert"]
    ]
