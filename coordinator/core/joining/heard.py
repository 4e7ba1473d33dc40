"""What people answer when they join: whether and as what, their forms, and an advisor's word about who applies."""

from coordinator.core.answered import Said
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.endings.last_day import is_over
from coordinator.core.endings.papers import shared_in
from coordinator.core.fields import KINDS
from coordinator.core.fields.person import addresses
from coordinator.core.frozen import replace
from coordinator.core.joining.forms import ROLES, WORK
from coordinator.core.joining.returning import joining, said_to
from coordinator.core.joining.seats import opened, required, waived, with_seat
from coordinator.core.joining.took import UNCLEAR, Took
from coordinator.core.program import VISIBILITIES, Field
from coordinator.core.reading import Command, Context, Value
from coordinator.core.records import Consent, Match, Participant, Question
from coordinator.core.seeking.verbs import Wish, wishes
from coordinator.core.speech import Speech
from coordinator.core.standing import closed
from coordinator.core.words import languages_in, words_of
from coordinator.core.zones import nearest

YES_NO = Question(number=1, pairing="", prompt="", key="", field=Field(name="join", kind="yes_no", ask=""))


def told(arrival: Arrival, key: str, **values: object) -> str:
    """A sentence of the table `[joining_said]` for the writer."""
    language = arrival.writer.language or arrival.chapter.language
    return Speech(words=arrival.program.words, language=language, zone="UTC").say("joining_said", key, **values)


def join(arrival: Arrival, _record: Participant | Match, said: Said) -> Took:
    """`join mentor`, `join both`, a plain yes, `no thanks`."""
    return joined(arrival, str(said.value))


def joined(arrival: Arrival, text: str) -> Took:
    """Only for themselves: whoever names another address changes nothing."""
    person = arrival.writer
    if set(addresses(text)) - set(person.addresses):
        return Took(lines=(told(arrival, "not_for_others"),), stuck="somebody tries to enrol another person")
    roles = roles_in(text, arrival.context(), person)
    if roles is None:
        return UNCLEAR
    if not roles:
        return _never_again(arrival)
    mine = [p for p in shared_in(arrival.cohort, person.id) if p.mentee == person.id]
    has_mentor = any(not is_over(arrival.situation(p), arrival.now) for p in mine)
    joins = joining(arrival.program, person, roles, arrival.now, was_mentee=bool(mine), has_mentor=has_mentor)
    arrival.put(joins)
    said = (said_to(arrival.program, person, joins, role, has_mentor=has_mentor) for role in roles)
    return Took(lines=tuple(told(arrival, key) for key in said))


def _never_again(arrival: Arrival) -> Took:
    """No thanks: not another word from us, whatever roster they stand on next (ACHE-5)."""
    person = arrival.writer
    if any(p.status != "ended" for p in arrival.cohort.pairings_of(person.id)):
        return UNCLEAR
    key = f"{person.id}/no-thanks"
    seats = tuple(replace(s, state="left") for s in person.seats)
    gone = replace(person, status="stopped", due=None, receipts=(), seats=seats, invited=None)
    arrival.cohort.put(replace(gone, decided={**person.decided, key: arrival.now}, answered=arrival.now))
    return Took(silent=True)


def roles_in(text: str, context: Context, person: Participant) -> tuple[str, ...] | None:
    """What somebody wants to be; () for a no, None when it cannot be told."""
    first = "\n".join(text.strip().splitlines()[:4])
    scan = tokens(first)
    named: set[str] = set()
    denied = False
    for language in languages_in(scan, context):
        words = words_of(context, language)
        for at in range(len(scan)):
            if found := words.phrases("joining").at(scan.texts, at):
                named |= set(ROLES) if found[1] == "both" else {str(found[1])}
        denied = denied or words.phrases("negation").anywhere(scan.texts) is not None
    answer = KINDS["yes_no"].read(first, YES_NO, context)
    said_no = isinstance(answer, Value) and answer.value is False
    if named:
        return None if denied or said_no else tuple(r for r in ROLES if r in named)
    if said_no:
        return ()
    own = tuple(r for r in ROLES if r in person.roles)
    return own or None if isinstance(answer, Value) else None


def form(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """An answer of a form, kept in the profile; the newest counts, and the other role's form need not ask it again."""
    if not isinstance(record, Participant) or record.id != arrival.writer.id:
        return Took()
    name, text = said.question.field.name, _plain(said.value)
    if name == "clock":
        return _clock(arrival, record, text)
    arrival.put(_ticked(with_value(record, name, text), name, arrival))
    return Took()


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value).strip()


