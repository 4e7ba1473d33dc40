"""What a newcomer should get to see at this place, as the program lists it, and what of it is left (IMA-10)."""

from coordinator.core.moments import Situation
from coordinator.core.said_by import all_said


def left(where: Situation) -> tuple[str, ...]:
    """The items that are neither done nor marked as not needed; all of them at the beginning."""
    answers = (*all_said(where, "ticked"), *all_said(where, "not_needed"))
    gone = {str(item) for answer in answers if isinstance(answer.value, list | tuple) for item in answer.value}
    return tuple(item for item in where.program.orientation if item not in gone)
