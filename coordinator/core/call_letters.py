"""The letters of a call: times to choose from, the invitation, its cancellation; each to one of its people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.calls import call_of, times_for
from coordinator.core.cohort import Cohort
from coordinator.core.compose import new_letter
from coordinator.core.effects import Attendee, Chapter, Effect, Invite, Section
from coordinator.core.hours import when
from coordinator.core.invites import METHODS, where_at, why_not, words_of_entries
from coordinator.core.meeting import Call, Meeting
from coordinator.core.moments import Moment
from coordinator.core.program import Program
from coordinator.core.records import Participant, Question

ANSWERABLE = timedelta(days=60)


def call_effect(
    program: Program, chapter: Chapter, cohort: Cohort, owner: Participant, moment: Moment, now: datetime
) -> Effect | None:
    """The letter of a moment of one of the owner's calls; None where no time is left to offer."""
    call, to = call_of(owner, moment.stage), cohort.participant(moment.recipient)
    if call is None or to is None:
        return None
    questions = _questions(program, chapter, cohort, call, moment, to, now)
    if moment.kind == "ask" and not questions:
        return None
    meeting = call.meeting if moment.kind != "ask" else None
    letter = new_letter(
        chapter,
        to,
        key=moment.key,
        purpose="calendar" if meeting else "prompt",
        now=now,
        closes=now + ANSWERABLE,
        keys=(moment.key,),
        pairings=(call.pairing,) if call.pairing else (),
        questions=questions,
        uid=meeting.uid if meeting else "",
    )
    others = _people(cohort, (id_ for id_ in call.people if id_ != to.id))
    section = Section(
        prompt=moment.prompt,
        pairing="",
        key=moment.key,
        context=_context(program, chapter, call, moment, to, others),
        nudge="/remind/" in moment.key,
    )
    return Effect(
        letter=letter,
        sections=(section,),
        footer=_footer(program, chapter, to),
        invite=call_invite(program, chapter, cohort, call, meeting, moment.kind, now, to=to.id) if meeting else None,
    )


def _people(cohort: Cohort, ids: Any) -> list[Participant]:
    return [person for person in map(cohort.participant, ids) if person]


def _questions(
    program: Program, chapter: Chapter, cohort: Cohort, call: Call, moment: Moment, to: Participant, now: datetime
) -> tuple[Question, ...]:
    if moment.kind != "ask":
        return ()
    times = times_for(chapter, cohort, program, call, now)
    prompt = program.prompt(moment.prompt, to.language or chapter.language)
    return tuple(
        Question(number=n, pairing="", prompt=moment.prompt, key=moment.key, field=field, slots=times)
        for n, field in enumerate(prompt.fields, start=1)
        if times
    )


def _context(
    program: Program, chapter: Chapter, call: Call, moment: Moment, to: Participant, others: Sequence[Participant]
) -> dict[str, Any]:
    other = others[0] if others else to
    return {
        "me": {"first_name": to.first_name, "name": to.name, "role": _role(to)},
        "partner": {
            "first_name": " & ".join(person.first_name for person in others),
            "name": " & ".join(person.name for person in others),
            "role": _role(other),
            "address": other.address,
        },
        "advisor": {"name": chapter.sender_name, "address": chapter.coordinator},
        "program": {"title": program.title, "months": program.months, "community_link": program.community_link},
        "meeting": _told(chapter, call.meeting, to, others) if call.meeting and moment.kind != "ask" else None,
        "who": _wisher(others[-1] if others else to, others) if call.about != "group" else _all(others),
        "alert": [about(program, chapter, call, to)],
        "moment": moment.kind,
        "proposed": _proposed(chapter, call.meeting, to) if moment.kind == "refuse" else "",
    }


def _proposed(chapter: Chapter, meeting: Meeting | None, to: Participant) -> str:
    """The time that they proposed and that does not suit all, on their own clock."""
    refused = meeting.refused if meeting else None
    return when(refused.start, to.timezone or chapter.timezone, to.language or chapter.language) if refused else ""


def _wisher(wisher: Participant, others: Sequence[Participant]) -> dict[str, str]:
    """Who wants to talk – the last of the call's people – and who else is to come."""
    company = " & ".join(person.first_name for person in others if person != wisher)
    return {"first_name": wisher.first_name, "name": wisher.name, "address": "", "partner": company, "words": ""}


def _all(others: Sequence[Participant]) -> dict[str, str]:
    first, whole = (" & ".join(names) for names in zip(*((p.first_name, p.name) for p in others), strict=True))
    return {"first_name": first, "name": whole, "address": "", "partner": "", "words": ""}


def about(program: Program, chapter: Chapter, call: Call, to: Participant | None = None) -> str:
    """What a call is about, in the reader's language: a key of the words `[calls]`, else as it was given."""
    language = ((to.language if to else "") or chapter.language).split("-")[0]
    for name in (language, "en"):
        text = program.words.get(name, {}).get("calls", {}).get(call.about)
        if text:
            return str(text)
    return call.about


def _role(person: Participant) -> str:
    return next(iter(person.roles), "")


def _told(chapter: Chapter, meeting: Meeting, to: Participant, others: Sequence[Participant]) -> Mapping[str, Any]:
    mine, language = to.timezone or chapter.timezone, to.language or chapter.language
    clocks = {person.first_name: person.timezone or chapter.timezone for person in others}
    each = {name: when(meeting.start, clock, language) for name, clock in clocks.items()}
    is_one = len(set(each.values())) < 2
    return {
        "when": when(meeting.start, mine, language),
        "other_when": next(iter(each.values()), "") if is_one else "; ".join(f"{n}: {at}" for n, at in each.items()),
        "same_clock": set(clocks.values()) <= {mine},
        "place": meeting.place,
        "ordinal": meeting.ordinal,
        "minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "said": meeting.partstats.get(to.id, ""),
        "moved": meeting.postponed > 0,
    }


def _footer(program: Program, chapter: Chapter, to: Participant) -> dict[str, str]:
    return {
        "role": "advisor" if "advisor" in to.roles else "participant",
        "program": program.title,
        "chapter": chapter.name,
        "advisor_name": chapter.sender_name,
        "advisor_address": chapter.coordinator,
    }


def call_invite(
    program: Program,
    chapter: Chapter,
    cohort: Cohort,
    call: Call,
    meeting: Meeting,
    kind: str,
    now: datetime,
    *,
    to: str = "",
) -> Invite:
    """The same bytes for all who are invited; whoever was taken out gets a cancellation that names nobody else."""
    is_gone = to in meeting.removed
    people = _people(cohort, (to,) if is_gone or kind == "refuse" else call.people)
    everybody = _people(cohort, call.people)
    lines = [about(program, chapter, call), ""]
    lines += [f"{p.first_name}: {when(meeting.start, p.timezone or chapter.timezone)}" for p in everybody]
    words = words_of_entries(program, chapter)
    lines += [*where_at(meeting, words), "", str(words["answer"])]
    return Invite(
        method=METHODS.get(kind, "REQUEST"),
        uid=meeting.uid,
        sequence=meeting.sequence,
        start=meeting.start,
        end=meeting.end,
        zone=meeting.zone,
        stamp=now,
        place=meeting.place or str(words["no_place"]),
        summary=f"{' & '.join(p.first_name for p in everybody)}: {about(program, chapter, call)}",
        description="\n".join(lines),
        attendees=tuple(
            Attendee(name=p.name, address=p.address, partstat=meeting.partstats.get(p.id, "NEEDS-ACTION"))
            for p in people
        ),
        goes_on=is_gone,
        comment=why_not(meeting, words, chapter.language) if kind == "refuse" else "",
    )
