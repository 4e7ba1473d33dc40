"""A change that one of the two proposed: the other is asked (AHE-3, AHE-15). Every program has this."""

from collections.abc import Iterator

from coordinator.core.agreement.clauses import SCHEDULE, is_goal
from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.proposals import proposal_key, sheet_key

PROMPT = "confirm-change"
OF_THE_NEXT = ("rhythm", "every")
"""What is about the meetings behind the first: the other is asked with the mail that prepares the first one."""


def changes(where: Situation) -> Iterator[Moment]:
    pairing = where.pairing
    begin = at_local(pairing.start, 0, 0, where.zone)
    first = next((m for m in pairing.meetings if m.status != "cancelled"), None)
    for name, offers in pairing.proposals.items():
        for by, value in offers.items():
            other = pairing.partner_of(by)
            if len(offers) > 1 and by == pairing.mentor:
                continue  # both proposed, and differently: the mentee's wish is put to the mentor
            if _is_on_the_sheet(where, name, value, other):
                continue
            key = proposal_key(pairing, name, value, pairing.role_of(other) or "")
            if where.asked(key) is None:
                yield Moment(
                    at=where.morning(first.start, other, days=-3) if first and name in OF_THE_NEXT else begin,
                    kind="ask",
                    key=key,
                    stage="change",
                    pairing=pairing.id,
                    recipient=other,
                    prompt=PROMPT,
                    patient=where.morning(first.start, other, days=-1) if first and name in OF_THE_NEXT else None,
                )


def _is_on_the_sheet(where: Situation, name: str, value: str, other: str) -> bool:
    """Whether the other is asked about it with everything else: in the agreement that is being drawn up."""
    if (
        is_goal(name)
        or name in SCHEDULE
        or name in where.pairing.terms
        or not any(s.kind == "agreement" and s.prompt for s in where.program.stages)
    ):
        return False
    role = where.pairing.role_of(other)
    if sheet_key(where.pairing, name, role or "", value) in where.pairing.decided:
        return True  # they have seen that wish on the sheet, and did not choose it
    asked = where.asked(f"{where.pairing.id}/agreement/1/{role}")
    return not asked or (not asked.closed and f"settle_{name}" in asked.fields)
