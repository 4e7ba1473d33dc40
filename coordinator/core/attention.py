"""What needs an advisor, why, and since when: a table of sources, to which every room adds its row.

A source is a pure function. One about a pairing gets a `Watch`; one about people without a pairing gets the same with
`where` = None. It yields items, and nothing that the advisor may not see (`core.view`). What an advisor has settled
or put off is left out here, for all sources alike.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from coordinator.core.attention_calls import stuck_calls
from coordinator.core.attention_item import Item, Source, Watch
from coordinator.core.attention_life import links_for_afterwards, unsaid_expectations, unsigned
from coordinator.core.attention_searches import applicants, searches, unmatched
from coordinator.core.care import Act
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.endings.last_day import is_over
from coordinator.core.moments import Situation
from coordinator.core.postponed import postponements
from coordinator.core.program import Program
from coordinator.core.records import Answer, Meeting, Pairing, Participant
from coordinator.core.said_by import fact_of
from coordinator.core.stages.gap import last_news
from coordinator.core.view import may_read, sees_attendance, visible

LOW = 2
RECENT = timedelta(days=15)
"""How long a low score is worth an advisor's look; a new one begins anew."""
TOO_OFTEN = 2
"""Postponements in a row after which an advisor hears that it is hard to find a time."""
SHOWN = 300
"""Characters of somebody's words that the summary shows."""
UNSAID = ("help", "call", "conflict", "parting", "text_them")
"""Kinds of needs of which there is nothing more to say than that they are."""


def attention(
    program: Program,
    chapter: Chapter,
    cohort: Cohort,
    advisor: Participant,
    pairings: tuple[Pairing, ...],
    now: datetime,
) -> tuple[Item, ...]:
    """All that needs this advisor: urgent first, then of each pair, then of the others, oldest first."""
    around = Watch(program=program, chapter=chapter, cohort=cohort, advisor=advisor, now=now)
    found = [item for source in AROUND.values() for item in _open(source(around), advisor.care.acts, now)]
    for pairing in pairings:
        where = Situation(program=program, chapter=chapter, cohort=cohort, pairing=pairing)
        found += of_pairing(where, advisor, now)
    return tuple(sorted(found, key=lambda i: (not i.urgent, not i.pairing, i.since, i.key)))


def of_pairing(where: Situation, advisor: Participant, now: datetime) -> tuple[Item, ...]:
    """What one pairing needs of this advisor."""
    if not sees_attendance(advisor.id, where.pairing):
        return ()
    look = Watch(
        program=where.program, chapter=where.chapter, cohort=where.cohort, advisor=advisor, now=now, where=where
    )
    acts = where.pairing.care.acts
    sources = (s for name, s in OF_PAIRING.items() if name not in TOGETHER or not is_over(where, now))
    return tuple(item for source in sources for item in _open(source(look), acts, now))


def _open(items: Iterator[Item], acts: tuple[Act, ...], now: datetime) -> Iterator[Item]:
    return (item for item in items if not is_settled(item, acts, now))


def is_settled(item: Item, acts: tuple[Act, ...], now: datetime) -> bool:
    """Whether an advisor put it off until later, or settled it since it began."""
    return any(act.item == item.key and act.at >= item.since and (act.until is None or act.until > now) for act in acts)


def _no_news(look: Watch) -> Iterator[Item]:
    """No contact that anybody told us of for the program's days (AHE-4)."""
    where, news = look.there, last_news(look.there)
    days = (look.now - news).days
    if days >= where.program.gap_alarm_days:
        key = f"{where.pairing.id}/no-news/{len(where.pairing.contacts)}"
        values = {"days": days}
        yield Item(
            kind="no_news", key=key, since=news, pairing=where.pairing.id, values=values, verbs=("call", "snooze")
        )


def _gone(look: Watch) -> Iterator[Item]:
    """One of the two cannot be reached, left, or paused."""
    where = look.there
    for id_ in (where.pairing.mentee, where.pairing.mentor):
        person = where.person(id_)
        if person.status in ("unreachable", "stopped", "paused"):
            yield Item(
                kind=person.status,
                key=f"{where.pairing.id}/{person.status}/{id_}/{len(person.bounces)}",
                since=person.answered or person.written or look.now,
                pairing=where.pairing.id,
                person=id_,
                values={"name": person.first_name},
                verbs=("rematch", "snooze") if person.status == "stopped" else ("done", "snooze"),
            )


def _postponed(look: Watch) -> Iterator[Item]:
    """Two meetings in a row that did not take place, or the coming one put off twice by the two (ACHE-41)."""
    where = look.there
    past = [m for m in where.meetings if m.end < look.now and m.status != "cancelled"]
    coming = [m for m in where.meetings if m.end >= look.now and m.status == "invited" and _is_put_off(where, m)]
    if len(past) >= 2 and all(m.status == "missed" for m in past[-2:]):
        yield _of_meeting(look, "missed", past[-1].ordinal, past[-1].end)
    for meeting in coming:
        yield _of_meeting(look, "postponed", meeting.ordinal, meeting.booked)


def _is_put_off(where: Situation, meeting: Meeting) -> bool:
    return meeting == where.meetings[-1] and postponements(where.pairing) >= TOO_OFTEN


def _of_meeting(look: Watch, kind: str, ordinal: int, since: datetime) -> Item:
    id_ = look.there.pairing.id
    return Item(kind=kind, key=f"{id_}/{kind}/{ordinal}", since=since, pairing=id_, verbs=("call", "snooze"))


