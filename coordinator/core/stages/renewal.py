"""Going on together or not: asked of each alone before the end; only yes and yes moves the end."""

from collections.abc import Iterator

from coordinator.core.endings.renewing import ROLES, answers_to, both_say_yes, cycle
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.stages.letter import letter
from coordinator.core.stages.parting import is_leaving, is_taken_back


def renewal(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The blind question; its outcome as soon as both said yes; the letter that tells both.

    A no is never told: whatever the other says, both get the closing letter on the last day.
    A wish to end it that comes after a yes takes that yes back.
    """
    yield from letter(where, stage)
    pairing = where.pairing
    said = answers_to(where, f"{pairing.id}/{cycle(pairing, stage.id)}", "renew")
    if both_say_yes(said) and not any(is_taken_back(where, answer) for answer in said.values()):
        yield Moment(
            at=max(answer.at for answer in said.values()),
            kind="renew",
            key=f"{pairing.id}/renewed/{pairing.renewals + 1}",
            stage=stage.id,
            pairing=pairing.id,
        )
    if pairing.renewals and not is_leaving(where):
        yield from _told(where, stage)


def _told(where: Situation, stage: Stage) -> Iterator[Moment]:
    key = f"{where.pairing.id}/renewed/{where.pairing.renewals}"
    for role in ROLES:
        (person,) = where.in_role(role)
        yield Moment(
            at=where.pairing.decided[key],
            kind="tell",
            key=f"{key}/{role}",
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=str(stage.options["renewed"]),
        )
