"""Cohorts named for the situation they are in, and a way to let days pass over them."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from coordinator.core.advance import advance
from coordinator.core.effects import Chapter, Decision, Draft, Effect
from coordinator.core.program import Field, Opening, Program, Prompt, Stage
from coordinator.core.reading import Command, Envelope, Reading, Unclear, Value
from coordinator.core.receive import receive
from coordinator.core.records import Pairing, Participant
from coordinator.core.wanted import accepted, still_wanted
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work

WORDS = {"en": tomllib.loads((Path(__file__).parents[2] / "templates/words/en.toml").read_text(encoding="utf-8"))}
MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CHAPTER = Chapter(
    name="Elm chapter",
    address="mentoring@example.org",
    sender_name="Mentoring",
    coordinator="coordinator@example.org",
    secret=b"k" * 32,
)


def prompt(name: str, *fields: Field, silence: str = "") -> Mapping[str, Prompt]:
    return {
        "en": Prompt(id=name, subject=name, body="{{ questions }}", source=f"{name}.md", fields=fields, silence=silence)
    }


def question(name: str, kind: str, **more: Any) -> Field:
    return Field(name=name, kind=kind, ask=f"{name}?", **more)


def small_program(**changes: Any) -> Program:
    """Introduction, goals, meetings, a word after long silence, closing, and the advisor's week."""
    prompts = {
        "introduction": prompt(
            "introduction",
            question("slot", "slots", fills="slot"),
            question("journey", "text", fills="journey", optional=True),
        ),
        "introduction-mentor": prompt("introduction-mentor"),
        "goals": prompt(
            "goals", question("goals", "text", fills="goals"), question("gains", "text", fills="gains", optional=True)
        ),
        "agenda": prompt("agenda", question("agenda", "text", fills="agenda")),
        "debrief": prompt(
            "debrief",
            question("met", "yes_no", fills="meeting_met", visibility="advisor"),
            question("minutes", "duration", fills="meeting_minutes", optional=True),
            question("goals", "goals", fills="goal_progress", optional=True),
            question("note", "text", visibility="private", optional=True),
        ),
        "debrief-mentor": prompt(
            "debrief-mentor",
            question("met", "yes_no", fills="meeting_met", visibility="advisor"),
            question("well", "text", fills="feedback", optional=True),
        ),
        **{
            name: prompt(name)
            for name in (
                "invitation",
                "update",
                "cancelled",
                "no-news",
                "closing",
                "summary",
                "receipt",
                "unclear",
                "help-received",
                "help-alert",
                "stopped",
                "paused",
                "resumed",
            )
        },
        "confirm-change": prompt("confirm-change", question("agree", "yes_no", fills="agree")),
        "echo": prompt("echo", question("right", "yes_no", fills="confirm")),
        "moved": prompt("moved", question("slot", "slots", fills="slot")),
    }
    stages = (
        Stage(id="introduction", kind="letter", prompt="introduction", audience=("mentee",), nudges=(4 * DAY,)),
        Stage(id="introduction-mentor", kind="letter", prompt="introduction-mentor", audience=("mentor",)),
        Stage(
            id="goals",
            kind="letter",
            prompt="goals",
            audience=("mentee",),
            opens=Opening(days=2),
            nudges=(5 * DAY, 10 * DAY),
            closes=20 * DAY,
        ),
        Stage(
            id="meetings",
            kind="meetings",
            nudges=(3 * DAY,),
            options={
                "agenda": "agenda",
                "agenda_before": 5 * DAY,
                "invitation": "invitation",
                "update": "update",
                "update_before": 2 * DAY,
                "cancellation": "cancelled",
                "debrief": {"mentee": "debrief", "mentor": "debrief-mentor"},
                "debrief_after": DAY,
            },
        ),
        Stage(id="no-news", kind="gap", prompt="no-news", audience=("mentee", "mentor")),
        Stage(
            id="closing", kind="closing", prompt="closing", audience=("mentee", "mentor"), opens=Opening(anchor="end")
        ),
        Stage(id="summary", kind="summary", prompt="summary", audience=("advisor",)),
    )
    return replace(Program(id="small", title="Small program", stages=stages, prompts=prompts, words=WORDS), **changes)


def person(id_: str, first_name: str, **more: Any) -> Participant:
    return Participant(
        id=id_, version=1, address=f"{first_name.casefold()}@example.org", first_name=first_name, timezone="UTC", **more
    )


def pairing(id_: str = "p1", **more: Any) -> Pairing:
    defaults: dict[str, Any] = {
        "mentor": "u1",
        "mentee": "u2",
        "advisors": ("u3",),
        "start": date(2026, 1, 12),
        "end": date(2026, 7, 12),
        "due": MONDAY - DAY,
    }
    return Pairing(id=id_, version=1, **{**defaults, **more})


