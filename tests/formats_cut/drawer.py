"""The drawer of replies: mails of our own making, and beside each what should be read from it."""

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from coordinator.core.program import Field
from coordinator.core.reading import Context, Reading
from coordinator.core.records import Letter, Question
from coordinator.formats.mime import Own, parse
from coordinator.formats.reading import read
from tests.formats_cut.letters import LETTERS, OURS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "mail" / "replies"
OWN = Own(address=OURS.address, domain="example.org")
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
KINDS = ("yes_no", "duration", "scale", "text", "text")


class Kept(NamedTuple):
    """pieces: text and the number of the question it stands under."""

    name: str
    raw: bytes
    letter: str
    kind: str
    text: str
    pieces: tuple[tuple[str, int | None], ...]


def drawer() -> list[Kept]:
    """Everything in the drawer, in order."""
    return [_kept(path) for path in sorted(FOLDER.glob("*.eml"))]


def read_kept(kept: Kept) -> Reading:
    """The mail as the program reads it."""
    return read_raw(kept.raw, kept.letter)


def read_raw(raw: bytes, letter: str = "en", *, parent: str | None = "") -> Reading:
    """A mail in answer to one of the letters; `parent` None = its sent copy is gone."""
    text = LETTERS[letter].text if parent == "" else parent
    return read(parse(raw, OWN), own=OWN, letter=record(letter), parent=text, context=context())


@cache
def context() -> Context:
    words = {path.stem: tomllib.loads(path.read_text()) for path in (ROOT / "templates" / "words").glob("*.toml")}
    return Context(language="en", timezone="Europe/London", now=NOON, words=words)


def record(name: str) -> Letter:
    """The letter as a cohort remembers it."""
    questions = tuple(
        Question(number=number, pairing="p1", prompt="debrief", key="p1/debrief/1", field=_field(number, ask))
        for number, ask in LETTERS[name].questions
    )
    return Letter(
        id="p1/debrief/1",
        token="abcdefghijklmnopqrstuvwx23",
        ref="KH7P2M4Q",
        message_id="<letter-1@example.org>",
        recipient="anna",
        address="anna@example.com",
        purpose="prompt",
        subject=OURS.subject,
        questions=questions,
        at=NOON,
    )


def _field(number: int, ask: str) -> Field:
    kind = KINDS[number - 1]
    return Field(name=f"q{number}", kind=kind, ask=ask, low=0 if kind == "scale" else 1, high=10, optional=number == 5)


def _kept(path: Path) -> Kept:
    said: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    pieces = tuple((text, after) for text, after in said["pieces"])
    return Kept(path.stem, path.read_bytes(), said["letter"], said["kind"], said["text"], pieces)
