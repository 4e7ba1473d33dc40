"""The answers in a reply, each into the record of its pairing; what cannot take effect is asked once more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from coordinator.core.answered import Said
from coordinator.core.arrival import Arrival
from coordinator.core.endings.answers import follow
from coordinator.core.fields import KINDS
from coordinator.core.folding import ahead_of, folded
from coordinator.core.frozen import replace
from coordinator.core.joining import heard as joining
from coordinator.core.joining.took import Took
from coordinator.core.meant import is_bare_point, names_questions
from coordinator.core.overlay import Living
from coordinator.core.pleas.path import chosen
from coordinator.core.pleas.released import released
from coordinator.core.postponed import streak_in_words
from coordinator.core.proposals import proposal_in
from coordinator.core.reading import Command, Unclear, Value
from coordinator.core.records import Answer, Letter, Match, Pairing, Participant, Question
from coordinator.core.remarks import remarks, streak_told
from coordinator.core.said import in_words, said
from coordinator.core.seeking import gates
from coordinator.core.seeking import heard as seeking
from coordinator.core.stages.ahead import offered
from coordinator.core.standing import answered, closed, with_asked
from coordinator.core.terms import normal


@dataclass(kw_only=True)
class Heard:
    """What one reply said. lines: one for each question in `told`. again: to be asked once more. stuck: for a human.

    open: understood, and put once more because something is missing. beside: lines for the receipt about what an answer
    led to. settled: all is done, and there is nothing to tell.
    """

    lines: list[str] = field(default_factory=list)
    told: list[Question] = field(default_factory=list)
    again: list[Question] = field(default_factory=list)
    open: list[Question] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    settled: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell the writer."""
        return bool(self.lines or self.again or self.open or self.beside)

    @property
    def any(self) -> bool:
        return self.is_told or self.settled


AloneFold = Callable[[Arrival, Participant | Match, Said], Took]
ALONE: Mapping[str, AloneFold] = {
    "join": joining.join,
    "profile": joining.form,
    "terms": joining.terms,
    "verdict": joining.verdict,
    "asked_back": joining.form,
    "request": seeking.request,
    "accept": seeking.accept,
    "propose": seeking.propose,
    "confirm_pair": seeking.confirm,
    "own_goals": seeking.own_goals,
    "gate_profile": gates.profile,
    "gate_spoke": gates.spoke,
    "gate_goals": gates.goals,
    "gate_choice": gates.candidates,
}
"""Fact → what an answer outside a pairing changes, and what its writer is told of it."""


AFTERWARDS: Mapping[str, Callable[[Arrival, Pairing | Participant, Said], None]] = {"release": released, "path": chosen}
"""Fact → what follows at once from an answer that was kept."""


def take_answers(arrival: Arrival, letter: Letter, heard: Heard, *, but: frozenset[int] = frozenset()) -> None:
    """Every answer to a question of the letter, but those that words have settled already.

    Beside an invitation only an answer that names its question counts, or picks a time, or is a point of the one scale
    and nothing else: plain words may be about the date.
    """
    are_about_date = bool(letter.uid) and not names_questions(arrival) and not is_bare_point(arrival, letter)
    for question in letter.questions:
        match arrival.reading.answers.get(question.number) if question.number not in but else None:
            case Value(value=value) if not are_about_date or question.field.fills == "slot":
                take(arrival, question, value, heard)
            case Unclear() if not are_about_date:
                ask_once_more(arrival, question, heard)
            case _:
                pass
    _close_answered(arrival, letter)


def take_fixes(arrival: Arrival, letter: Letter, heard: Heard) -> None:
    """`fix 2: …`, read against what a receipt told, else against the letter's own questions."""
    for command in arrival.reading.commands:
        if command.name != "fix":
            continue
        question = _meant(command, (*letter.told, *letter.questions))
        if question is None:
            heard.stuck.append("a correction of something that was not told")
            continue
        value = KINDS[question.field.kind].read(str(command.args.get("text", "")), question, arrival.context())
        if isinstance(value, Value):
            take(arrival, question, value.value, heard)
        else:
            heard.again.append(question)


def _meant(command: Command, questions: Iterable[Question]) -> Question | None:
    return next((q for q in questions if q.number == command.args.get("number")), None)


def take(arrival: Arrival, question: Question, value: object, heard: Heard) -> None:
    """One answer into its record, with a line for the receipt; asked once more where it cannot take effect."""
    answer = Said(question=question, value=value, by=arrival.writer.id, now=arrival.now)
    record = arrival.holder(question)
    if isinstance(record, Participant | Match):
        _take_alone(arrival, record, answer, heard)
    pairing = arrival.cohort.pairing(question.pairing)
    if pairing is None:
        return
    if not _can_take_effect(answer, pairing):
        ask_once_more(arrival, _with_new_times(arrival, pairing, question), heard)
        return
    changed = folded(arrival.situation(pairing), answer)
    arrival.put(changed)
    arrival.clear_up(question)
    heard.beside.extend(remarks(arrival, pairing, changed))
    if question.field.fills == "meeting_met" and value is True:
        heard.beside.extend(streak_told(arrival, changed))
    heard.lines.append(said(question, value, arrival.context()))
    heard.told.append(question)
    if question.field.fills == "agree":
        _tell_proposer(arrival, pairing, answer)
    if question.field.fills == "meeting_met" and value is True:
        line = streak_in_words(arrival.cohort.pairing(pairing.id) or pairing, arrival.now, arrival.context())
        heard.beside.extend([line] if line else [])
    _follow(arrival, question, answer)


