"""Replies to every shipped prompt in every style, client and language, with the answers that were put in.

Each is a pure function of its name, so that a failure can be made again.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from coordinator.core.program import Field
from coordinator.core.reading import Reading, Unclear
from coordinator.core.records import Question
from coordinator.simulate.shapes import CLIENTS, fresh, reply
from coordinator.simulate.shapes.clients import STYLES
from tests.replies.letters_sent import OWN, ZONE, Sent, distinct
from tests.replies.sayings import CLOSINGS, GREETINGS, LANGUAGES, NOTHING, picks, sayings

NUMBERINGS = ("{n}. {answer}", "{n}: {answer}", "{n}) {answer}", "{n} {answer}", "{n} - {answer}", "Q{n}: {answer}")
FORMS = (*STYLES, "order", "bare")
"""Besides the clients' styles: the answers in their order without numbers, quoted below or not at all."""
_AT = datetime(2026, 3, 4, 19, 30, tzinfo=ZoneInfo(ZONE))


class Made(NamedTuple):
    """wanted: question number → value; what was left out is missing in it. new: all that was typed, as it stands."""

    name: str
    raw: bytes
    to: Sent
    language: str
    form: str
    wanted: Mapping[int, Any]
    typed: Mapping[int, str]
    new: str


class Verdict(NamedTuple):
    """outcome: "right", "wrong", "unclear", "missing"."""

    made: Made
    number: int
    kind: str
    outcome: str
    found: Any


def grid(rounds: int = 1, *, step: int = 1, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Made]:
    """Every letter in every form, each time with another client; each `step`th of them."""
    place = 0
    for turn in range(rounds):
        for to in distinct():
            for language in languages:
                if not _suits(to, language):
                    continue
                for form in FORMS:
                    place += 1
                    if place % step == 0:
                        yield made(to, language, form, turn)


def _suits(to: Sent, language: str) -> bool:
    """Who reads Spanish gets the Spanish letters, everybody else the English ones."""
    return to.name.endswith("/es") == (language == "es")


def made(to: Sent, language: str, form: str, turn: int = 0) -> Made:
    """One reply of the grid."""
    name = f"{to.name}/{language}/{form}/{turn}"
    rng = random.Random(name)
    client = rng.choice(tuple(CLIENTS))
    picked = {q.number: _answer(q, language, rng, form) for q in to.draft.letter.questions if _is_given(q, rng, form)}
    typed = {number: text for number, (text, _) in picked.items()}
    wanted = {number: value for number, (_, value) in picked.items()}
    raw, new = _mail(to, typed, language, form, client, rng)
    return Made(f"{name}/{client}", raw, to, language, form, wanted, typed, new)


def _mail(
    to: Sent, typed: Mapping[int, str], language: str, form: str, client: str, rng: random.Random
) -> tuple[bytes, str]:
    who = _who(to)
    first = who[0].split()[0]
    closing = CLOSINGS[language]
    signature = rng.choice(("", first, f"{closing}\n{first}", f"{closing},\n{who[0]}"))
    greeting = rng.choice(GREETINGS[language])
    numbering = rng.choice(NUMBERINGS)
    lines = "\n".join(typed.values())
    said = f"{greeting}\n\n{lines}" if greeting else lines
    if form == "bare":
        address = (("", OWN.address),)
        raw = fresh(said, client=client, sender=who, to=address, subject="Re: x", now=_AT, signature=signature)
        return raw, said
    raw = reply(
        to.draft.raw,
        lines if form == "order" else typed,
        client=client,
        style="top" if form == "order" else form,
        sender=who,
        now=_AT,
        language=language,
        numbering=numbering,
        greeting=greeting,
        signature=signature,
    )
    return raw, _typed(typed, form, greeting, numbering)


def _typed(typed: Mapping[int, str], form: str, greeting: str, numbering: str) -> str:
    """The words as they stand in the mail; mutt and Thunderbird write "html_top" as "top"."""
    lines = list(typed.values())
    if form in {"top", "bottom", "html_top"}:
        lines = [numbering.format(n=n, answer=text) for n, text in typed.items()]
    return "\n".join((greeting, *lines))


def _who(to: Sent) -> tuple[str, str]:
    """(name, address) of whom the letter greets."""
    return ("Grace Hopper" if "Grace" in to.draft.text[:20] else "Ada Byron", "ada@example.com")


def _is_given(question: Question, rng: random.Random, form: str) -> bool:
    if form in {"order", "bare"}:
        return True
    return question.number == 1 or not question.field.optional or rng.random() < 0.8


def _answer(question: Question, language: str, rng: random.Random, form: str) -> tuple[str, Any]:
    field = question.field
    if field.kind in {"choice", "choices"}:
        return rng.choice(picks(field.kind, field.options, language))
    text, value = rng.choice([said for said in sayings(field.kind, language) if _can_be_said(said, field, form)])
    if field.kind == "text":
        value = "" if text in NOTHING and field.optional else text
    elif field.kind == "slots":
        value = [question.slots["abc".index(letter)][0] for letter in value]
    return text, value


def _can_be_said(said: tuple[str, Any], field: Field, form: str) -> bool:
    """A text of several lines only where there is room for it; a number only within its bounds."""
    text, value = said
    return (form not in _ONE_LINE or "\n" not in text) and (field.kind != "number" or field.low <= value <= field.high)


_ONE_LINE = frozenset({"order", "bare", "same_line", "quick"})


def verdicts(one: Made, reading: Reading) -> Iterator[Verdict]:
    """Each question judged; an answer that was never given is wrong, too."""
    for question in one.to.draft.letter.questions:
        number, kind = question.number, question.field.kind
        found = reading.answers.get(number)
        if number not in one.wanted:
            if found is not None:
                yield Verdict(one, number, kind, "unclear" if isinstance(found, Unclear) else "wrong", found)
            continue
        if found is None:
            outcome = "right" if one.wanted[number] == "" else "missing"
        elif isinstance(found, Unclear):
            outcome = "unclear"
        else:
            outcome = "right" if is_same(found.value, one.wanted[number], number, kind) else "wrong"
        yield Verdict(one, number, kind, outcome, found)


def is_same(found: Any, wanted: Any, number: int, kind: str) -> bool:
    """A lone "1 We talked" may keep its number: it can be a count."""
    said, expected = _plain(found, kind), _plain(wanted, kind)
    return bool(said == expected) or (kind == "text" and said == f"{number} {expected}")


def _plain(value: Any, kind: str) -> Any:
    """A value as it is compared: line breaks are the mail program's, the note of a goal is its writer's."""
    match kind:
        case "text":
            return " ".join(str(value).split())
        case "slots":
            starts = [each["start"] if isinstance(each, dict) else each for each in value]
            return [datetime.fromisoformat(s) if isinstance(s, str) else s for s in starts]
        case "goals":
            return {n: [g["score"], g["state"]] if isinstance(g, dict) else g for n, g in value.items()}
    return value
