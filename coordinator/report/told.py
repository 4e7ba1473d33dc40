"""A reading as it is told: to programs as plain values, to people as the mail with its spans marked."""

import re
from collections.abc import Iterator
from typing import Any

from coordinator.core.reading import Reading, Unclear, Value
from coordinator.core.records import Question

_MOST_SHOWN = 2000
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal or turn a line around."""


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


def account(reading: Reading, questions: tuple[Question, ...] = (), body: str = "") -> str:
    """The mail with its spans marked, then the answers with their evidence. body: the text that the spans count."""
    return "\n".join(_HIDDEN.sub("·", line) for line in _lines(reading, questions, body))


def _lines(reading: Reading, questions: tuple[Question, ...], body: str) -> Iterator[str]:
    sender = reading.envelope.sender or "(no sound sender)"
    yield f"kind: {reading.kind}    from: {sender}    language: {reading.language}"
    for problem in reading.problems:
        yield f"problem: {problem}"
    if body and reading.cut:
        yield from _marked(reading, body)
    else:
        yield from _outline(reading)
    names = {q.number: q.field.name for q in questions}
    for number, answer in sorted(reading.answers.items()):
        shown = _answer(answer)
        value = shown["value"] if "reason" not in shown else f"unclear – {shown['reason']}"
        yield f"answer {number} {names.get(number, '')}: {value}    from the words {shown.get('evidence', '')!r}"
    for number, name in names.items():
        if number not in reading.answers:
            yield f"answer {number} {name}: none"
    for command in reading.commands:
        yield f"command {command.name}: {command.words}"
    if reading.calendar:
        yield f"calendar: {reading.calendar.method} {reading.calendar.partstat} of {reading.calendar.uid}"
    if reading.bounce:
        yield f"bounce: {reading.bounce.recipient} {'hard' if reading.bounce.hard else 'soft'} {reading.bounce.status}"
    if reading.back:
        yield f"back on: {reading.back.isoformat()}"


def _marked(reading: Reading, body: str) -> Iterator[str]:
    """The whole body, each span under its label and reason; new words stand behind a bar."""
    shown, before = 0, ("", "")
    for span in reading.cut.spans if reading.cut else ():
        if span.label == "blank":
            continue
        if (span.label, span.reason) != before:
            yield f"[{span.label}: {span.reason}]"
        before = (span.label, span.reason)
        for line in body[span.start : span.end].rstrip("\n").splitlines():
            shown += 1
            if shown > _MOST_SHOWN:
                yield "  … and so on"
                return
            yield f"  {'|' if span.label == 'new' else ':'} {line}"


def _outline(reading: Reading) -> Iterator[str]:
    for span in reading.cut.spans if reading.cut else ():
        if span.label != "blank":
            yield f"[{span.label}: {span.reason}]"
    if reading.text:
        yield "new text:"
        yield from (f"  | {line}" for line in reading.text.splitlines())
