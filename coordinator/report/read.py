"""What the program would make of a mail, without any state: for `coordinator read` and for held messages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

from coordinator.core.program import Program
from coordinator.core.reading import Context, Envelope, Reading
from coordinator.core.records import Letter, Question
from coordinator.errors import UnreadableError
from coordinator.formats import mime
from coordinator.formats.headers import MOST_MESSAGE
from coordinator.formats.own import Own
from coordinator.formats.reading import parent_text, read
from coordinator.report.told import account, plain

__all__ = ["account", "account_of", "content_of", "context_of", "plain", "read_mail", "setting", "unread"]

_NUMBERED = re.compile(r"^(\d{1,2})\. (\S.{0,400})$")
_GOAL = re.compile(r"^ {0,8}G(\d{1,2}) {1,4}(\S.{0,400})$", re.MULTILINE)
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_MOST_ASKED = 6
"""Lines that one question takes in a letter."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What stands in for a state. words: the shipped word tables. questions: as the prompt asks them.

    language: "" where none was given; then what the mail says of itself counts, else English.
    """

    language: str = ""
    timezone: str = "UTC"
    now: datetime | None = None
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The mail that was answered: all that a reply may quote of it, and where it came from."""

    text: str
    own: Own


_NOBODY = Own(address="", domain="")


def setting(program: Program, prompt: str, context: Mapping[str, Any]) -> Setting:
    """From a program, the name of a prompt ("" = none) and the values of `--context`.

    UnreadableError where a value of the context is none of its kind.
    """
    language = str(context.get("language", ""))
    fields = program.prompt(prompt, language or "en").usual if prompt else ()
    try:
        slots = tuple(_slot(each) for each in context.get("slots", ()))
        goals = tuple(_goals(context.get("goals", ())))
        now = _instant(context["now"]) if context.get("now") else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise UnreadableError(
            "the context: now and slots are times such as 2026-04-14T12:00:00+02:00 (slots with start and end), "
            "goals are texts or G1 = text"
        ) from None
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
    zone = str(context.get("timezone", "UTC"))
    return Setting(language=language, timezone=zone, now=now, words=program.words, questions=questions)


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableError(f"{path}: {error}") from None


def content_of(path: Path) -> bytes:
    """The bytes of a mail; one byte more than the cap is enough to know that it is too large."""
    with path.open("rb") as file:
        return file.read(MOST_MESSAGE + 1)


@lru_cache(maxsize=32)
def answered(raw: bytes) -> Answered:
    """The mail that replies are aligned with, its HTML part included, as far as that says more than its text."""
    message = mime.parse(raw, _NOBODY)
    address = message.envelope.sender or ""
    own = Own(address=address, domain=address.rpartition("@")[2])
    return Answered(text=parent_text(message.text, message.html or _html(raw)), own=own)


def _html(raw: bytes) -> str:
    """The HTML part beside the text part, "" where none can be read."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(("html",))
        return str(part.get_content()) if part else ""
    except (LookupError, ValueError, AssertionError, AttributeError, TypeError, RecursionError):
        return ""  # a mail that the standard library refuses is aligned by its text


def read_mail(raw: bytes, parent: bytes | None, given: Setting) -> Reading:
    """One mail, aligned to the one that it answers. Never raises, whatever the bytes."""
    return _read(raw, parent, given)[0]


def _read(raw: bytes, parent: bytes | None, given: Setting) -> tuple[Reading, str]:
    """The reading, and the body that its spans count."""
    try:
        sent = answered(parent) if parent is not None else None
        own = sent.own if sent else _NOBODY
        message = mime.parse(raw, own)
        context = Context(
            language=given.language or message.language or "en",
            timezone=given.timezone,
            now=given.now or message.envelope.date or _NEVER,
            words=given.words,
        )
        copy = sent.text if sent else None
        letter = _letter(given.questions, copy) if given.questions or sent else None
        return read(message, own=own, letter=letter, parent=copy, context=context), message.text
    except Exception as error:  # noqa: BLE001 - one bad mail must not keep the others from being read
        return unread(type(error).__name__), ""


def unread(why: str) -> Reading:
    """A mail of which nothing could be read."""
    nothing = Envelope(message_id=None, fingerprint="", sender=None)
    return Reading(kind="unsafe", envelope=nothing, problems=(f"a message that could not be read: {why}",))


def _letter(questions: tuple[Question, ...], parent: str | None) -> Letter:
    """A letter as the parent shows it: each question with the words that really stood there."""
    asked = dict(_asked(parent or ""))
    goals = tuple((int(m[1]), m[2].strip()) for m in _GOAL.finditer(parent or ""))
    shown = tuple(
        replace(
            q,
            field=replace(q.field, ask=asked.get(q.number, q.field.ask)),
            goals=q.goals or (tuple(dict(goals).items()) if q.field.kind == "goals" else ()),
        )
        for q in questions
    )
    return Letter(
        id="read",
        token="",
        ref="",
        message_id="",
        recipient="",
        address="",
        purpose="prompt",
        questions=shown,
        at=_NEVER,
    )


def _asked(parent: str) -> Iterator[tuple[int, str]]:
    """Number and words of each question of a letter; long ones go on up to the hint in brackets."""
    lines = [line.strip() for line in parent.splitlines()]
    seen: set[int] = set()
    for place, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match is None or int(match[1]) in seen:
            continue
        seen.add(int(match[1]))
        more = []
        for below in lines[place + 1 : place + _MOST_ASKED]:
            if not below or below.startswith("(") or _NUMBERED.match(below):
                break
            more.append(below)
        yield int(match[1]), " ".join((match[2], *more))


def account_of(raw: bytes, parent: bytes | None, given: Setting) -> str:
    """A mail for a person: what of it is what, and what it answers."""
    reading, body = _read(raw, parent, given)
    return account(reading, given.questions, body)
