"""The advisor's weekly letter: exceptions first, then what is coming, then what went well; nothing confidential."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.cohort import Cohort
from coordinator.core.compose import new_letter
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.hours import at_local, local_day, when
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Program, Stage
from coordinator.core.records import Meeting, Pairing, Participant
from coordinator.core.stages.gap import last_news
from coordinator.core.view import sees_attendance, visible

LOW = 2
FIRST = timedelta(days=2)
"""Nothing is worth a summary before a pair is that old."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One pair in one sentence. group: "attention", "coming", "well" or "quiet"."""

    group: str
    pairing: Pairing
    text: str


def _stage(program: Program) -> Stage | None:
    return next((s for s in program.stages if s.kind == "summary"), None)


def summary_moment(program: Program, chapter: Chapter, cohort: Cohort, person: Participant) -> Moment | None:
    """When an advisor's next summary is due: the program's day after the last one; None without open pairings."""
    stage = _stage(program)
    led = [p for p in cohort.pairings_of(person.id) if person.id in p.advisors and p.status == "active"]
    if stage is None or not led or person.status != "active":
        return None
    done = [at for key, at in person.decided.items() if "/summary/" in key]
    zone = person.timezone or chapter.timezone
    since = max(done) if done else at_local(min(p.start for p in led) + FIRST, program.mail_hour, 0, zone)
    day = local_day(since, zone) + timedelta(days=1)
    day += timedelta(days=(chapter.summary_weekday - day.weekday()) % 7)
    return Moment(
        at=at_local(day, program.mail_hour, 0, zone),
        kind="tell",
        key=f"{person.id}/summary/{len(done) + 1}",
        stage=stage.id,
        recipient=person.id,
        prompt=stage.prompt or "summary",
    )


def summary_effect(
    program: Program, chapter: Chapter, cohort: Cohort, person: Participant, moment: Moment, now: datetime
) -> Effect:
    """The letter itself; pairs are numbered in the order of their ids, the same number in every group."""
    led = [p for p in cohort.pairings_of(person.id) if person.id in p.advisors and p.status == "active"]
    situations = [Situation(program=program, chapter=chapter, cohort=cohort, pairing=p) for p in led]
    lines = [line for where in situations for line in lines_of(where, person, now)]
    letter = new_letter(
        chapter,
        person,
        key=moment.key,
        purpose="summary",
        now=now,
        closes=now + timedelta(days=60),
        pairings=tuple(p.id for p in led),
    )
    plain = {
        "me": {"first_name": person.first_name, "name": person.name, "role": "advisor"},
        "summary": _groups(situations, lines),
        "program": {"title": program.title, "months": program.months},
        "advisor": {"name": person.name, "address": person.address},
        "partner": {"first_name": "", "name": "", "role": "", "address": ""},
    }
    section = Section(prompt=moment.prompt, pairing="", key=moment.key, context=plain)
    footer = {
        "role": "advisor",
        "program": program.title,
        "chapter": chapter.name,
        "advisor_name": chapter.sender_name,
        "advisor_address": chapter.coordinator,
    }
    return Effect(letter=letter, sections=(section,), footer=footer)


def _groups(situations: Sequence[Situation], lines: Sequence[Line]) -> dict[str, Any]:
    numbers = {where.pairing.id: n for n, where in enumerate(situations, start=1)}
    names = {w.pairing.id: f"{w.person(w.pairing.mentee).name} & {w.person(w.pairing.mentor).name}" for w in situations}
    groups: dict[str, Any] = {"attention": [], "coming": [], "well": [], "quiet": []}
    for line in lines:
        id_ = line.pairing.id
        groups[line.group].append({"number": numbers[id_], "id": id_, "pair": names[id_], "text": line.text})
    groups["total"] = len(situations)
    groups["needing"] = len({line["id"] for line in groups["attention"]})
    return groups


def lines_of(where: Situation, advisor: Participant, now: datetime) -> Iterator[Line]:
    """What an advisor may know of one pair this week, in sentences of their language."""
    if not sees_attendance(advisor.id, where.pairing):
        return
    speak = _Speech(where=where, reader=advisor)
    troubles = tuple(_troubles(where, speak, now))
    for text in troubles:
        yield Line(group="attention", pairing=where.pairing, text=text)
    coming = _coming(where, speak, now)
    if coming:
        yield Line(group="coming", pairing=where.pairing, text=coming)
    well = _well(where, speak, now)
    if well and not troubles:
        yield Line(group="well", pairing=where.pairing, text=well)
    if not troubles and not coming and not well:
        yield Line(group="quiet", pairing=where.pairing, text=speak("quiet"))


@dataclass(frozen=True, kw_only=True)
class _Speech:
    """The sentences of the table `[summary]`, in the reader's language, else in English."""

    where: Situation
    reader: Participant

    @property
    def language(self) -> str:
        return self.reader.language or self.where.chapter.language

    @property
    def zone(self) -> str:
        return self.reader.timezone or self.where.chapter.timezone

    def __call__(self, sentence: str, /, **values: object) -> str:
        words = self.where.program.words
        own = words.get(self.language.split("-")[0], {}).get("summary", {})
        text = own.get(sentence) or words.get("en", {}).get("summary", {}).get(sentence, sentence)
        return str(text).format(**values)


def _troubles(where: Situation, speak: _Speech, now: datetime) -> Iterator[str]:
    days = (now - last_news(where)).days
    if days >= where.program.gap_alarm_days:
        yield speak("no_news", days=days)
    for id_ in (where.pairing.mentee, where.pairing.mentor):
        person = where.person(id_)
        if person.status in ("unreachable", "stopped", "paused"):
            yield speak(person.status, name=person.first_name)
    past = [m for m in where.meetings if m.end < now and m.status != "cancelled"]
    if len(past) >= 2 and all(m.status == "missed" for m in past[-2:]):
        yield speak("missed")
    for answer in visible(speak.reader.id, where.pairing):
        is_low = answer.field == "score" and isinstance(answer.value, int) and answer.value <= LOW
        if is_low and answer.at > now - timedelta(days=8):
            yield speak("low", name=where.person(answer.by).first_name, score=answer.value)


def _coming(where: Situation, speak: _Speech, now: datetime) -> str:
    for meeting in where.meetings:
        if meeting.status == "invited" and now < meeting.start < now + timedelta(days=7):
            date = when(meeting.start, speak.zone, speak.language)
            return speak("coming", when=date) + _unanswered(where, speak, meeting)
    if where.pairing.end <= local_day(now, speak.zone) + timedelta(days=30):
        last = at_local(where.pairing.end, 12, 0, speak.zone)
        return speak("ends", day=when(last, speak.zone, speak.language).partition(",")[0])
    return ""


def _unanswered(where: Situation, speak: _Speech, meeting: Meeting) -> str:
    silent = [where.person(i).first_name for i, said in meeting.partstats.items() if said == "NEEDS-ACTION"]
    return speak("unanswered", names=", ".join(silent)) if silent else ""


def _well(where: Situation, speak: _Speech, now: datetime) -> str:
    recent = [m for m in where.meetings if m.status == "held" and m.end > now - timedelta(days=8)]
    if recent:
        last = recent[-1]
        name = "met_long" if last.minutes else "met"
        return speak(name, minutes=last.minutes, number=last.ordinal)
    talked = [c for c in where.pairing.contacts if c.at > now - timedelta(days=8)]
    return speak("touch") if talked else ""
