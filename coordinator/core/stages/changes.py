"""A change that one of the two proposed: the other is asked (AHE-3, AHE-15). Every program has this."""

from collections.abc import Iterator

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.proposals import proposal_key

PROMPT = "confirm-change"


def changes(where: Situation) -> Iterator[Moment]:
    pairing = where.pairing
    begin = at_local(pairing.start, 0, 0, where.zone)
    for name, offers in pairing.proposals.items():
        for by, value in offers.items():
            other = pairing.partner_of(by)
            if len(offers) > 1 and by == pairing.mentor:
                continue  # both proposed, and differently: the mentee's wish is put to the mentor
            key = proposal_key(pairing, name, value, pairing.role_of(other) or "")
            if where.asked(key) is None:
                yield Moment(
                    at=begin,
                    kind="ask",
                    key=key,
                    stage="change",
                    pairing=pairing.id,
                    recipient=other,
                    prompt=PROMPT,
                )
