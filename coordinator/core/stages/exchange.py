"""What the two tell about themselves: exchanged as soon as both wrote, never handed over one-sided without consent."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation, closing
from coordinator.core.program import Stage
from coordinator.core.records import Answer
from coordinator.core.resources import PROMPT, name_of, resources
from coordinator.core.said_by import fills
from coordinator.core.stages.ahead import mail_near
from coordinator.core.view import visible

FACT, CONSENT = "journey", "share_journey"
ALONE_AFTER = timedelta(days=14)
"""How long a link waits for another letter to go with."""
SILENT = timedelta(days=7)
"""How long the other's lines wait for an answer before a reminder; as long again before the writer is asked."""


def exchange(where: Situation, stage: Stage) -> Iterator[Moment]:
    """Both wrote: each gets the other's, however late the second one is (AHE-16, ACHE-20).

    In the same tick, or with the mail about a meeting that is due in these days.
    """
    pairing = where.pairing
    mine, theirs = told_by(where, pairing.mentee), told_by(where, pairing.mentor)
    if mine and theirs:
        for reader in (pairing.mentee, pairing.mentor):
            yield _moment(where, stage, "tell", "told", reader, "about-partner", max(mine.at, theirs.at))
    elif mine or theirs:
        yield from _one_sided(where, stage, mine or theirs)
    yield from _resources(where, stage)


def _resources(where: Situation, stage: Stage) -> Iterator[Moment]:
    """A link that one of the two named goes to the other with the next letter, or alone after two weeks (AMIA-4)."""
    for answer in resources(where.pairing):
        yield Moment(
            at=answer.at,
            kind="tell",
            key=f"{where.pairing.id}/{stage.id}/resource/{name_of(answer)}",
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=where.pairing.partner_of(answer.by),
            prompt=PROMPT,
            patient=answer.at + ALONE_AFTER,
        )


def told_by(where: Situation, person: str) -> Answer | None:
    """The newest lines of one of the two about themselves that the other may see."""
    partner = where.pairing.partner_of(person)
    facts = fills(where.program)
    told = visible(partner, where.pairing, by=person)
    found = [a for a in told if a.value and facts.get((a.prompt, a.field)) == FACT]
    return found[-1] if found else None


def may_share(where: Situation, writer: str) -> bool:
    """Whether they said that their lines may go without an answer to them."""
    return any(a.field == CONSENT and a.by == writer and a.value is True for a in where.pairing.answers)


def _one_sided(where: Situation, stage: Stage, said: Answer | None) -> Iterator[Moment]:
    """One reminder to the silent one; a week later the writer is asked whether to share all the same."""
    if said is None:
        return
    silent = where.pairing.partner_of(said.by)
    reminder = where.asked(f"{where.pairing.id}/{stage.id}/again/{where.pairing.role_of(silent)}")
    if reminder is None:
        yield _moment(where, stage, "ask", "again", silent, "about-me", said.at + SILENT, rides=True)
        return
    yield from closing(where, stage, reminder)
    consent = where.asked(f"{where.pairing.id}/{stage.id}/consent/{where.pairing.role_of(said.by)}")
    if consent is None and reminder.sent:
        yield _moment(where, stage, "ask", "consent", said.by, "share-anyway", reminder.sent + SILENT, rides=True)
    elif consent and may_share(where, said.by):
        yield _moment(where, stage, "tell", "shared", silent, "about-partner", consent.at, rides=True)


def _moment(
    where: Situation, stage: Stage, kind: str, part: str, reader: str, prompt: str, at: datetime, *, rides: bool = False
) -> Moment:
    """rides: it waits for another letter to go with, so that it costs nobody a mail."""
    over = at_local(where.pairing.end, 0, 0, where.zone)
    return Moment(
        at=at,
        kind=kind,
        key=f"{where.pairing.id}/{stage.id}/{part}/{where.pairing.role_of(reader)}",
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=reader,
        prompt=prompt,
        patient=over if rides else mail_near(where, reader, at),
        stale=over,
    )
