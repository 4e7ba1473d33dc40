"""Letters that go at once, outside the stages: what each may say to its reader, and how it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.compose import footer, new_letter
from coordinator.core.context import context
from coordinator.core.context_alone import role_alone
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.frozen import replace
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Field, Program
from coordinator.core.records import Pairing, Participant, Question
from coordinator.core.speech import Speech, speech_for
from coordinator.core.where import Alone

ANSWERABLE = timedelta(days=60)


def coordinator(address: str) -> Participant:
    """The chapter's coordinator as a reader of letters; they need no place on the roster."""
    return Participant(id="coordinator", address=address, first_name="", roles=("coordinator",))


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who speaks, of what, and when."""

    program: Program
    chapter: Chapter
    cohort: Cohort
    now: datetime

    def person(self, id_: str) -> Participant | None:
        """A participant, or the coordinator."""
        return coordinator(self.chapter.coordinator) if id_ == "coordinator" else self.cohort.participant(id_)

    def speech(self, reader: Participant) -> Speech:
        return speech_for(self.program.words, self.chapter, reader)

    def fields(self, prompt: str, reader: Participant) -> tuple[Field, ...]:
        return self.program.prompt(prompt, reader.language or self.chapter.language).fields

    def letter(
        self,
        to: Participant,
        prompt: str,
        key: str,
        purpose: str,
        *,
        pairing: Pairing | None = None,
        who: Participant | None = None,
        urgent: bool = False,
        asks: str = "",
        **more: object,
    ) -> Effect:
        """One letter of one prompt. who: of whom it tells. asks: the key under which its fields are asked, "" = not.

        more: further names for the prompt; `alert` is a list of lines.
        """
        known = pairing.id if pairing else ""
        fields = self.fields(prompt, to) if asks else ()
        questions = tuple(
            Question(number=n, pairing=known, prompt=prompt, key=asks, field=field)
            for n, field in enumerate(fields, start=1)
        )
        letter = new_letter(
            self.chapter,
            to,
            key=key,
            purpose=purpose,
            now=self.now,
            closes=self.now + ANSWERABLE,
            keys=(asks,) if asks else (),
            pairings=(known,) if known else (),
            questions=questions,
        )
        plain = {**self._plain(to, pairing), "who": _who(who or to), **more}
        section = Section(prompt=prompt, pairing=known, key=asks or key, context=plain)
        bottom = footer(self._situation(pairing) if pairing else self._alone(to), to, self.now)
        return Effect(letter=letter, sections=(section,), footer=bottom, urgent=urgent)

    def _situation(self, pairing: Pairing) -> Situation:
        return Situation(program=self.program, chapter=self.chapter, cohort=self.cohort, pairing=pairing)

    def _alone(self, to: Participant) -> Alone:
        return Alone(program=self.program, chapter=self.chapter, cohort=self.cohort, participant=to)

    def _plain(self, to: Participant, pairing: Pairing | None) -> dict[str, object]:
        if pairing is None or to.id == "coordinator" or pairing.role_of(to.id) is None:
            return {
                "me": {"first_name": to.first_name, "name": to.name, "role": role_alone(to)},
                "advisor": {"name": self.chapter.sender_name, "address": self.chapter.coordinator},
                "program": {"title": self.program.title, "months": self.program.months},
                "partner": {"first_name": "", "name": "", "role": "", "address": ""},
            }
        moment = Moment(at=self.now, kind="tell", key="", stage="", pairing=pairing.id, recipient=to.id)
        return context(self._situation(pairing), moment)


def _who(who: Participant) -> Mapping[str, str]:
    return {"name": who.name, "first_name": who.first_name, "address": who.address}


def with_section(effect: Effect, prompt: str, *, first: bool = False) -> Effect:
    """The same letter with one more prompt, which is told with the same names."""
    (section,) = effect.sections
    more = replace(section, prompt=prompt, key=f"{section.key}/{prompt}")
    return replace(effect, sections=(more, section) if first else (section, more))


def names(people: Iterable[Participant]) -> str:
    return ", ".join(person.name or person.address for person in people)
