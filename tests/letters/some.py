"""A chapter, a program and letters for the tests of this folder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from typing import Any

from coordinator import programs
from coordinator.core.effects import Chapter, Draft, Effect, Section
from coordinator.core.program import Program
from coordinator.formats import letters
from coordinator.programs.folders import names

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
CHAPTER = Chapter(
    name="Mentoring North",
    address="mentoring@north.example",
    sender_name="Mentoring North",
    coordinator="volunteer@north.example",
    timezone=BERLIN,
)


@lru_cache(maxsize=16)
def program(name: str = "six-month") -> Program:
    return programs.load(name, own=None)


def effect(prompt: str, language: str = "en", **context: Any) -> Effect:
    """A letter with one prompt; context: what differs from the sample."""
    made = letters.sample_effect(program(), program().prompt(prompt, language), language)
    section = made.sections[0]
    return replace(made, sections=(replace(section, context={**section.context, **context}),))


def draft(made: Effect, chapter: Chapter = CHAPTER, of: Program | None = None) -> Draft:
    return letters.write(made, of or program(), chapter, MONDAY, BERLIN)


def parsed(made: Draft) -> EmailMessage:
    message = message_from_bytes(made.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, media_type: str) -> EmailMessage:
    """The one part of that type."""
    (found,) = (p for p in message.walk() if p.get_content_type() == media_type)
    assert isinstance(found, EmailMessage)
    return found


def text_of(made: Draft) -> str:
    content: str = part(parsed(made), "text/plain").get_content()
    return content.replace("\r\n", "\n")


def html_of(made: Draft) -> str:
    content: str = part(parsed(made), "text/html").get_content()
    return content


def with_section(made: Effect, prompt: str, key: str, **context: Any) -> Effect:
    """The letter with another prompt below the first."""
    more = effect(prompt)
    numbered = tuple(
        replace(question, number=len(made.letter.questions) + n, key=key)
        for n, question in enumerate(more.letter.questions, start=1)
    )
    section = Section(prompt=prompt, pairing="p1", key=key, context={**more.sections[0].context, **context})
    return replace(
        made,
        letter=replace(made.letter, questions=(*made.letter.questions, *numbered)),
        sections=(*made.sections, section),
    )


def every_letter() -> list[tuple[str, str]]:
    """(prompt, language) of everything that base and six-month say."""
    return [(id_, language) for id_, versions in program().prompts.items() for language in versions]


def other_programs() -> list[str]:
    """The shipped programs with letters of their own."""
    return [name for name in names(None) if name not in ("base", "six-month")]


def own_letters(name: str) -> list[tuple[str, str, str]]:
    """(program, prompt, language) of the letters that stand in a program's own folder."""
    return [
        (name, id_, language)
        for id_, versions in program(name).prompts.items()
        for language, prompt in versions.items()
        if prompt.source.startswith(f"templates/{name}/")
    ]


Plain = Mapping[str, Any]