def with_value(person: Participant, name: str, text: str) -> Participant:
    """The profile with one thing said; "nursing, ward manager, Elm Hospital" is three."""
    if name != "work":
        return replace(person, profile={**person.profile, name: text[:2000]})
    parts = [p.strip() for p in text.replace(";", ",").replace("\n", ",").split(",") if p.strip()]
    return replace(person, profile={**person.profile, **dict(zip(WORK, parts, strict=False))})


def _clock(arrival: Arrival, person: Participant, text: str) -> Took:
    found = next((z for part in (text, *text.replace("/", ",").split(",")) if (z := nearest(part.strip(" .")))), None)
    if found is None:
        return UNCLEAR
    arrival.put(replace(person, timezone=found))
    return Took()


def _ticked(person: Participant, name: str, arrival: Arrival) -> Participant:
    """What one form was told, no other form of theirs asks again."""
    for asked in person.asked.values():
        if name in asked.fields and asked.key.split("/")[1] in ("form", "more"):
            left = tuple(f for f in asked.fields if f != name)
            person = replace(person, asked={**person.asked, asked.key: replace(asked, fields=left)})
            if not left:
                person = closed(person, asked.key, arrival.now)
    return person


def terms(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """A yes to the new text is on record with its version; a no is for a human to talk about."""
    if not isinstance(record, Participant) or record.id != arrival.writer.id:
        return UNCLEAR
    if not said.value:
        return Took(lines=(told(arrival, "terms_refused"),), stuck="somebody does not agree to the new terms")
    consent = Consent(text=arrival.program.consent, at=arrival.now, how="reply")
    arrival.put(replace(record, consent=consent))
    return Took()


def lowered(arrival: Arrival, command: Command) -> bool:
    """`2 private` about an answer of a form: its writer alone lowers it, and no card shows it from then on."""
    letter, wanted = arrival.found.letter, str(command.args.get("visibility", "private"))
    asked = (*letter.questions, *letter.told) if letter else ()
    question = next((q for q in asked if q.number == command.args.get("number") and not q.pairing), None)
    if question is None or wanted not in VISIBILITIES:
        return False
    person = arrival.writer
    answers = tuple(
        replace(a, visibility=wanted) if (a.key, a.field, a.by) == (question.key, question.field.name, person.id) else a
        for a in person.answers
    )
    if answers == person.answers:
        return False
    arrival.put(replace(person, answers=answers))
    return True


def verdict(arrival: Arrival, record: Participant | Match, said: Said) -> Took:
    """An advisor about somebody who applies: accept, waive, decline, ask."""
    if not isinstance(record, Participant):
        return UNCLEAR
    role = said.question.key.split("/")[2]
    found = wishes(str(said.value), arrival.context())
    return decided_on(arrival, record, role, found[0]) if found else UNCLEAR


def decided_on(arrival: Arrival, person: Participant, role: str, wish: Wish) -> Took:
    """The first advisor's word counts; another one is told what was decided already."""
    seat = person.seat(role)
    if seat is None or seat.state != "held":
        return Took(lines=(told(arrival, "decided_already", name=person.name),))
    now, name = arrival.now, person.first_name or person.address
    match wish.verb:
        case "approve" | "waive":
            rules = required(arrival.program, person, role, now)
            arrival.put(_settled(opened(waived(person, rules, now), role, arrival.program, now), arrival))
            return Took(lines=(told(arrival, "accepted", name=name),))
        case "decline":
            arrival.put(_settled(replace(with_seat(person, role, state="refused", since=now), due=now), arrival))
            return Took(lines=(told(arrival, "refused", name=name),))
        case "ask" if wish.text:
            arrival.put(_settled(_asked_back(person, wish.text, arrival), arrival))
            return Took(lines=(told(arrival, "asked_back", name=name),))
        case _:
            return UNCLEAR


def _settled(person: Participant, arrival: Arrival) -> Participant:
    """The question about them is closed for every advisor who was asked."""
    for key in person.asked:
        if "/review/" in key:
            person = closed(person, key, arrival.now)
    return person


def _asked_back(person: Participant, question: str, arrival: Arrival) -> Participant:
    """The advisor's question goes to whoever applied; with their answer the advisors look again."""
    number = sum(1 for key in person.decided if "/asked-back/" in key) + 1
    key = f"{person.id}/asked-back/{number}"
    return replace(
        person,
        decided={**person.decided, key: arrival.now},
        profile={**person.profile, "asked_back": question[:500]},
        due=arrival.now,
    )
