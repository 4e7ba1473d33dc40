"""What a program may know of private answers: means and counts of five people or more, and nothing below that."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import mean

from coordinator.core.instruments import Instrument
from coordinator.core.program import Program
from coordinator.core.records import Answer, Pairing
from coordinator.core.said_by import fact_of

FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class Mean:
    """value: None where fewer than five people stand behind it; nor is their number told then."""

    name: str
    people: int | None
    value: float | None


@dataclass(frozen=True, kw_only=True)
class _Look:
    """said: item → answer. at: when the last of them came."""

    said: Mapping[str, int]
    at: datetime


def asked_in(program: Program) -> tuple[Instrument, ...]:
    """The questionnaires that some stage asks, each once."""
    wanted = dict.fromkeys(str(s.options.get("instrument", "")) for s in program.stages if s.kind == "check")
    return tuple(program.instruments[name] for name in wanted if name in program.instruments)


def means(program: Program, pairings: Iterable[Pairing], instrument: Instrument) -> tuple[Mean, ...]:
    """The mean of each subscale, "" = of all items: for each person that of their newest look with enough answers.

    Whoever is in several pairings counts once.
    """
    looks = _looks(program, pairings, instrument)
    scores: dict[str, dict[str, float]] = {}
    for person, found in looks.items():
        for look in sorted(found, key=lambda look: look.at):
            for name, value in instrument.scored(look.said).items():
                of_all = scores.setdefault(name, {})
                of_all.update({} if value is None else {person: value})
    return tuple(_mean(name, tuple(values.values())) for name, values in scores.items())


def _looks(program: Program, pairings: Iterable[Pairing], instrument: Instrument) -> Mapping[str, list[_Look]]:
    """Person → their looks with that questionnaire; the portions of one look are one."""
    found: dict[tuple[str, str, str], list[Answer]] = {}
    for pairing in pairings:
        for answer in pairing.answers:
            name = _look(pairing, answer)
            if name and answer.by in (pairing.mentee, pairing.mentor) and _asks(program, name) == instrument.id:
                found.setdefault((answer.by, pairing.id, name), []).append(answer)
    looks: dict[str, list[_Look]] = {}
    for (person, _, _), answers in found.items():
        ordered = sorted(answers, key=lambda a: a.at)
        said = {a.field: a.value for a in ordered if instrument.item(a.field) and type(a.value) is int}
        looks.setdefault(person, []).append(_Look(said=said, at=ordered[-1].at))
    return looks


def _look(pairing: Pairing, answer: Answer) -> str:
    """Of an answer to "p1/check/m3.2/mentee" the "m3"; "" for any other."""
    id_, kind, name, *_ = (*answer.key.split("/"), "", "", "")
    return name.partition(".")[0] if (id_, kind) == (pairing.id, "check") else ""


def _asks(program: Program, look: str) -> str:
    """The questionnaire of a look: that of the first stage, unless its name begins with another one's."""
    stages = [stage for stage in program.stages if stage.kind == "check"]
    stage = next((s for s in stages[1:] if look.startswith(f"{s.id}-")), stages[0] if stages else None)
    return str(stage.options.get("instrument", "")) if stage else ""


def _mean(name: str, values: tuple[float, ...]) -> Mean:
    if len(values) < FEWEST:
        return Mean(name=name, people=None, value=None)
    return Mean(name=name, people=len(values), value=round(mean(values), 2))


def reasons(program: Program, pairings: Iterable[Pairing]) -> dict[str, int] | None:
    """How often each reason for an early end was given; None below five people in all (ACHE-37)."""
    given = [p for p in pairings if p.reason]
    people = {_who_said_why(program, p) for p in given}
    return dict(Counter(p.reason for p in given).most_common()) if len(people) >= FEWEST else None


def _who_said_why(program: Program, pairing: Pairing) -> str:
    said = (a.by for a in pairing.answers if fact_of(program, a) == "reason")
    return next(said, pairing.mentee)
