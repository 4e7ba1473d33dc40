"""A reply of somebody who is who they seem: answers into the record, commands obeyed, the rest asked once more."""

from dataclasses import replace

from coordinator.core.arrival import Arrival
from coordinator.core.echo import confirmations
from coordinator.core.effects import Decision
from coordinator.core.fields import KINDS
from coordinator.core.folding import Said, folded
from coordinator.core.orders import obeyed
from coordinator.core.program import Field
from coordinator.core.reading import Command, Unclear, Value
from coordinator.core.records import Letter, Pairing, Question
from coordinator.core.rsvp import in_words
from coordinator.core.said import said

_COMING = Field(name="comes", kind="yes_no", ask="")
IDLE_WORDS = 8
"""A reply without a question mark and no longer than this, to a letter that asked nothing, is a kind word."""


def replied(arrival: Arrival) -> Decision:
    letter = arrival.found.letter
    if letter and (confirmed := confirmations(arrival, letter)):
        arrival.heard()
        return replace(arrival.decision("applied"), confirmed=confirmed)
    lines, unclear, twice = _answers(arrival, letter) if letter else ((), (), ())
    fixed, unfixed = _fixes(arrival, letter) if letter else ((), ())
    done, undone = obeyed(arrival)
    lines, unclear = (*lines, *fixed, *done), (*unclear, *unfixed)
    pairing = arrival.pairing or _asked_about(arrival, unclear)
    if pairing and (lines or unclear):
        arrival.tell(lines, pairing, unclear=unclear, at_once=_needs_echo(arrival))
        arrival.heard()
    if twice:
        return arrival.decision("held", f"the answer to question {twice[0].number} could not be understood twice")
    if undone:
        return arrival.decision("held", undone[0])
    if lines or unclear or arrival.effects:
        return arrival.decision("applied")
    return _nothing_understood(arrival)


def _needs_echo(arrival: Arrival) -> bool:
    """Dates and times are told back at once, so that a wrong one is caught."""
    letter = arrival.found.letter
    asked = {q.number: q.field.kind for q in letter.questions} if letter else {}
    return any(asked.get(n) in ("date", "slots") for n in arrival.reading.answers)


def _asked_about(arrival: Arrival, unclear: tuple[Question, ...]) -> Pairing | None:
    """The pairing of the questions themselves, where a letter is about two."""
    letter = arrival.found.letter
    numbers = arrival.reading.answers
    ids = {q.pairing for q in letter.questions if q.number in numbers} if letter else set()
    ids |= {q.pairing for q in unclear}
    return arrival.cohort.pairing(min(ids)) if ids else None


def _answers(arrival: Arrival, letter: Letter) -> tuple[tuple[str, ...], tuple[Question, ...], tuple[Question, ...]]:
    """(lines understood, questions to ask once more, questions that were unclear before)."""
    lines: list[str] = []
    again: list[Question] = []
    twice: list[Question] = []
    for question in letter.questions:
        match arrival.reading.answers.get(question.number):
            case Value(value=value):
                lines.append(_fold(arrival, question, value))
            case Unclear():
                (twice if _was_unclear(arrival, question) else again).append(question)
                _note_unclear(arrival, question)
            case None:
                pass
    _close_answered(arrival, letter)
    return tuple(lines), tuple(again), tuple(twice)


def _fold(arrival: Arrival, question: Question, value: object) -> str:
    pairing = arrival.cohort.pairing(question.pairing)
    if pairing:
        answer = Said(question=question, value=value, by=arrival.writer.id, now=arrival.now)
        arrival.put(folded(arrival.situation(pairing), answer))
    return said(question, value, arrival.context())


def _was_unclear(arrival: Arrival, question: Question) -> bool:
    pairing = arrival.cohort.pairing(question.pairing)
    asked = pairing.asked.get(question.key) if pairing else None
    return bool(asked and asked.unclear.get(question.field.name))