def _low_scores(look: Watch) -> Iterator[Item]:
    """A low score that was given for the advisor to see; the newest of each of the two to each question."""
    where = look.there
    for answer, score, note in scores(where, look.advisor.id):
        if score <= LOW and answer.at > look.now - RECENT:
            yield Item(
                kind="low_with_note" if note else "low",
                key=f"{where.pairing.id}/low/{answer.key}",
                since=answer.at,
                pairing=where.pairing.id,
                person=answer.by,
                values={"name": where.person(answer.by).first_name, "score": score, "note": in_short(note)},
                verbs=("call", "done"),
            )


def scores(where: Situation, advisor: str) -> tuple[tuple[Answer, int, str], ...]:
    """What each of the two last gave to each question how it goes, with the words beside it, as the advisor may see."""
    return tuple({(one[0].by, one[0].field): one for one in all_scores(where, advisor)}.values())


def all_scores(where: Situation, advisor: str) -> Iterator[tuple[Answer, int, str]]:
    """The same with those that a newer one followed, oldest first."""
    for answer in visible(advisor, where.pairing):
        points = score_of(answer.field, answer.value)
        if points is not None:
            yield answer, *points


def score_of(name: str, value: object) -> tuple[int, str] | None:
    """(points, words beside them) of an answer to the question how it goes; None for any other answer."""
    match value:
        case {"score": int(score), **rest}:
            return score, str(rest.get("note") or "")
        case bool():
            return None
        case int(score) if name == "score":
            return score, ""
    return None


def _needs(look: Watch) -> Iterator[Item]:
    """What one of the two asked their advisor for and is not done yet (AMIA-18)."""
    where = look.there
    for need in where.pairing.care.needs:
        if need.done is None and need.at <= look.now:
            text = need.text if may_read(look.advisor.id, where.pairing, need.by, need.visibility) else ""
            yield Item(
                kind=need.kind if text or need.kind in UNSAID else f"{need.kind}_unsaid",
                key=need.key,
                since=need.at,
                pairing=where.pairing.id,
                person=need.by,
                values={"name": where.person(need.by).first_name, "text": in_short(text)},
                verbs=("done", "snooze"),
                urgent=need.kind == "help",
            )


def in_short(text: str) -> str:
    """Somebody's words on one line, so that nothing in them looks like a line of ours."""
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]} …"


def _gates(look: Watch) -> Iterator[Item]:
    """Questions that the advisors themselves were asked and have not answered."""
    where = look.there
    for asked in where.pairing.asked.values():
        is_open = asked.closed is None and asked.sent is not None and asked.fields
        if asked.recipient in where.pairing.advisors and is_open:
            yield Item(
                kind="gate",
                key=f"{where.pairing.id}/gate/{asked.key}",
                since=asked.sent or look.now,
                pairing=where.pairing.id,
                person=asked.recipient,
                values={"days": (look.now - (asked.sent or look.now)).days},
                verbs=("done", "snooze"),
            )


def _held(look: Watch) -> Iterator[Item]:
    """A message of one of the two that waits for the coordinator; not a word of it."""
    where = look.there
    for id_ in (where.pairing.mentee, where.pairing.mentor):
        for held in look.cohort.held_from(*where.person(id_).addresses):
            yield Item(
                kind="held",
                key=f"{where.pairing.id}/held/{held.id}",
                since=held.received,
                pairing=where.pairing.id,
                person=id_,
                values={"name": where.person(id_).first_name, "days": (look.now - held.received).days},
                verbs=("snooze",),
            )


def _unconnected(look: Watch) -> Iterator[Item]:
    """Somebody who does not feel connected after the first weeks, and said so for the advisor to see (IMA-5)."""
    where = look.there
    for answer in visible(look.advisor.id, where.pairing):
        is_low = fact_of(where.program, answer) == "connection" and int(answer.value) <= LOW
        if is_low and answer.at > look.now - RECENT:
            yield Item(
                kind="unconnected",
                key=f"{where.pairing.id}/unconnected/{answer.key}",
                since=answer.at,
                pairing=where.pairing.id,
                person=answer.by,
                values={"name": where.person(answer.by).first_name, "score": answer.value},
                verbs=("call", "done"),
            )


def _stuck_calls(look: Watch) -> Iterator[Item]:
    """A talk with this advisor for which no time was found."""
    where = look.where
    pair = map(where.person, (where.pairing.mentee, where.pairing.mentor)) if where else None
    people = look.cohort.unmatched() if pair is None else pair
    for person, call in stuck_calls(people, look.advisor.id):
        yield Item(
            kind="call_stuck",
            key=f"{call.key}/stuck",
            since=call.wanted,
            pairing=where.pairing.id if where else "",
            person=person.id,
            values={"name": person.first_name},
            verbs=("done", "snooze"),
        )


OF_PAIRING: Mapping[str, Source] = {
    "needs": _needs,
    "gates": _gates,
    "gone": _gone,
    "low_scores": _low_scores,
    "no_news": _no_news,
    "postponed": _postponed,
    "unconnected": _unconnected,
    "unsaid_expectations": unsaid_expectations,
    "unsigned": unsigned,
    "links_for_afterwards": links_for_afterwards,
    "stuck_calls": _stuck_calls,
    "held": _held,
}
"""Sources about one pairing, in the order in which they are told."""

TOGETHER = frozenset(("no_news", "postponed", "unsaid_expectations", "unsigned"))
"""Those about what the two do together: once it is over nobody has to see to it any more."""

AROUND: Mapping[str, Source] = {
    "unmatched": unmatched,
    "stuck_calls": _stuck_calls,
    "searches": searches,
    "applicants": applicants,
}
"""Sources about people who are in no pairing of the advisor."""
