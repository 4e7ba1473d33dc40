"""What joining makes due: the invitation, the forms of a role, a second try, and an advisor's look at who applies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.frozen import replace
from coordinator.core.joining.card import card
from coordinator.core.joining.forms import FORMS, MORE, is_known, known, missing
from coordinator.core.joining.returning import form_key
from coordinator.core.joining.seats import advised, looked_at, required
from coordinator.core.matching.rules import why
from coordinator.core.moments import Moment, closing, nudges
from coordinator.core.overlay import Living, Overlay
from coordinator.core.program import Stage
from coordinator.core.records import Match, Participant, Seat
from coordinator.core.speech import Speech
from coordinator.core.where import Alone, Where

JOIN, OUTREACH, REVIEW, REFUSED, BACK = "join", "outreach", "review-applicant", "application-declined", "asked-back"
TERMS, TIPS = "terms-changed", "search-tips"
SECOND_FORM = timedelta(days=2)
"""How long the second of two forms waits for the answers to the first."""
SEARCHING = timedelta(days=5)
"""Tips for the search are for its beginning."""
SECOND_TRY = (timedelta(days=7),)
"""When somebody whom an advisor reached out to is reminded, once (AMIA-23)."""


def enrolment(where: Alone, stage: Stage) -> Iterator[Moment]:
    person = where.participant
    if person.invited and not person.seats:
        yield from _invitation(where, stage, person.invited)
    yield from _terms(where, stage)
    for seat in person.seats:
        match seat.state:
            case "form":
                yield from _form(where, stage, seat)
            case "held":
                yield from _more(where, stage, seat)
                yield from _review(where, stage, seat)
            case "open":
                yield from _more(where, stage, seat)
                yield from _tips(where, stage, seat)
            case "refused":
                yield _to_them(where, stage, f"declined/{seat.role}", REFUSED, seat.since)


def _terms(where: Alone, stage: Stage) -> Iterator[Moment]:
    """A new text of consent is put once to everybody who agreed to an older one and takes part (AAHA-12)."""
    person, version = where.participant, where.program.consent
    if person.consent is None or person.consent.text == version or not _takes_part(where):
        return
    asked = where.asked(f"{person.id}/terms/{version}")
    if asked is None:
        since = person.consent.at
        key = f"{person.id}/terms/{version}"
        yield Moment(at=since, kind="ask", key=key, stage=stage.id, recipient=person.id, prompt=TERMS)


def _takes_part(where: Alone) -> bool:
    person = where.participant
    is_paired = any(p.status != "ended" for p in where.cohort.pairings_of(person.id))
    return is_paired or any(s.state in ("form", "held", "open") for s in person.seats)


def _invitation(where: Alone, stage: Stage, since: datetime) -> Iterator[Moment]:
    """Once; whoever an advisor reached out to is asked a second time after a week, and never again."""
    person = where.participant
    prompt = OUTREACH if "outreach" in person.profile else JOIN
    asked = where.asked(f"{person.id}/join")
    if asked is None:
        yield _asking(where, stage, "join", prompt, since)
    else:
        yield from nudges(where, replace(stage, nudges=SECOND_TRY if prompt == OUTREACH else ()), asked)
        yield from closing(where, stage, asked)


def _form(where: Alone, stage: Stage, seat: Seat) -> Iterator[Moment]:
    person = where.participant
    if not missing(where.program, person, seat.role):
        yield Moment(at=seat.since, kind="seat", key=f"{person.id}/seat/{seat.role}/{_taken(person)}", stage=stage.id)
        return
    key = form_key(person, seat.role)
    asked = where.asked(key)
    if asked is None:
        waits = SECOND_FORM if _before(person, seat) else timedelta()
        yield _asking(where, stage, key.partition("/")[2], FORMS[seat.role], seat.since + waits)
    else:
        yield from nudges(where, stage, asked)


def _before(person: Participant, seat: Seat) -> bool:
    """Whether the form of another role is out: what it brings, the second one need not ask."""
    return any(s.state == "form" for s in person.seats[: person.seats.index(seat)])


def _more(where: Alone, stage: Stage, seat: Seat) -> Iterator[Moment]:
    """What may be said besides, together with the receipt of the first form; nobody is reminded of it."""
    if is_more_due(where, seat.role):
        yield _asking(where, stage, f"more/{seat.role}", MORE[seat.role], seat.since)


def is_more_due(where: Alone, role: str) -> bool:
    """Whether the second form is still to be sent: the first one went by mail, and something is unknown."""
    person, prompt = where.participant, MORE[role]
    if prompt not in where.program.prompts or where.asked(f"{person.id}/more/{role}"):
        return False
    fields = where.program.prompt(prompt, "en").fields
    return where.asked(f"{person.id}/form/{role}") is not None and not all(is_known(person, f.name) for f in fields)


def _tips(where: Alone, stage: Stage, seat: Seat) -> Iterator[Moment]:
    """How to begin the search, with the letter that says that they are in (ACHE-2)."""
    if seat.role == "mentee" and where.asked(f"{where.participant.id}/form/mentee") and _searches(where):
        moment = _to_them(where, stage, f"tips/{seat.role}", TIPS, seat.since)
        yield replace(moment, stale=seat.since + SEARCHING)


def _searches(where: Alone) -> bool:
    return any(stage.kind == "match" for stage in where.program.stages)


def _taken(person: Participant) -> int:
    return sum(1 for key in person.decided if "/seat/" in key)


def _asking(where: Alone, stage: Stage, part: str, prompt: str, at: datetime) -> Moment:
    """Urgent, because they wrote for it just now: it need not wait for tomorrow's mail."""
    person = where.participant
    is_reply = person.consent is not None
    return Moment(
        at=at,
        kind="ask",
        key=f"{person.id}/{part}",
        stage=stage.id,
        recipient=person.id,
        prompt=prompt,
        urgent=is_reply,
    )


