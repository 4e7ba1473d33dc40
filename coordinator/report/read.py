"""What the program would make of a mail, without any state: for `coordinator read` and for held messages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coordinator.core.program import Program
from coordinator.core.reading import Context, Reading, Unclear, Value
from coordinator.core.records import Letter, Question
from coordinator.errors import UnreadableError
from coordinator.formats import mime
from coordinator.formats.own import Own
from coordinator.formats.reading import read

_NUMBERED = re.compile(r"^(\d{1,2})\. (\S.{0,400})$")
_OWN = Own(address="", domain="")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What stands in for a state. words: the shipped word tables. questions: as the prompt asks them."""

    language: str = "en"
    timezone: str = "UTC"
    now: datetime | None = None
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def setting(program: Program, prompt: str, context: Mapping[str, Any]) -> Setting:
    """From a program, the name of a prompt ("" = none) and the values of `--context`."""
    language = str(context.get("language", "en"))
    fields = program.prompt(prompt, language).fields if prompt else ()
    slots = tuple(_slot(s) for s in context.get("slots", ()))
    goals = tuple(_goals(context.get("goals", ())))
    questions = tuple(
        Question(
            number=n,
            pairing="",
            prompt=prompt,
            key=prompt,
            field=f,
            slots=slots if f.kind == "slots" else (),
            goals=goals if f.kind == "goals" else (),
        )
        for n, f in enumerate(fields, start=1)
    )
    now = context.get("now")
    return Setting(
        language=language,
        timezone=str(context.get("timezone", "UTC")),
        now=_instant(now) if now else None,
        words=program.words,
        questions=questions,
    )


def _goals(given: Any) -> Iterator[tuple[int, str]]:
    pairs = given.items() if isinstance(given, dict) else enumerate(given, start=1)
    for number, text in pairs:
        yield int(str(number).lstrip("Gg")), str(text.get("text", "") if isinstance(text, dict) else text)


def _slot(given: Any) -> tuple[datetime, datetime]:
    if isinstance(given, Mapping):
        return _instant(given["start"]), _instant(given["end"])
    start = _instant(given[0] if isinstance(given, list) else given)
    return start, _instant(given[1]) if isinstance(given, list) and len(given) > 1 else start


def _instant(given: Any) -> datetime:
    at = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def context_of(path: Path) -> Mapping[str, Any]:
    """A `--context` file: language, timezone, now, goals, slots."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: {error}") from None


def read_mail(raw: bytes, parent: bytes | None, given: Setting) -> Reading:
    """One mail, aligned to the one that it answers."""
    message = mime.parse(raw, _OWN)
    sent = mime.parse(parent, _OWN).text if parent is not None else None
    context = Context(
        language=given.language,
        timezone=given.timezone,
        now=given.now or message.envelope.date or datetime(2026, 1, 1, tzinfo=UTC),
        words=given.words,
    )
    letter = _letter(given.questions, sent) if given.questions or sent is not None else None
    return read(message, own=_OWN, letter=letter, parent=sent, context=context)


def _letter(questions: tuple[Question, ...], parent: str | None) -> Letter:
    """A letter as the parent shows it: each question with the words that really stood there."""
    asked = {int(m[1]): m[2] for line in (parent or "").splitlines() if (m := _NUMBERED.match(line.strip()))}
    shown = tuple(replace(q, field=replace(q.field, ask=asked.get(q.number, q.field.ask))) for q in questions)
    return Letter(
        id="read",
        token="",
        ref="",
        message_id="",
        recipient="",
        address="",
        purpose="prompt",
        questions=shown,
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def plain(reading: Reading, questions: tuple[Question, ...] = ()) -> dict[str, Any]:
    """As `--json` prints it."""
    made: dict[str, Any] = {
        "kind": reading.kind,
        "from": reading.envelope.sender,
        "text": reading.text,
        "language": reading.language,
        "calendar": _calendar(reading),
        "bounce": _bounce(reading),
        "problems": list(reading.problems),
    }
    if questions:
        made["answers"] = {q.field.name: _answer(reading.answers.get(q.number)) for q in questions}
    return made


def _calendar(reading: Reading) -> dict[str, Any] | None:
    said = reading.calendar
    if said is None:
        return None
    return {
        "method": said.method,
        "uid": said.uid,
        "attendee": said.attendee,
        "partstat": said.partstat,
        "start": said.start.isoformat() if said.start else None,
        "end": said.end.isoformat() if said.end else None,
        "comment": said.comment,
        "sequence": said.sequence,
    }


def _bounce(reading: Reading) -> dict[str, Any] | None:
    back = reading.bounce
    return {"recipient": back.recipient, "hard": back.hard, "status": back.status} if back else None


def _answer(answer: Value | Unclear | None) -> dict[str, Any]:
    match answer:
        case Value(value=value, evidence=evidence):
            return {"value": value, "evidence": evidence}
        case Unclear(reason=reason, evidence=evidence):
            return {"value": None, "evidence": evidence, "reason": reason}
        case _:
            return {"value": None, "reason": "not answered"}


def account(reading: Reading, questions: tuple[Question, ...] = ()) -> str:
    """The same for a person: the mail with its spans marked, then the answers with their evidence."""
    return "\n".join(_lines(reading, questions))


def _lines(reading: Reading, questions: tuple[Question, ...]) -> Iterator[str]:
    sender = reading.envelope.sender or "(no sound sender)"
    yield f"kind: {reading.kind}    from: {sender}    language: {reading.language}"
    for problem in reading.problems:
        yield f"problem: {problem}"
    for span in reading.cut.spans if reading.cut else ():
        if span.label != "blank":
            yield f"[{span.label}: {span.reason}]"
    if reading.text:
        yield "new text:"
        yield from (f"  | {line}" for line in reading.text.splitlines())
    names = {q.number: q.field.name for q in questions}
    for number, answer in sorted(reading.answers.items()):
        shown = _answer(answer)
        name = names.get(number, "")
        value = shown["value"] if "reason" not in shown else f"unclear – {shown['reason']}"
        yield f"answer {number} {name}: {value}    from the words {shown.get('evidence', '')!r}"
    for command in reading.commands:
        yield f"command {command.name}: {command.words}"
    if reading.calendar:
        yield f"calendar: {reading.calendar.method} {reading.calendar.partstat} of {reading.calendar.uid}"