def _follow(arrival: Arrival, question: Question, answer: Said) -> None:
    """What an answer leads to at once, such as a letter to somebody."""
    after, record = AFTERWARDS.get(question.field.fills or ""), arrival.holder(question)
    if after and isinstance(record, Pairing | Participant):
        after(arrival, record, answer)
    if isinstance(record, Pairing):
        follow(arrival, record, answer)


def _take_alone(arrival: Arrival, record: Participant | Match, answer: Said, heard: Heard) -> None:
    """An answer that belongs to no pairing: what it becomes settled by its fact, then kept."""
    question = answer.question
    fold = ALONE.get(question.field.fills or "")
    took = fold(arrival, record, answer) if fold else Took()
    heard.beside.extend(took.lines)
    if took.stuck:
        heard.stuck.append(took.stuck)
    if took.lacks or took.is_open:
        heard.open.append(_lacking(question, took.lacks))
        return
    if took.unclear:
        ask_once_more(arrival, question, heard)
        return
    kept = Answer(
        key=question.key,
        prompt=question.prompt,
        field=question.field.name,
        by=answer.by,
        at=answer.now,
        value=answer.value,
        visibility=question.field.visibility,
    )
    _keep(arrival, answered(arrival.holder(question) or record, kept))
    arrival.clear_up(question)
    heard.settled = heard.settled or took.silent
    if not took.silent and not took.lines:
        heard.lines.append(said(question, answer.value, arrival.context()))
        heard.told.append(question)
    _follow(arrival, question, answer)


def _lacking(question: Question, words: str) -> Question:
    """The question once more, for what is missing: a plain answer to the receipt is an answer to it."""
    return replace(question, field=replace(question.field, ask=words)) if words else question


def _keep(arrival: Arrival, record: Living) -> None:
    """Whoever asked for no more mail is not looked at again."""
    if isinstance(record, Participant) and record.status == "stopped":
        arrival.cohort.put(record)
    else:
        arrival.put(record)


def _can_take_effect(answer: Said, pairing: Pairing) -> bool:
    """A time that is past, or none at all, books nothing; a rhythm that cannot be read is no rhythm.

    A time for a meeting that is over is past caring about: it is noted and not asked again.
    """
    match answer.question.field.fills:
        case "slot":
            is_left = answer.question.field.optional and answer.value == []
            return is_left or bool(ahead_of(answer)) or _is_over(pairing, answer.ordinal or 1, answer)
        case "rhythm":
            return normal("rhythm", str(answer.value)) is not None
        case _:
            return True


def _is_over(pairing: Pairing, ordinal: int, answer: Said) -> bool:
    meeting = next((m for m in pairing.meetings if m.ordinal == ordinal), None)
    return meeting is not None and (meeting.start <= answer.now or meeting.status != "invited")


def _with_new_times(arrival: Arrival, pairing: Pairing, question: Question) -> Question:
    if question.field.kind != "slots":
        return question
    times = offered(arrival.situation(pairing), arrival.now, days=12)
    return replace(question, slots=times) if times else question


def _tell_proposer(arrival: Arrival, pairing: Pairing, answer: Said) -> None:
    name, value = proposal_in(pairing, answer.question.key)
    what = f"{name}: {value}" if value else name
    line = f"{what} – {in_words('yes_no', answer.value, arrival.context())}"
    arrival.tell((line,), pairing, to=pairing.partner_of(arrival.writer.id))


def ask_once_more(arrival: Arrival, question: Question, heard: Heard) -> None:
    """A second time at most; then a human looks."""
    if was_unclear(arrival, question):
        what = "none of the times suits" if question.field.kind == "slots" else "it could not be understood twice"
        heard.stuck.append(f"the answer to question {question.number}: {what}")
    else:
        heard.again.append(question)
    note_unclear(arrival, question)


def was_unclear(arrival: Arrival, question: Question) -> bool:
    """Whether this question was asked once more already."""
    record = arrival.holder(question)
    asked = record.asked.get(question.key) if record else None
    return bool(asked and asked.unclear.get(question.field.name))


def note_unclear(arrival: Arrival, question: Question) -> None:
    """Counts one more answer that could not be taken."""
    record = arrival.holder(question)
    asked = record.asked.get(question.key) if record else None
    if record is None or asked is None:
        return
    count = {**asked.unclear, question.field.name: asked.unclear.get(question.field.name, 0) + 1}
    arrival.put(with_asked(record, replace(asked, unclear=count)))


def _close_answered(arrival: Arrival, letter: Letter) -> None:
    """A prompt is done when nothing that it needs is open; optional fields may stay empty."""
    optional = {(q.key, q.field.name) for q in letter.questions if q.field.optional}
    answered = {q.key for q in letter.questions if q.number in arrival.reading.answers}
    for question in letter.questions:
        record = arrival.holder(question)
        asked = record.asked.get(question.key) if record else None
        if record is None or asked is None or asked.closed or question.key not in answered:
            continue
        if all((question.key, name) in optional for name in asked.fields):
            arrival.put(closed(record, asked.key, arrival.now))
