"""A mail that answers no letter of ours: read, told back, and taken only when its writer says that it is right."""

from dataclasses import dataclass
from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.compose import footer, new_letter
from coordinator.core.context import context
from coordinator.core.effects import Decision, Effect, Section
from coordinator.core.frozen import replace
from coordinator.core.identify import likely
from coordinator.core.moments import Moment
from coordinator.core.orders import HARMLESS
from coordinator.core.overlay import Living
from coordinator.core.reading import Value
from coordinator.core.records import Letter, Question
from coordinator.core.said import said
from coordinator.core.seeking.orders import ORDERS

PROMPT = "echo"
ANSWERABLE = timedelta(days=30)


def is_substantial(arrival: Arrival) -> bool:
    """Whether something was understood that changes more than what is told back anyway."""
    answers = any(isinstance(a, Value) for a in arrival.reading.answers.values())
    wishes = [c for c in arrival.reading.commands if c.name not in HARMLESS]
    # What is asked outside a pairing is answered outside one; an order needs a pairing, or is about joining.
    is_known = answers or bool(wishes and (arrival.pairing or all(c.name in ORDERS for c in wishes)))
    return is_known and PROMPT in arrival.program.prompts


def echoed(arrival: Arrival) -> Decision:
    """Asks the writer; the message itself waits meanwhile."""
    letter = likely(arrival.cohort, arrival.writer)
    arrival.effects.append(_letter(arrival, arrival.pairing or arrival.writer, _lines(arrival, letter)))
    return arrival.decision("unconfirmed", "it answers no letter; its writer was asked whether it was understood")


@dataclass(frozen=True, kw_only=True)
class Confirmations:
    """Ids of waiting messages by what their writer said of the echo."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.right or self.wrong)


def confirmations(arrival: Arrival, letter: Letter) -> Confirmations:
    """What a reply to an echo says of the message that waits."""
    answers = {
        q.key.rpartition("/")[2]: a.value
        for q in letter.questions
        if q.field.fills == "confirm" and isinstance(a := arrival.reading.answers.get(q.number), Value)
    }
    return Confirmations(
        right=tuple(id_ for id_, value in answers.items() if value is True),
        wrong=tuple(id_ for id_, value in answers.items() if value is False),
    )


def _lines(arrival: Arrival, letter: Letter | None) -> list[str]:
    answers = arrival.reading.answers
    questions = letter.questions if letter else ()
    told = [said(q, a.value, arrival.context()) for q in questions if isinstance(a := answers.get(q.number), Value)]
    return told + [" ".join(c.words.split()) for c in arrival.reading.commands]


def _letter(arrival: Arrival, about: Living, lines: list[str]) -> Effect:
    writer, where = arrival.writer, arrival.where(about)
    key = f"{writer.id}/echo/h{arrival.reading.envelope.fingerprint[:10]}"
    prompt = arrival.program.prompt(PROMPT, writer.language or arrival.chapter.language)
    questions = tuple(
        Question(number=n, pairing=where.name, prompt=PROMPT, key=key, field=field)
        for n, field in enumerate(prompt.fields, start=1)
    )
    letter = new_letter(
        arrival.chapter,
        writer,
        key=key,
        purpose="receipt",
        now=arrival.now,
        closes=arrival.now + ANSWERABLE,
        keys=(key,),
        pairings=(where.name,) if where.name else (),
        questions=questions,
    )
    moment = Moment(at=arrival.now, kind="tell", key=key, stage="", pairing=where.name, recipient=writer.id)
    plain = {**context(where, moment), "alert": lines}
    section = Section(prompt=PROMPT, pairing=where.name, key=key, context=plain)
    return replace(Effect(letter=letter, sections=(section,)), footer=footer(where, writer, arrival.now))
