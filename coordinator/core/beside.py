"""Who stands beside the reader in a letter to both, so that "reply to all" reaches the two and the program (IMA-2)."""

from collections.abc import Sequence

from coordinator.core.moments import Part, Situation
from coordinator.core.records import Participant, Question, Receipt
from coordinator.core.view import both_see

_YES = ("accept", "propose", "confirm_pair")
"""What two people who become a pair have said yes to."""


def beside(parts: Sequence[Part], to: Participant, receipts: Sequence[Receipt]) -> tuple[tuple[str, str], ...]:
    """The partner: (name, address).

    Nobody where anything besides the introduction is for the reader alone: a reply carries along what it answers.
    """
    for one in parts:
        stage = next((s for s in one.where.program.stages if s.id == one.moment.stage), None)
        if stage and stage.options.get("together") and isinstance(one.where, Situation):
            pairing = one.where.pairing
            others = (other for other in parts if other is not one)
            is_open = all(_is_for_both(other, pairing.id) for other in others)
            partner = one.where.person(pairing.partner_of(to.id))
            is_shown = is_open and all(_tells_both(receipt, one.where) for receipt in receipts)
            return ((partner.name, partner.address),) if is_shown else ()
    return ()


def _is_for_both(one: Part, pairing: str) -> bool:
    return one.where.name == pairing and all(both_see(question.field.visibility) for question in one.questions)


def _tells_both(receipt: Receipt, where: Situation) -> bool:
    """Whether a receipt holds nothing but answers that both may see."""
    is_bare = len(receipt.lines) == len(receipt.told) and not receipt.unclear and not receipt.open
    return is_bare and all(_is_shared(question, where) for question in receipt.told)


def _is_shared(question: Question, where: Situation) -> bool:
    """What is said in another pairing is for the two there, unless the whole program may see it.

    A yes that made this pair is known to both; what somebody said to another search, a no perhaps, is not.
    """
    seen, match = question.field.visibility, where.cohort.match(question.pairing)
    if match is not None:
        return match.pairing == where.pairing.id and (both_see(seen) or question.field.fills in _YES)
    return seen == "program" or (both_see(seen) and question.pairing == where.pairing.id)
