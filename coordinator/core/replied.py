"""A reply of somebody who is who they seem: answers into the record, commands obeyed, the rest asked once more."""

from collections.abc import Iterator

from coordinator.core import which
from coordinator.core.answering import Heard, note_unclear, take_answers, take_fixes, was_unclear
from coordinator.core.answers import without_commands
from coordinator.core.answers_polite import is_kind_word, is_pleasantry
from coordinator.core.arrival import Arrival
from coordinator.core.booking import standing_for, with_meeting
from coordinator.core.call_answers import answered_in_words, is_about_call, times_answered
from coordinator.core.call_orders import placed
from coordinator.core.echo import confirmations
from coordinator.core.effects import Decision
from coordinator.core.endings.weary import asked_what_helps
from coordinator.core.frozen import replace
from coordinator.core.notes import keep_beside
from coordinator.core.orders import obeyed
from coordinator.core.overlay import Living
from coordinator.core.privacy import confirmed, is_confirmation
from coordinator.core.reading import Unclear, Value
from coordinator.core.receipts import patience_for
from coordinator.core.records import Letter, Question
from coordinator.core.remainder import asks_for_something
from coordinator.core.rsvp import in_words
from coordinator.core.spoken import presence, spoken
from coordinator.core.together import tell_both
from coordinator.core.unheard import asks_only
from coordinator.core.words import words_of

_AS_SIGNED = frozenset({"person", "address"})
"""Kinds of answer that look like a signature: a reply of nothing else was perhaps cut away as one."""
FEW_WORDS = 8
"""What is no longer, asks nothing and is no kind word is for a human, not for one more letter."""


def replied(arrival: Arrival) -> Decision:
    letter, heard = arrival.found.letter, Heard()
    if letter and asks_only(arrival):
        arrival.heard()
        return arrival.decision("held", "it asks something, and answers nothing")
    if letter and (said := confirmations(arrival, letter)).any:
        return replace(_besides(arrival, letter, "confirm"), confirmed=said.right, denied=said.wrong)
    if letter and (waits := which.chosen(arrival, letter))[0]:
        return replace(_besides(arrival, letter, which.PROMPT), confirmed=waits[:1], about=waits[1])
    if letter and is_confirmation(letter):
        return confirmed(arrival, letter)
    is_order = _only_orders(arrival)
    about_call: tuple[str, ...] = ()
    if letter:
        arrival, about_call = placed(arrival, letter)
    if letter and is_about_call(letter) and not is_order:
        return times_answered(arrival, letter)
    if letter and not is_about_call(letter):
        take_answers(arrival, letter, heard, but=spoken(arrival, letter, heard))
        take_fixes(arrival, letter, heard)
    is_open = which.is_open(arrival)
    asks = _take_rest(arrival, heard)
    done, undone = obeyed(arrival)
    done = (*about_call, *done)
    _tell(arrival, heard, done)
    if is_open and not heard.stuck:
        return which.asked(arrival)
    was_anything = bool(heard.any or done or arrival.effects)
    weary = asked_what_helps(arrival, arrival.pairing, arrival.reading.text or "")
    reasons = [reason for reason in (*heard.stuck, *undone, *asks, weary) if reason]
    if reasons:
        return arrival.decision("held", reasons[0])
    if weary is not None and not was_anything:
        return _heard_weary(arrival)
    if heard.any or done or arrival.effects:
        return arrival.decision("applied")
    return _nothing_understood(arrival)


def _heard_weary(arrival: Arrival) -> Decision:
    """They were asked what would help; below an invitation their words may be a no to the meeting as well."""
    arrival.heard()
    letter = arrival.found.letter
    if letter and letter.uid:
        _answered_invitation(arrival, letter, arrival.reading.text or "")
    return arrival.decision("applied")


_OF_MEETING = frozenset({"meeting_met", "meeting_minutes", "goal_progress", "covered"})
"""Facts beside which a remark is told again, though their receipt may wait."""