def _note_unclear(arrival: Arrival, question: Question) -> None:
    pairing = arrival.cohort.pairing(question.pairing)
    asked = pairing.asked.get(question.key) if pairing else None
    if pairing is None or asked is None:
        return
    count = {**asked.unclear, question.field.name: asked.unclear.get(question.field.name, 0) + 1}
    arrival.put(replace(pairing, asked={**pairing.asked, asked.key: replace(asked, unclear=count)}))


def _close_answered(arrival: Arrival, letter: Letter) -> None:
    """A prompt is done when nothing that it needs is open; optional fields may stay empty."""
    optional = {(q.key, q.field.name) for q in letter.questions if q.field.optional}
    answered = {q.key for q in letter.questions if q.number in arrival.reading.answers}
    for question in letter.questions:
        pairing = arrival.cohort.pairing(question.pairing)
        asked = pairing.asked.get(question.key) if pairing else None
        if pairing is None or asked is None or asked.closed or question.key not in answered:
            continue
        if all((question.key, name) in optional for name in asked.fields):
            arrival.put(replace(pairing, asked={**pairing.asked, asked.key: replace(asked, closed=arrival.now)}))


def _fixes(arrival: Arrival, letter: Letter) -> tuple[tuple[str, ...], tuple[Question, ...]]:
    """`fix 2: …`, read against the letter whose answers the receipt repeated."""
    original = arrival.cohort.letter(letter.receipt_of) if letter.receipt_of else letter
    lines: list[str] = []
    again: list[Question] = []
    for command in arrival.reading.commands:
        question = _meant(command, original) if original and command.name == "fix" else None
        if question is None:
            continue
        value = KINDS[question.field.kind].read(str(command.args.get("text", "")), question, arrival.context())
        if isinstance(value, Value):
            lines.append(_fold(arrival, question, value.value))
        else:
            again.append(question)
    return tuple(lines), tuple(again)


def _meant(command: Command, letter: Letter) -> Question | None:
    return next((q for q in letter.questions if q.number == command.args.get("number")), None)


def _nothing_understood(arrival: Arrival) -> Decision:
    """Words, but none that answer: to an invitation they may be a yes; else they are asked about, or a human looks."""
    letter, text = arrival.found.letter, arrival.reading.text or ""
    if letter is None:
        return arrival.decision("held", "somebody we know wrote, but to none of our letters")
    if letter.uid and _answered_invitation(arrival, letter, text):
        return arrival.decision("applied")
    questions = _still_open(arrival, letter)
    if questions and text.strip():
        return _ask_again(arrival, questions)
    if not text.strip() or ("?" not in text and len(text.split()) <= IDLE_WORDS):
        arrival.heard()
        return arrival.decision("applied")
    return arrival.decision("held", "words to a letter that asked for no answer")


def _answered_invitation(arrival: Arrival, letter: Letter, text: str) -> bool:
    known = arrival.cohort.meeting(letter.uid)
    question = Question(number=1, pairing="", prompt="", key="", field=_COMING)
    answer = KINDS["yes_no"].read(text, question, arrival.context())
    if known is None or not isinstance(answer, Value):
        return False
    pairing = arrival.cohort.pairing(known[0].id) or known[0]
    arrival.heard()
    arrival.put(in_words(pairing, known[1], arrival.writer, comes=bool(answer.value), now=arrival.now))
    return True


def _still_open(arrival: Arrival, letter: Letter) -> tuple[Question, ...]:
    open_ones = []
    for question in letter.questions:
        pairing = arrival.cohort.pairing(question.pairing)
        asked = pairing.asked.get(question.key) if pairing else None
        if asked and question.field.name in asked.fields and not question.field.optional:
            open_ones.append(question)
    return tuple(open_ones)


def _ask_again(arrival: Arrival, questions: tuple[Question, ...]) -> Decision:
    if any(_was_unclear(arrival, q) for q in questions):
        return arrival.decision("held", "no answer could be read in two replies to the same questions")
    for question in questions:
        _note_unclear(arrival, question)
    pairing = arrival.cohort.pairing(questions[0].pairing)
    if pairing:
        arrival.tell((), pairing, unclear=questions, at_once=True)
    arrival.heard()
    return arrival.decision("applied")
