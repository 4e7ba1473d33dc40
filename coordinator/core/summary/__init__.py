"""The advisor's weekly letter: exceptions first and numbered, then what is coming, then what went well."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.attention import attention
from coordinator.core.attention_item import Item
from coordinator.core.attention_searches import since_when
from coordinator.core.care import Numbered
from coordinator.core.cohort import Cohort
from coordinator.core.compose import new_letter
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local, local_day
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Program, Stage
from coordinator.core.records import Pairing, Participant
from coordinator.core.speech import Speech, speech_for
from coordinator.core.summary.lines import cadence, coming, said, talks, went_well
from coordinator.core.summary.sheet import Row, sheet
from coordinator.core.summary.weeks import GLYPHS, weeks, weeks_in_words

FIRST = timedelta(days=2)
"""Nothing is worth a summary before a pair is that old."""
MOST_PAIRS = 30
"""So many pairs are shown in full; of more, those that need somebody, and all of them in a sheet beside the letter."""
MOST_LINES = 40
"""So many things to see to are read in a letter; the rest stand in the sheet, under their numbers."""
ANSWERABLE = timedelta(days=60)


def summary_moment(program: Program, chapter: Chapter, cohort: Cohort, person: Participant) -> Moment | None:
    """When an advisor's next summary is due: the program's day after the last one; None where nobody needs them.

    Whoever advises no pair yet gets one while people wait for a mentor (AMIA-16).
    """
    stage = _stage(program)
    if stage is None or person.status != "active":
        return None
    done = [at for key, at in person.decided.items() if "/summary/" in key]
    zone = person.timezone or chapter.timezone
    since = _since(program, cohort, person, zone, done)
    if since is None:
        return None
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


def _since(
    program: Program, cohort: Cohort, person: Participant, zone: str, done: Sequence[datetime]
) -> datetime | None:
    """The last summary, or what there is to tell since then."""
    led = _led(cohort, person)
    if led:
        return max(done) if done else at_local(min(p.start for p in led) + FIRST, program.mail_hour, 0, zone)
    began = since_when(cohort, person.id) if "advisor" in person.roles else None
    return began and max((began, *done))


def is_worth_it(effect: Effect) -> bool:
    """Whether a summary tells of anything: of nobody's pair, when all who wait were put off, it does not."""
    told = effect.sections[0].context["summary"]
    return bool(told["total"] or told["attention"])


def _stage(program: Program) -> Stage | None:
    return next((s for s in program.stages if s.kind == "summary"), None)


def _led(cohort: Cohort, person: Participant) -> tuple[Pairing, ...]:
    return tuple(p for p in cohort.pairings_of(person.id) if person.id in p.advisors and p.status == "active")


def summary_effect(
    program: Program,
    chapter: Chapter,
    cohort: Cohort,
    person: Participant,
    moment: Moment,
    now: datetime,
    received: Sequence[str] = (),
) -> Effect:
    """The letter itself; pairs are numbered in the order of their ids. received: what the other advisors did."""
    led = _led(cohort, person)
    items = attention(program, chapter, cohort, person, led, now)
    letter = new_letter(
        chapter,
        person,
        key=moment.key,
        purpose="summary",
        now=now,
        closes=now + ANSWERABLE,
        pairings=tuple(p.id for p in led),
    )
    letter = replace(letter, items=tuple(_numbered(n, item) for n, item in enumerate(items, start=1)))
    situations = [Situation(program=program, chapter=chapter, cohort=cohort, pairing=p) for p in led]
    speech = speech_for(program.words, chapter, person)
    rows = [row_of(n, where, person.id, items, speech, now) for n, where in enumerate(situations, start=1)]
    told = {
        **_said(items, rows, speech),
        "talks": list(talks(cohort, person, speech, now)),
        "last_run": _last_run(cohort, speech),
    }
    plain = _plain(program, person, told)
    return Effect(
        letter=letter,
        sections=(Section(prompt=moment.prompt, pairing="", key=moment.key, context=plain),),
        receipts=tuple(received),
        footer=_footer(program, chapter),
        attachments=_sheet(rows, items, speech, now) if len(rows) > MOST_PAIRS or len(items) > MOST_LINES else (),
    )