def _besides(arrival: Arrival, letter: Letter, settled: str) -> Decision:
    """What the same reply says to other questions, and tells us to do, as if the settled question were not there."""
    arrival.heard()
    others = tuple(q for q in letter.questions if q.field.fills != settled)
    numbers, reading = {q.number for q in others}, arrival.reading
    answers = {number: answer for number, answer in reading.answers.items() if number in numbers}
    commands = tuple(c for c in reading.commands if c.name not in ("agree", "disagree"))
    if not answers and not commands:
        return arrival.decision("applied")
    found = replace(arrival.found, letter=replace(letter, questions=others))
    return replied(replace(arrival, found=found, reading=replace(reading, answers=answers, commands=commands)))


def _take_rest(arrival: Arrival, heard: Heard) -> tuple[str, ...]:
    """Keeps what beside the answers was written; why a human must look, where it asks something.

    Without an answer the whole is asked about anyway.
    """
    if heard.settled or not (heard.lines or heard.again or heard.stuck or _orders(arrival)):
        return ()
    names = {arrival.writer.first_name.casefold(), arrival.writer.last_name.casefold()}
    rest = [sentence for sentence in arrival.reading.rest if sentence.casefold().strip(" .,!-") not in names]
    if not rest:
        return ()
    keep_beside(arrival, "\n".join(rest))
    answers = heard.lines or heard.again or heard.stuck  # no letter comes for a remark beside an order
    if answers and (patience_for(heard.told) is None or any(q.field.fills in _OF_MEETING for q in heard.told)):
        line = str(words_of(arrival.context()).data["told"]["beside"])
        heard.beside.append(line.format(words=" ".join(rest)))
    return ("a question stands beside the answers",) if any(_asks(arrival, sentence) for sentence in rest) else ()


def _asks(arrival: Arrival, sentence: str) -> bool:
    return asks_for_something(sentence, arrival.context())


def _orders(arrival: Arrival) -> bool:
    """Whether a reply tells us to do something, and calls for no help: those words are its writer's to release."""
    names = {command.name for command in arrival.reading.commands}
    return bool(names - {"agree", "disagree", "fix", "stop"}) and "help" not in names


def _only_orders(arrival: Arrival) -> bool:
    """Whether a reply says what to do and answers nothing: "PAUSE until 3 May" below an offer of times."""
    answers = arrival.reading.answers.values()
    return bool(arrival.reading.commands) and not any(isinstance(answer, Value) for answer in answers)


def _tell(arrival: Arrival, heard: Heard, done: tuple[str, ...]) -> None:
    if heard.is_told or done:
        arrival.tell(
            (*heard.lines, *heard.beside, *done),
            _about(arrival, heard),
            told=tuple(heard.told),
            unclear=tuple(heard.again),
            lacking=tuple(heard.open),
            at_once=any(q.field.kind in ("date", "slots") for q in heard.told),
        )
        arrival.heard()


def _about(arrival: Arrival, heard: Heard) -> Living:
    """What the questions themselves are about, else the one pairing of the message, else its writer alone."""
    held = [record for q in (*heard.told, *heard.again, *heard.open) if (record := arrival.holder(q))]
    ids = {record.id for record in held}
    if arrival.pairing and (not ids or arrival.pairing.id in ids):
        return arrival.pairing
    return min(held, key=lambda r: r.id) if held else arrival.writer


def _nothing_understood(arrival: Arrival) -> Decision:
    """Words, but none that answer: to an invitation they may be a yes; else they are asked about, or a human looks."""
    letter, text = arrival.found.letter, arrival.reading.text or ""
    if letter is None:
        return arrival.decision("held", "somebody we know wrote, but to none of our letters")
    if letter.uid and _answered_invitation(arrival, letter, text):
        return arrival.decision("applied")
    questions = _still_open(arrival, letter)
    if questions and (text.strip() or any(question.field.kind in _AS_SIGNED for question in questions)):
        return _ask_again(arrival, questions)
    if numbers := _unnumbered(arrival, letter, text):
        return _ask_again(arrival, numbers)
    is_kind = not text.strip() or _is_kind_word(arrival, letter, text)
    arrival.heard()
    if is_kind:
        return arrival.decision("applied")
    if "?" not in text and len(text.split()) > FEW_WORDS and (free := _left_free(arrival, letter)):
        return _ask_again(arrival, free)
    return arrival.decision("held", "words to a letter that asked for no answer")


