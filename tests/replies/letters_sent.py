"""Every shipped prompt that asks, as the mail that a person gets, with what a cohort remembers of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from coordinator import programs
from coordinator.core.effects import Chapter, Draft
from coordinator.core.reading import Context, Reading
from coordinator.formats import letters
from coordinator.formats.mime import Own, parse
from coordinator.formats.reading import read

ROOT = Path(__file__).parents[2]
TEMPLATES = Path(__file__).with_name("templates")
"""The chapter's own: a debrief that asks whether, how long, how far, what helped and what is hard, as it once shipped."""
ZONE = "Europe/Berlin"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN = Own(address="mentoring@example.org", domain="example.org")
CHAPTER = Chapter(
    name="Lantern",
    address=OWN.address,
    sender_name="Lantern Mentoring",
    coordinator="carol@example.org",
    secret=b"0123456789abcdef0123456789abcdef",
)


class Sent(NamedTuple):
    """name: program/prompt/language of the letter."""

    name: str
    draft: Draft

    @property
    def slots(self) -> Sequence[tuple[datetime, datetime]]:
        return next((question.slots for question in self.draft.letter.questions if question.slots), ())


@cache
def sent() -> tuple[Sent, ...]:
    """All of them, in every language that they ship in."""
    found = []
    for name in sorted(path.parent.name for path in (ROOT / "templates").glob("*/program.toml")):
        program = programs.load(name, own=None)
        for versions in program.prompts.values():
            for language, prompt in versions.items():
                if prompt.fields:
                    effect = letters.sample_effect(program, prompt, language)
                    draft = letters.write(effect, program, CHAPTER, NOW, ZONE)
                    found.append(Sent(f"{name}/{prompt.id}/{language}", draft))
    return tuple(found)


@cache
def distinct() -> tuple[Sent, ...]:
    """Each shipped prompt once, however many programs send it."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for each in sent():
        key = (each.name.rpartition("/")[2], *((q.field, q.goals) for q in each.draft.letter.questions))
        if key not in seen:
            seen.add(key)
            found.append(each)
    return tuple(found)


def letter(prompt: str, language: str = "en", program: str = "six-month") -> Sent:
    """As it ships; the debrief with the five questions that the drawer's replies were written to."""
    if (prompt, program) == ("debrief", "six-month"):
        return _debrief(language)
    return next(each for each in sent() if each.name == f"{program}/{prompt}/{language}")


@cache
def _debrief(language: str) -> Sent:
    program = programs.load("six-month", own=TEMPLATES)
    effect = letters.sample_effect(program, program.prompts["debrief"][language], language)
    return Sent(f"six-month/debrief/{language}", letters.write(effect, program, CHAPTER, NOW, ZONE))


@cache
def words() -> dict[str, Any]:
    return dict(programs.load("base", own=None).words)


@cache
def context(language: str) -> Context:
    return Context(language=language, timezone=ZONE, now=datetime(2026, 3, 4, 18, 30, tzinfo=UTC), words=words())


def read_reply(raw: bytes, to: Sent | None, language: str, *, parent: bool = True) -> Reading:
    """Bytes to answers, aligned to the sent copy; `parent` False = that copy is gone."""
    known = to.draft.letter if to else None
    copy = to.draft.quotable if to and parent else None
    return read(parse(raw, OWN), own=OWN, letter=known, parent=copy, context=context(language))
