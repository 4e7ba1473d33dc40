"""Units that plainly answer by their kind; where several questions are alike, by their order."""

from collections.abc import Sequence

from coordinator.core.answers_one import Answers, plain_answer
from coordinator.core.answers_text import tokens
from coordinator.core.fields.kind import unclear
from coordinator.core.prose.of_meeting import about_meeting
from coordinator.core.prose.units import is_unclear
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of

_OPTIONS = frozenset({"choice", "choices", "slots"})


def by_kind(units: Sequence[str], left: Sequence[Question], context: Context, used: set[int]) -> Answers:
    """What plainly answers one question by its kind; where several questions are alike, by their order."""
    groups: dict[tuple[int, ...], list[int]] = {}
    alike = sum(question.field.kind == "yes_no" for question in left) > 1
    for place, unit in enumerate(units):
        doubted = alike and any(is_unclear(unit, question, context) for question in left)
        plain = [
            question
            for question in left
            if plain_answer(unit, question, context) and not (doubted and question.field.kind == "yes_no")
        ]
        told = {q.field.kind for q in plain} == {"yes_no", "duration"}  # "We met for 30 min." says both.
        for kind in ("yes_no", "duration") if told else ("",):
            fits = tuple(question.number for question in plain if kind in ("", question.field.kind))
            if fits:
                groups.setdefault(fits, []).append(place)
                used.add(place)
    by_number = {question.number: question for question in left}
    known: Answers = {}
    for fits, places in sorted(groups.items(), key=lambda group: len(group[0])):
        asked = [by_number[number] for number in fits if number not in known]
        if len(asked) < len(fits) and all(question.field.kind in _OPTIONS for question in asked):
            continue  # Beside "a not" the words "b and c" speak of the same options.
        known |= _shared_out([units[place] for place in places], asked, context)
    return known


def _shared_out(texts: Sequence[str], asked: Sequence[Question], context: Context) -> Answers:
    """Texts that each could answer any of these questions."""
    if len(asked) == len(texts):
        read = {q.number: plain_answer(text, q, context) for q, text in zip(asked, texts, strict=True)}
        return {number: found for number, found in read.items() if found}
    said = ", ".join(texts)
    signed = [question for question in asked if question.field.fills == "signed"]
    if signed and len(asked) > 1 and all(_signs(text, context) for text in texts):
        asked = signed
    if len(asked) == 1:
        same = _agreed(texts, asked[0], context)
        return {asked[0].number: same or unclear(said, words_of(context), "different")}
    needed = [question for question in asked if not question.field.optional]
    if len(needed) == 1 and (same := _agreed(texts, needed[0], context)):
        # The letter asks for this one and leaves the others to the person.
        return {needed[0].number: same}
    about = about_meeting(said, needed, context) if {q.field.kind for q in needed} == {"yes_no"} else None
    if about and (same := _agreed(texts, about, context)):
        return {about.number: same}
    return {question.number: unclear(said, words_of(context), "which") for question in needed}


def _signs(text: str, context: Context) -> bool:
    """Whether these are the words with which an agreement is signed, and no other question answered: "I agree"."""
    said = tokens(text).said
    return any(said in words_of(context, language).phrases("signs") for language in languages(context))


def _agreed(texts: Sequence[str], question: Question, context: Context) -> Value | None:
    """The answer that several texts repeat."""
    found = [plain_answer(text, question, context) for text in texts]
    return (
        found[0] if all(f is not None and found[0] is not None and f.value == found[0].value for f in found) else None
    )
