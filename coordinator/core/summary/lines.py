"""One sentence on a pair: what is coming, what went well, what they said, how often it is checked in on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.attention import LOW, all_scores, in_short, scores
from coordinator.core.cohort import Cohort
from coordinator.core.finding import calls_of
from coordinator.core.hours import at_local, local_day
from coordinator.core.moments import Situation
from coordinator.core.records import Meeting, Participant
from coordinator.core.speech import Speech

WEEK = timedelta(days=8)
"""What counts as lately: since the summary before, and a day."""


def coming(where: Situation, speech: Speech, now: datetime) -> str:
    """ "They meet on …", or that the pairing ends soon; "" when neither."""
    for meeting in where.meetings:
        if meeting.status == "invited" and now < meeting.start < now + timedelta(days=7):
            date = speech.hour(meeting.start)
            return speech.say("summary", "coming", when=date) + _unanswered(where, speech, meeting)
    if timedelta() <= where.pairing.end - local_day(now, speech.zone) <= timedelta(days=30):
        return speech.say("summary", "ends", day=speech.day(at_local(where.pairing.end, 12, 0, speech.zone)))
    return ""


def talks(cohort: Cohort, person: Participant, speech: Speech, now: datetime) -> Iterator[str]:
    """What they themselves have this week: "you talk with … on …"."""
    for _, call in calls_of(cohort, person):
        meeting = call.meeting
        if (
            meeting
            and not call.closed
            and meeting.status == "invited"
            and now < meeting.start < now + timedelta(days=7)
        ):
            others = filter(None, (cohort.participant(id_) for id_ in call.people if id_ != person.id))
            names = " & ".join(other.first_name for other in others)
            yield speech.say("summary", "talk", names=names, when=speech.hour(meeting.start))


def _unanswered(where: Situation, speech: Speech, meeting: Meeting) -> str:
    silent = [where.person(i).first_name for i, said in meeting.partstats.items() if said == "NEEDS-ACTION"]
    return speech.say("summary", "unanswered", names=", ".join(silent)) if silent else ""


def went_well(where: Situation, speech: Speech, now: datetime) -> str:
    recent = [m for m in where.meetings if m.status == "held" and m.end > now - WEEK]
    if recent:
        last = recent[-1]
        name = "met_long" if last.minutes else "met"
        return speech.say("summary", name, minutes=last.minutes, number=last.ordinal)
    talked = [c for c in where.pairing.contacts if c.at > now - WEEK]
    return speech.say("summary", "touch") if talked else ""


def said(where: Situation, advisor: str, speech: Speech, now: datetime) -> tuple[str, ...]:
    """How each of the two answered the advisor's question how it goes (AMIA-27).

    What is something to worry about stands among the things that need the advisor, unless a newer answer followed.
    """
    newest = [answer for answer, _, _ in scores(where, advisor)]
    return tuple(
        speech.say(
            "attention",
            "low_with_note" if note else "low",
            name=where.person(answer.by).first_name,
            score=score,
            note=in_short(note),
        )
        for answer, score, note in all_scores(where, advisor)
        if answer.at > now - WEEK and (score > LOW or answer not in newest)
    )


def cadence(where: Situation, speech: Speech) -> str:
    """How often this pair is checked in on, where its advisor set that (AMIA-31)."""
    days = where.pairing.terms.get("checkin", "")
    return speech.say("summary", "cadence", days=days) if days else ""