class Season:
    """A cohort under a program, with every letter that was sent and a clock that is moved by hand."""

    def __init__(self, program: Program, people: Iterable[Participant], pairings: Iterable[Pairing]) -> None:
        self.program, self.chapter, self.now = program, CHAPTER, MONDAY
        self.work: Work = MemoryStore(program=program.id, now=MONDAY).load()
        self.work.stage([*people])
        self.work.stage([*pairings])
        self.effects: list[Effect] = []
        self.sent: list[tuple[datetime, Effect]] = []

    def take(self, decision: Decision) -> Decision:
        self.work.stage(decision.changes)
        for effect in decision.effects:
            self.work.stage([effect.letter])
            self.effects.append(effect)
        return decision

    def tick(self, now: datetime | None = None) -> list[Effect]:
        """Decides until nothing is due, then sends; the letters of this tick."""
        self.now = now or self.now
        before = len(self.effects)
        for _ in range(50):
            decision = advance(self.program, self.chapter, self.work, self.now)
            self.take(decision)
            if not decision.changes and not decision.effects:
                break
        else:
            raise AssertionError("advance never comes to rest")
        new = self.effects[before:]
        for effect in new:
            self._send(effect)
        return new

    def _send(self, effect: Effect) -> None:
        letter = self.work.letter(effect.letter.id)
        assert letter is not None
        if not still_wanted(self.work, letter, self.now):
            return
        self.work.stage([replace(letter, state="sent", sent=self.now, version=letter.version + 1)])
        self.work.stage(accepted(self.program, self.chapter, self.work, letter, self.now).changes)
        self.sent.append((self.now, effect))

    def pass_days(self, days: int, respond: Callable[["Season", Effect], None] | None = None) -> None:
        """A tick at nine and at fifteen on each day; people may respond to each letter in between."""
        for _ in range(days):
            for hour in (9, 15):
                new = self.tick(self.now.replace(hour=hour, minute=0))
                for effect in new:
                    if respond:
                        respond(self, effect)
            self.now = (self.now + DAY).replace(hour=9)

    def reply(
        self, effect: Effect, answers: Mapping[int, Any] | None = None, *, text: str = "", **more: Any
    ) -> Decision:
        """What its reader answers: values by number, commands, or plain words."""
        letter = self.work.letter(effect.letter.id)
        assert letter is not None
        values = {
            n: v if isinstance(v, Unclear) else Value(value=v, evidence=str(v)) for n, v in (answers or {}).items()
        }
        name = f"{letter.id}-{len(self.effects)}-{self.now.isoformat()}-{more.get('again', 0)}"
        envelope = Envelope(
            message_id=f"<{name}@example.org>",
            fingerprint=sha256(name.encode()).hexdigest(),
            sender=more.pop("sender", letter.address),
            recipients=(f"mentoring+{letter.token}@example.org",),
            date=self.now,
        )
        more.pop("again", None)
        said = text or "\n".join(found.evidence for found in values.values()) or str(answers)
        reading = Reading(kind=more.pop("kind", "reply"), envelope=envelope, text=said, answers=values, **more)
        return self.take(receive(self.program, self.chapter, self.work, reading, self.now))

    def write(self, sender: str, text: str, **more: Any) -> Decision:
        """A new mail to the program's address that answers no letter."""
        name = f"new-{sender}-{self.now.isoformat()}"
        envelope = Envelope(
            message_id=f"<{name}@example.org>",
            fingerprint=sha256(name.encode()).hexdigest(),
            sender=sender,
            recipients=("mentoring@example.org",),
            date=self.now,
        )
        reading = Reading(kind="reply", envelope=envelope, text=text, **more)
        return self.take(receive(self.program, self.chapter, self.work, reading, self.now))

    def letters(self, prompt_: str, to: str = "") -> list[Effect]:
        """Letters that were sent with that prompt inside, to that participant."""
        return [
            e for _, e in self.sent if any(s.prompt == prompt_ for s in e.sections) and to in ("", e.letter.recipient)
        ]

    def pair(self, id_: str = "p1") -> Pairing:
        found = self.work.pairing(id_)
        assert found is not None
        return found


def one_pair(**changes: Any) -> Season:
    """Mona mentors Maya; Adam is their advisor."""
    people = (
        person("u1", "Mona", roles=("mentor",)),
        person("u2", "Maya", roles=("mentee",)),
        person("u3", "Adam", roles=("advisor",), due=MONDAY - DAY),
    )
    return Season(small_program(**changes.pop("program", {})), people, [pairing(**changes)])


def command(name: str, words: str, **args: Any) -> Command:
    return Command(name=name, words=words, args=args)


def draft(effect: Effect) -> Draft:
    return Draft(letter=effect.letter, raw=b"", text="")