def _to_them(where: Alone, stage: Stage, part: str, prompt: str, at: datetime) -> Moment:
    person = where.participant
    return Moment(
        at=at, kind="tell", key=f"{person.id}/{part}", stage=stage.id, recipient=person.id, prompt=prompt, urgent=True
    )


def _review(where: Alone, stage: Stage, seat: Seat) -> Iterator[Moment]:
    """The advisors who look at those who apply; each is reminded once, and either decides."""
    person = where.participant
    if _round(person):
        key = f"{person.id}/back/{_round(person)}"
        asked_back = where.asked(key)
        if asked_back is None:
            yield _asking(where, stage, f"back/{_round(person)}", BACK, person.decided[_back(person)])
            return
        if asked_back.fields:
            yield from nudges(where, stage, asked_back)
            return
    for advisor in reviewers(where, stage, person.id):
        key = f"{person.id}/review/{seat.role}/{_round(person)}/{advisor}"
        asked = where.asked(key)
        if asked:
            yield from nudges(where, replace(stage, nudges=stage.nudges[:1]), asked)
        else:
            yield Moment(
                at=seat.since,
                kind="ask",
                key=key,
                stage=stage.id,
                pairing=person.id,
                recipient=advisor,
                prompt=REVIEW,
            )


def _round(person: Participant) -> int:
    """How often an advisor asked back."""
    return sum(1 for key in person.decided if "/asked-back/" in key)


def _back(person: Participant) -> str:
    return f"{person.id}/asked-back/{_round(person)}"


def reviewers(where: Where, stage: Stage, about: str) -> tuple[str, ...]:
    """Ids of the advisors who are asked, as many as the stage says, spread evenly over all of them."""
    ids = sorted((p.id for p in where.cohort.pool("advisor") if p.id != about), key=lambda i: (len(i), i))
    if not ids:
        return ()
    first = sum(map(ord, about)) % len(ids)
    return tuple(dict.fromkeys((ids + ids)[first : first + int(stage.options.get("advisors") or 1)]))


def seat_settled(where: Where, moment: Moment, _overlay: Overlay, now: datetime) -> Living:
    """A form that is complete: into the pool, or to an advisor."""
    person = where.record
    assert isinstance(person, Participant)
    role = moment.key.split("/")[2]
    stage = where.program.stage(moment.stage)
    return looked_at(person, role, where.program, now, all_reviewed=bool(stage.options.get("review")))


def names(where: Where, moment: Moment) -> dict[str, Any]:
    """What the letters of joining say besides: what is known already, and who applies."""
    person = where.record
    if isinstance(person, Match) or not isinstance(person, Participant):
        return {}
    me = where.person(moment.recipient)
    language = me.language or where.chapter.language
    role = _role(moment)
    if person.id != me.id:
        return {"card": _applicant(where, person, role, language, moment), "role": role}
    plain: dict[str, Any] = {"role": role, "roles": [s.role for s in person.seats if s.state == "form"]}
    if moment.prompt in (*FORMS.values(), *MORE.values()):
        found = known(where.program, person, moment.prompt)
        plain["known"] = [
            Speech(words=where.program.words, language=language, zone="UTC").say("known", n, said=v) for n, v in found
        ]
    if moment.prompt == BACK:
        plain["alert"] = [person.profile.get("asked_back", "")]
    return plain


def _role(moment: Moment) -> str:
    return next((part for part in (moment.asked or moment.key).split("/") if part in FORMS), "")


def _applicant(where: Where, person: Participant, role: str, language: str, moment: Moment) -> dict[str, Any]:
    """What an advisor decides upon; the rules that are not met are said in words."""
    program, now = where.program, moment.at
    words = program.words.get(language.split("-", maxsplit=1)[0], {})
    broken = [why(program.matching, rule, words) for rule in required(program, person, role, now)]
    told = [text for text in advised(program, person, role, now) if text not in broken]
    return {
        **card(program, person, role, language, advisor=True),
        "id": person.id,
        "reason": "; ".join((*broken, *told)),
        "why": [str(a.value) for a in person.answers if a.key == f"{person.id}/back/{_round(person)}"],
    }
