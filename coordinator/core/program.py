"""What is declared in `templates/`: programs, stages, prompts, fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from coordinator.core.instruments import Instrument
from coordinator.core.matching.settings import Matching

VISIBILITIES = ("private", "pair", "advisor", "program")
"""Who may see an answer besides its writer: nobody; the partner; the advisors; these, and who may become a partner."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. The declaration that asks is the declaration that reads.

    kind: a key of `core.fields.KINDS`. ask: the question, Jinja in a program, final text in a letter.
    fills: the fact that an answer becomes (one of `core.facts.FACTS`), None when it is only kept.
    yields: it is left out where a letter that holds more than one prompt would ask too much otherwise.
    low, high: bounds of a scale or number, both included.
    turn: of the fields of a letter that name the same turn, one is asked each time, in their order ("" = always).
    once: comes before the others of its turn, in one of the first letters to somebody, and takes its turn later on.
    """

    name: str
    kind: str
    ask: str
    visibility: str = "pair"
    optional: bool = False
    options: tuple[str, ...] = ()
    low: int = 1
    high: int = 5
    fills: str | None = None
    hint: str = ""
    yields: bool = False
    turn: str = ""
    once: bool = False


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One email: a Markdown file with TOML in front.

    body: Markdown with Jinja, without the front matter. source: the file, for messages.
    silence: one sentence said in the letter: what holds when no answer comes ("" = nothing happens).
    audience: roles of those who get it (none = anybody).
    """

    id: str
    subject: str
    body: str
    source: str
    language: str = "en"
    fields: tuple[Field, ...] = ()
    silence: str = ""
    audience: tuple[str, ...] = ()

    @property
    def usual(self) -> tuple[Field, ...]:
        """The fields of a usual letter: of those that take turns, the first of each turn."""
        turns = [field.turn for field in self.fields]
        return tuple(f for place, f in enumerate(self.fields) if not f.turn or f.turn not in turns[:place])


@dataclass(frozen=True, kw_only=True)
class Opening:
    """When something opens: so long after (or, negative, before) an anchor, at the program's mail hour.

    anchor: "start" or "end" of the pairing.
    """

    anchor: str = "start"
    days: int = 0

    @property
    def is_before_the_end(self) -> bool:
        return self.anchor == "end" and self.days < 0


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of a pairing's life, of a kind that `core.stages.KINDS` knows.

    audience: roles in the pairing. nudges: how long after the letter was sent each reminder is due.
    closes: how long after sending silence becomes the answer (None = at the pairing's end).
    options: what the kind itself asks for, already checked by the program loader.
    """

    id: str
    kind: str
    prompt: str = ""
    audience: tuple[str, ...] = ()
    opens: Opening = field(default_factory=Opening)
    nudges: tuple[timedelta, ...] = ()
    closes: timedelta | None = None
    purpose: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One stage of a working model that pairs go through, beside what happens each month.

    opens: the earliest day. waits: how long it waits for the evidence of the phase before, then it opens anyway.
    evidence: what shows that this phase is done: keys of `core.phases.EVIDENCE`, any of them. letters: role → prompt.
    travels: how long its letters wait for others to go with.
    """

    id: str
    title: str
    purpose: str
    opens: Opening
    waits: timedelta = timedelta(days=14)
    travels: timedelta = timedelta(days=16)
    evidence: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Program:
    """A whole program, every reference already checked.

    prompts: by id, then by language ("en" always present). words: language → table (see `core.words`).
    months: length of a pairing. rhythm: default wall time of meetings ("2nd tuesday 12:00").
    every: months (or weeks, `weekly`) between meetings, "1 month" or "2 weeks". minutes: length of a meeting.
    help_hours: how long a call for help may stay unanswered before more people are told.
    consent: the version of the text that people agree to. how_it_works: that of the text that explains the program.
    sponsor_goals: what the organisation hopes for, or "".
    budget: role → (mails in the first month, mails in a typical one).
    about: what it is, in a sentence or two. attribution: whose ideas it rests on.
    agreement: language → clause → what holds for every pair that agrees nothing else; "en" is what counts.
    phases: of the working model, in order. orientation: what a newcomer should get to see, at this place.
    skills: what is often practised → a task to practise it with. fades: it writes less in the last third.
    group: one mentor may have several mentees who know of each other and all talk together.
    retired: ids of stages and letters that were taken out on purpose, whatever was asked of them before.
    """

    id: str
    title: str
    stages: tuple[Stage, ...]
    prompts: Mapping[str, Mapping[str, Prompt]]
    words: Mapping[str, Any]
    months: int = 6
    every: str = "1 month"
    rhythm: str = "2nd tuesday 12:00"
    minutes: int = 45
    shortest: int = 30
    longest: int = 60
    mail_hour: int = 9
    gap_days: int = 45
    gap_alarm_days: int = 52
    help_hours: int = 4
    budget: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    consent: str = "1"
    how_it_works: str = "1"
    sponsor_goals: str = ""
    community_link: str = ""
    about: str = ""
    attribution: str = ""
    layout: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    matching: Matching = field(default_factory=Matching)
    agreement: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    orientation: tuple[str, ...] = ()
    skills: Mapping[str, str] = field(default_factory=dict)
    fades: bool = False
    group: bool = False
    retired: frozenset[str] = frozenset()

    def prompt(self, name: str, language: str) -> Prompt:
        """The letter in that language, else in English. KeyError for an unknown name."""
        versions = self.prompts[name]
        return versions.get(language) or versions.get(language.split("-", maxsplit=1)[0]) or versions["en"]

    def stage(self, name: str) -> Stage:
        """The stage with that id. KeyError when there is none."""
        for stage in self.stages:
            if stage.id == name:
                return stage
        raise KeyError(name)
