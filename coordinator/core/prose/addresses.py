"""An email address in running prose: it answers the question that asks for one, whatever stands beside it."""

from collections.abc import Sequence

from coordinator.core.answers_one import Answers, answer
from coordinator.core.fields.person import addresses
from coordinator.core.reading import Context
from coordinator.core.records import Question


def addresses_taken(text: str, left: Sequence[Question], context: Context) -> tuple[str, Answers]:
    """The text without the lines of that answer, and the answer; both as they were where nobody asked for one."""
    asked = next((question for question in left if question.field.kind == "address"), None)
    lines = text.splitlines()
    naming = [line for line in lines if any(addresses(line))]
    if asked is None or not naming:
        return text, {}
    found = answer("\n".join(naming), asked, context)
    return "\n".join(line for line in lines if line not in naming), {asked.number: found} if found is not None else {}