def _plain(program: Program, person: Participant, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the prompt may use. An advisor is nobody's partner, and their own advisor."""
    return {
        "me": {"first_name": person.first_name, "name": person.name, "role": "advisor"},
        "summary": told,
        "program": {"title": program.title, "months": program.months},
        "advisor": {"name": person.name, "address": person.address},
        "partner": {"first_name": "", "name": "", "role": "", "address": ""},
    }


def _footer(program: Program, chapter: Chapter) -> dict[str, str]:
    return {
        "role": "advisor",
        "program": program.title,
        "chapter": chapter.name,
        "advisor_name": chapter.sender_name,
        "advisor_address": chapter.coordinator,
    }


def _sheet(
    rows: Sequence[Row], items: Sequence[Item], speech: Speech, now: datetime
) -> tuple[tuple[str, str, bytes], ...]:
    """What a letter would be too long for."""
    others = [
        (n, speech.say("attention", item.kind, **item.values))
        for n, item in enumerate(items, start=1)
        if not item.pairing
    ]
    return ((f"{_file_name(speech, now)}.csv", "text/csv", sheet(rows, others, speech)),)


def _numbered(number: int, item: Item) -> Numbered:
    return Numbered(number=number, key=item.key, kind=item.kind, pairing=item.pairing, person=item.person)


def row_of(number: int, where: Situation, advisor: str, items: Iterable[Item], speech: Speech, now: datetime) -> Row:
    """All that an advisor may know of one pair this week, in sentences of their language."""
    pairing = where.pairing
    needs = tuple((n, item) for n, item in enumerate(items, start=1) if item.pairing == pairing.id)
    strip = weeks(where, now)
    return Row(
        number=number,
        id=pairing.id,
        pair=f"{where.person(pairing.mentee).name} & {where.person(pairing.mentor).name}",
        needs=tuple((n, speech.say("attention", item.kind, **item.values)) for n, item in needs),
        coming=coming(where, speech, now),
        well="" if needs else went_well(where, speech, now),
        said=said(where, advisor, speech, now),
        cadence=cadence(where, speech),
        weeks=strip,
        weeks_said=weeks_in_words(strip, speech),
    )


def _said(items: Sequence[Item], rows: Sequence[Row], speech: Speech) -> dict[str, Any]:
    """What the letter prints; the names of `formats.letter_context`."""
    by_pair = {row.id: row for row in rows}
    attention_ = [_line(n, item, by_pair.get(item.pairing), speech) for n, item in enumerate(items, start=1)]
    shown = rows if len(rows) <= MOST_PAIRS else [row for row in rows if row.needs][:MOST_PAIRS]
    return {
        "attention": attention_[:MOST_LINES],
        "more": max(0, len(attention_) - MOST_LINES),
        "coming": [_of_row(row, row.coming) for row in shown if row.coming],
        "well": [_of_row(row, row.well) for row in shown if row.well],
        "said": [_of_row(row, "; ".join(row.said)) for row in shown if row.said],
        "quiet": [_of_row(row, "") for row in shown if row.is_quiet],
        "weeks": [_strip(row) for row in shown],
        "total": len(rows),
        "needing": sum(1 for row in rows if row.needs),
        "meeting": sum(1 for row in rows if row.coming),
        "met": sum(1 for row in rows if row.well),
        "is_cut": len(rows) > MOST_PAIRS,
    }


def _line(number: int, item: Item, row: Row | None, speech: Speech) -> dict[str, Any]:
    return {
        "number": number,
        "id": item.pairing,
        "pair": row.pair if row else "",
        "text": speech.say("attention", item.kind, **item.values),
        "replies": [f"{number} {speech.word('verbs', verb)}" for verb in item.verbs],
        "stage": "",
    }


def _of_row(row: Row, text: str) -> dict[str, Any]:
    return {"number": row.number, "id": row.id, "pair": row.pair, "text": text, "replies": [], "stage": ""}


def _strip(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "pair": row.pair,
        "cells": list(row.weeks),
        "glyphs": "".join(GLYPHS[cell] for cell in row.weeks),
        "said": row.weeks_said,
        "cadence": row.cadence,
    }


def _last_run(cohort: Cohort, speech: Speech) -> str:
    return speech.hour(cohort.last_tick) if cohort.last_tick else ""


def _file_name(speech: Speech, now: datetime) -> str:
    return f"{speech.say('summary', 'file')}-{local_day(now, speech.zone).isoformat()}"
