"""Somebody could be introduced: by the other of the two (AHE-22), or to the mentee by an advisor (IMA-36).

Both sides consent first, and then both have the address; nobody learns of a no.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.moments import Moment, Situation
from coordinator.core.records import Answer
from coordinator.core.said_by import NOTED, fact_of

OFFER, CONTACT, MADE = "intro-offer", "intro-contact", "intro"
"""The prompts: to the other, to who knows somebody, to both in the end."""
FACT = "intro"
SILENT = timedelta(days=21)


def introductions(where: Situation) -> Iterator[Moment]:
    """Nothing of the third person is told before the other wants it and the third has agreed."""
    if OFFER not in where.program.prompts:
        return
    for number, offer in enumerate(offers(where), start=1):
        if where.pairing.role_of(offer.by) is None:  # an advisor who has handed the pair over
            continue
        other = _offered_to(where, offer)
        yield from _asked(where, number, OFFER, other, offer.at)
        wanted = _said(where, number, other, "intro_wanted")
        if wanted is not None and wanted.value is True:
            yield from _asked(where, number, CONTACT, offer.by, wanted.at)
        address = _said(where, number, offer.by, "intro_address")
        if address is not None and wanted is not None and wanted.value is True:
            for person in (other, offer.by):
                yield _moment(where, number, MADE, person, address.at, "tell")


def offers(where: Situation) -> tuple[Answer, ...]:
    """Every "intro: …" of one of the two, and every `3 introduce …` of an advisor, oldest first."""
    said = (a for a in where.pairing.answers if a.prompt == NOTED and a.field == FACT)
    return tuple(sorted(said, key=lambda a: (a.at, a.key)))


def told_of(where: Situation, moment: Moment) -> dict[str, Any]:
    """What an introduction is about, for the last letter the address, and with whom the reader speaks of it."""
    offer = offers(where)[moment.ordinal - 1]
    address = _said(where, moment.ordinal, offer.by, "intro_address")
    lines = [str(offer.value), *([str(address.value)] if moment.prompt == MADE and address else [])]
    one, other = where.person(_offered_to(where, offer)), where.person(offer.by)
    who = other if moment.recipient == one.id else one
    told = {"alert": lines, "who": {"name": who.name, "first_name": who.first_name, "address": who.address}}
    return {**told, "pair": {"one": one.first_name, "other": other.first_name}} if is_advisors(where, moment) else told


def is_advisors(where: Situation, moment: Moment) -> bool:
    """Whether an advisor thought of it, so that what is answered is not for the other of the two."""
    return where.pairing.role_of(offers(where)[moment.ordinal - 1].by) == "advisor"


def _offered_to(where: Situation, offer: Answer) -> str:
    is_advisors = where.pairing.role_of(offer.by) == "advisor"
    return where.pairing.mentee if is_advisors else where.pairing.partner_of(offer.by)


def _said(where: Situation, number: int, by: str, fact: str) -> Answer | None:
    keys = {f"{where.pairing.id}/{prompt}/{number}/{where.pairing.role_of(by)}" for prompt in (OFFER, CONTACT)}
    said = [a for a in where.pairing.answers if a.key in keys and fact_of(where.program, a) == fact]
    return said[-1] if said else None


def _asked(where: Situation, number: int, prompt: str, person: str, at: datetime) -> Iterator[Moment]:
    moment = _moment(where, number, prompt, person, at, "ask")
    asked = where.asked(moment.key)
    if asked is None:
        yield moment
    elif asked.sent and not asked.closed:
        yield Moment(
            at=asked.sent + SILENT, kind="close", key=f"{asked.key}/closed", asked=asked.key, stage=MADE,
            pairing=where.pairing.id,
        )  # fmt: skip


def _moment(where: Situation, number: int, prompt: str, person: str, at: datetime, kind: str) -> Moment:
    pairing = where.pairing
    return Moment(
        at=at,
        kind=kind,
        key=f"{pairing.id}/{prompt}/{number}/{pairing.role_of(person)}",
        stage=MADE,
        pairing=pairing.id,
        recipient=person,
        prompt=prompt,
        ordinal=number,
        stale=at + timedelta(days=40),
    )
