"""Going on together: both are asked alone, and only yes and yes does it (AAHA-34)."""

from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.records import Answer, Pairing
from coordinator.core.roster import months_later

ROLES = ("mentee", "mentor")


def answers_to(where: Situation, key: str, fact: str) -> dict[str, Answer]:
    """Role → what they said to the question that fills a fact, in the prompt of that key; the newest counts.

    key: of the prompt without the role at its end.
    """
    found: dict[str, Answer] = {}
    for role in ROLES:
        asked = where.asked(f"{key}/{role}")
        names = facts_of(where, asked.prompt) if asked else {}
        for answer in where.pairing.answers:
            if answer.key == f"{key}/{role}" and names.get(answer.field) == fact:
                found[role] = answer
    return found


def facts_of(where: Situation, prompt: str) -> dict[str, str]:
    """Field → fact of a prompt."""
    versions = where.program.prompts.get(prompt, {})
    return {f.name: f.fills for version in versions.values() for f in version.fields if f.fills}


def cycle(pairing: Pairing, name: str) -> str:
    """A stage's name in keys: what hangs on the end comes again when the end moved."""
    return f"{name}.{pairing.renewals + 1}" if pairing.renewals else name


def both_say_yes(said: dict[str, Answer]) -> bool:
    return len(said) == len(ROLES) and all(answer.value is True for answer in said.values())


def renewed(where: Situation) -> Pairing:
    """The pairing with as many months more as its program has."""
    pairing = where.pairing
    return replace(pairing, end=months_later(pairing.end, where.program.months), renewals=pairing.renewals + 1)


def rhythm_of_care(pairing: Pairing) -> int:
    """Months between two letters after the end: the rarer of what both want, 0 when one of them wants none."""
    wanted = [pairing.aftercare.get(id_, 0) for id_ in (pairing.mentee, pairing.mentor)]
    return max(wanted) if all(wanted) else 0