def _is_kind_word(arrival: Arrival, letter: Letter, text: str) -> bool:
    """Also what was obeyed in silence, such as a contact that was noted, is no word for a human."""
    was_obeyed = bool(arrival.cohort.changes())
    said = without_commands(text, arrival.context(), letter.questions) if was_obeyed else text
    people = [arrival.writer, *(arrival.cohort.participant(id_) for id_ in _partners(arrival, letter))]
    names = [name for person in people if person for name in (person.first_name, person.last_name)]
    return is_kind_word(said, arrival.context(), [*names, arrival.chapter.sender_name])


def _partners(arrival: Arrival, letter: Letter) -> Iterator[str]:
    for pairing in map(arrival.cohort.pairing, letter.pairings):
        yield from (pairing.mentor, pairing.mentee, *pairing.advisors) if pairing else ()


def _answered_invitation(arrival: Arrival, letter: Letter, text: str) -> bool:
    known, comes = arrival.cohort.meeting(letter.uid), presence(text, arrival.context())
    if known is None:
        return answered_in_words(arrival, letter, text)
    if comes is None:
        return False
    if known[0].role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return False
    pairing = arrival.cohort.pairing(known[0].id) or known[0]
    meeting = standing_for(pairing, known[1], arrival.now)
    arrival.heard()
    if meeting.organizer and not comes:
        arrival.put(with_meeting(pairing, meeting.ordinal, status="cancelled", booked=arrival.now))
        return True
    arrival.put(in_words(pairing, meeting, arrival.writer, comes=comes, now=arrival.now))
    tell_both(arrival, pairing, meeting)
    return True


def _still_open(arrival: Arrival, letter: Letter) -> tuple[Question, ...]:
    """Questions that need an answer or were given one that could not be read."""
    open_ones = []
    for question in letter.questions:
        record = arrival.holder(question)
        asked = record.asked.get(question.key) if record else None
        is_tried = isinstance(arrival.reading.answers.get(question.number), Unclear)
        if asked and question.field.name in asked.fields and (is_tried or not question.field.optional):
            open_ones.append(question)
    return tuple(open_ones)


def _left_free(arrival: Arrival, letter: Letter) -> tuple[Question, ...]:
    """Of a letter that asks for nothing but what may be left out, the questions without an answer so far."""
    said = {(a.key, a.field) for q in letter.questions if (record := arrival.holder(q)) for a in record.answers}
    free = all(question.field.optional for question in letter.questions)
    return tuple(q for q in letter.questions if (q.key, q.field.name) not in said) if free else ()


def _unnumbered(arrival: Arrival, letter: Letter, text: str) -> tuple[Question, ...]:
    """All that a letter asks, where it asks for nothing but numbers and got a word: "great" may be any of them."""
    asks_numbers = all(question.field.kind in ("scale", "rating") for question in letter.questions)
    if not asks_numbers or not text.strip() or is_pleasantry(text, arrival.context()):
        return ()
    return _left_free(arrival, letter)


def _ask_again(arrival: Arrival, questions: tuple[Question, ...]) -> Decision:
    if any(was_unclear(arrival, q) for q in questions):
        return arrival.decision("held", "no answer could be read in two replies to the same questions")
    for question in questions:
        note_unclear(arrival, question)
    record = arrival.holder(questions[0])
    if record:
        arrival.tell((), record, unclear=questions, at_once=True)
    arrival.heard()
    return arrival.decision("applied")
