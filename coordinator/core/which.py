"""What somebody in several pairings says without naming one: they are asked which, and taken at their word (S-5)."""

from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.compose import footer, new_letter
from coordinator.core.context import context
from coordinator.core.effects import Decision, Effect, Section
from coordinator.core.endings.wishes import is_of_all
from coordinator.core.frozen import replace
from coordinator.core.hours import on_day
from coordinator.core.moments import Moment
from coordinator.core.orders import is_about_a_pairing
from coordinator.core.reading import Value
from coordinator.core.records import Letter, Pairing, Question

PROMPT = "which"
ANSWERABLE = timedelta(days=30)


def is_open(arrival: Arrival) -> bool:
    """Whether a wish was understood that is about one of several pairings, and nothing tells about which."""
    if arrival.found.writer is None or arrival.pairing is not None or PROMPT not in arrival.program.prompts:
        return False
    asks = (c for c in arrival.reading.commands if is_about_a_pairing(c) and not is_of_all(arrival, c))
    return len(_candidates(arrival)) > 1 and any(asks)


def asked(arrival: Arrival) -> Decision:
    """One letter that names them; the message waits for the answer."""
    arrival.effects.append(_letter(arrival, _candidates(arrival)))
    return arrival.decision("unconfirmed", "its writer was asked which of their pairings it is about")


def chosen(arrival: Arrival, letter: Letter) -> tuple[str, str]:
    """(id of the message that waits, id of the pairing) as the writer answers; ("", "") where they do not."""
    for question in letter.questions:
        answer = arrival.reading.answers.get(question.number)
        if question.field.fills == PROMPT and isinstance(answer, Value) and answer.value in question.field.options:
            first = arrival.cohort.letter(question.key) or letter  # asked once more, it stands among others
            named = dict(zip(question.field.options, first.pairings, strict=False))
            return question.key.rpartition("/")[2], named.get(str(answer.value), "")
    return "", ""


def _candidates(arrival: Arrival) -> tuple[Pairing, ...]:
    """The open ones in which the writer is one of the two; only those that the letter is about, where there is one."""
    letter, me = arrival.found.letter, arrival.writer.id
    named = letter.pairings if letter else ()
    own = (p for p in arrival.cohort.pairings_of(me) if p.status != "ended" and me in (p.mentor, p.mentee))
    return tuple(sorted((p for p in own if not named or p.id in named), key=lambda p: p.id))


def _letter(arrival: Arrival, pairings: tuple[Pairing, ...]) -> Effect:
    writer, where = arrival.writer, arrival.where(arrival.writer)
    key = f"{writer.id}/{PROMPT}/h{arrival.reading.envelope.fingerprint[:10]}"
    prompt = arrival.program.prompt(PROMPT, writer.language or arrival.chapter.language)
    names = _names(arrival, pairings)
    questions = tuple(
        Question(number=n, pairing="", prompt=PROMPT, key=key, field=replace(field, options=names))
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
        pairings=tuple(p.id for p in pairings),
        questions=questions,
    )
    moment = Moment(at=arrival.now, kind="tell", key=key, stage="", recipient=writer.id)
    lines = [" ".join(c.words.split()) for c in arrival.reading.commands if is_about_a_pairing(c)]
    section = Section(prompt=PROMPT, pairing="", key=key, context={**context(where, moment), "alert": lines})
    return Effect(letter=letter, sections=(section,), footer=footer(where, writer, arrival.now))


def _names(arrival: Arrival, pairings: tuple[Pairing, ...]) -> tuple[str, ...]:
    """The partner of each; with the day it began where one partner stands in two."""
    language = arrival.writer.language or arrival.chapter.language
    people = [arrival.situation(p).person(p.partner_of(arrival.writer.id)).name for p in pairings]
    return tuple(
        name if people.count(name) == 1 else f"{name} ({on_day(pairing.start, language)})"
        for name, pairing in zip(people, pairings, strict=True)
    )
