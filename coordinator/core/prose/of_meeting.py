"""Which of several questions for a yes or a no words are about, where one of them asks whether the two met."""

from collections.abc import Sequence

from coordinator.core.answers_text import tokens
from coordinator.core.fields import KINDS
from coordinator.core.fields.reports import asks_for_meeting
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of


def about_meeting(unit: str, asked: Sequence[Question], context: Context) -> Question | None:
    """Of several questions for a yes the one that asks for a meeting, where the words tell of one: "yes, we spoke".

    A bare "yes" or "no" is an answer to it where it stands first.
    """
    wanted = [question for question in asked if asks_for_meeting(question, context)]
    others = [question for question in asked if question not in wanted]
    if len(wanted) != 1 or not others:
        return None
    words, scan = words_of(context), tokens(unit)
    if scan.said in {tokens(words.hint(name)).said for name in ("said_yes", "said_no")}:
        return wanted[0] if wanted[0] is asked[0] else None
    agrees = max(words.phrases(name).length(scan.texts, 0) for name in ("yes", "no"))
    tells = scan.written(agrees, len(scan)).lstrip(",.!– -") if agrees else unit
    says, less = (KINDS["yes_no"].read(tells, question, context) for question in (wanted[0], others[0]))
    denied = words.phrases("no_met").anywhere(tokens(tells).texts) is not None
    return (
        wanted[0] if tells and isinstance(says, Value) and (less is None or (denied and says.value is False)) else None
    )
