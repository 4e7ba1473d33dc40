"""Commands in a reply: goals, contacts, terms, pause and resume. Each becomes a line of the receipt."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from coordinator.core.agreement.drawn import signed
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.endings.letters import tell_advisor
from coordinator.core.endings.wishes import about, wished
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local, when
from coordinator.core.joining.heard import lowered as lowered_alone
from coordinator.core.leave import over_at
from coordinator.core.lowering import lowered
from coordinator.core.notes import kept
from coordinator.core.orders_agreement import clause, speak
from coordinator.core.orders_goals import GOALS
from coordinator.core.pleas.lines import OF_THE_WRITER, asks, conflict
from coordinator.core.program import VISIBILITIES
from coordinator.core.reading import Command
from coordinator.core.records import Contact, Pairing, Question
from coordinator.core.remarks import remarks
from coordinator.core.said_by import said_by
from coordinator.core.seeking.orders import ORDERS
from coordinator.core.terms import normal, proposed
from coordinator.core.theirs import arranged
from coordinator.core.voices import acknowledge
from coordinator.core.words import languages, words_of

HARMLESS = (
    *("contact", "connected", "pause", "resume", "asks", "conflict", "idea", "mode", "wish", "topic"),
    *("join", "draft", "starter", "tips", "no_tips"),
)
"""Obeyed even without a letter that they answer: safe, told back, and easy to undo."""

OF_THE_TWO = ("contact", "connected", "asks", "conflict", "clause", "share_worry", *GOALS)

WANTED, OFFERED = "introduce", "intro"
"""Facts: whom somebody would like to get to know; whom one of the two could introduce to the other."""

OWN_ONLY = ("worry",)
"""What is said of oneself and shown to nobody, until its writer shares it."""

Order = Callable[[Arrival, Pairing, Command], Pairing | str | None]
"""The pairing as it is then; a sentence for the writer where nothing changes; None where a human must look."""


def is_about_a_pairing(command: Command) -> bool:
    """Whether it cannot be obeyed without knowing of which pairing it speaks."""
    return command.name == "wish" or command.name in _ORDERS.keys() - {"visibility"}


def obeyed(arrival: Arrival) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(lines for the receipt, reasons why a human must look)."""
    done: list[str] = []
    undone: list[str] = []
    for command in arrival.reading.commands:
        if command.name == "agree":
            _agreed(arrival, command, done)
            continue
        if command.name in ("fix", "stop", "help", "disagree"):
            continue
        if arrival.verdict.action == "confirm" and command.name not in HARMLESS:
            undone.append("it changes something, but answers no letter of ours")
        elif command.name in ("pause", "resume"):
            _pause(arrival, command)
        elif command.name == "topic":
            acknowledge(arrival, f"topic-{command.args['topic']}")
        elif command.name in OF_THE_WRITER:
            arrival.cohort.put(OF_THE_WRITER[command.name](arrival.writer, arrival, command))
            done.append(" ".join(command.words.split()))
        elif command.name == "wish":
            _wish(arrival, command, undone)
        elif command.name == "visibility" and lowered_alone(arrival, command):
            done.append(" ".join(command.words.split()))
        elif command.name in ORDERS:
            _obey_alone(arrival, command, done, undone)
        else:
            _obey(arrival, command, done, undone)
    return tuple(done), tuple(undone)


def _agreed(arrival: Arrival, command: Command, done: list[str]) -> None:
    """A plain "I agree" countersigns the agreement; an "ok" is a kind word, or a yes to an invitation."""
    pairing, letter, context = arrival.pairing, arrival.found.letter, arrival.context()
    said = tokens(command.words).said
    if not any(said in words_of(context, language).phrases("signs") for language in languages(context)):
        return
    if pairing is None or letter is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return
    changed = signed(pairing, arrival.writer.id, letter.at, arrival.now)
    if changed != pairing:
        arrival.put(changed)
        done.append(speak(arrival, "signed", number=changed.agreement[-1].number))


def _obey_alone(arrival: Arrival, command: Command, done: list[str], undone: list[str]) -> None:
    took = ORDERS[command.name](arrival, command)
    if took.unclear:
        undone.append("a wish that the program cannot fulfil by itself")
    if took.stuck:
        undone.append(took.stuck)
    done.extend(took.told)


def _obey(arrival: Arrival, command: Command, done: list[str], undone: list[str]) -> None:
    pairing, order = _meant(arrival, command), _ORDERS.get(command.name)
    if pairing is None:
        undone.append("it is not clear which of their pairings it is about")
        return
    if command.name in OF_THE_TWO and pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        undone.append("only the two themselves can say that")
        return
    changed = order(arrival, pairing, command) if order else None
    if changed is None:
        undone.append("a wish that the program cannot fulfil by itself")
        return
    if isinstance(changed, str):
        done.append(changed)
        return
    arrival.put(changed)
    done.append(" ".join(command.words.split()))
    done.extend(remarks(arrival, pairing, changed))


def _meant(arrival: Arrival, command: Command) -> Pairing | None:
    """The pairing of the question that `2 private` names, for a letter may ask about two; else that of the message."""
    named = _question(arrival, command) if command.name == "visibility" else None
    return arrival.cohort.pairing(named.pairing) if named else arrival.pairing


def _question(arrival: Arrival, command: Command) -> Question | None:
    """The one of that number in the letter, or in what it told of an earlier answer."""
    letter = arrival.found.letter
    asked = (*letter.questions, *letter.told) if letter else ()
    return next((q for q in asked if q.number == command.args.get("number")), None)


def _wish(arrival: Arrival, command: Command, undone: list[str]) -> None:
    pairing = about(arrival, command)
    if pairing is None:
        undone.append("it is not clear which of their pairings it is about")
    elif not wished(arrival, pairing, command):
        undone.append("only the two themselves can say that")


def _pause(arrival: Arrival, command: Command) -> None:
    """Holds every letter, or lets them go again; one mail says so at once."""
    writer = arrival.writer
    if command.name == "resume":
        arrival.cohort.put(replace(writer, status="active", paused_until=None, leave=None, due=arrival.now))
        acknowledge(arrival, "resumed")
    else:
        first, over = (
            date.fromisoformat(str(day)) if (day := command.args.get(n)) else None for n in ("from", "until")
        )
        at = over_at(over) if over else None
        if first and over:
            arrival.cohort.put(replace(writer, leave=(first, over), due=arrival.now))
        else:
            arrival.cohort.put(replace(writer, status="paused", paused_until=at, leave=None, due=at))
        begins, unread = _day(arrival, over_at(first) if first else None), str(command.args.get("unclear") or "")
        acknowledge(arrival, "paused", begins=begins, due=_day(arrival, at), unread=unread)
    for pairing in arrival.cohort.pairings_of(writer.id):
        arrival.put(pairing)


def _day(arrival: Arrival, at: datetime | None) -> str:
    """As the writer reads it, without an hour; "" for none."""
    zone, language = arrival.writer.timezone or arrival.chapter.timezone, arrival.writer.language
    return when(at, zone, language or arrival.chapter.language).partition(",")[0] if at else ""


def _contact(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    minutes = command.args.get("minutes")
    day = command.args.get("day")
    contact = Contact(
        at=min(at_local(date.fromisoformat(str(day)), 12, 0, "UTC"), arrival.now) if day else arrival.now,
        kind=str(command.args.get("kind", "call")),
        minutes=int(minutes) if minutes else None,
        by=arrival.writer.id,
    )
    return replace(pairing, contacts=(*pairing.contacts, contact))


def _term(name: str) -> Order:
    def order(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
        value = str(command.args.get(name, command.args.get("value", command.args.get("text", "")))).strip()
        if normal(name, value) is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
            return None
        return proposed(arrival.situation(pairing), name, value, arrival.writer.id)

    return order


def _note(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """Kept beside the answers, for the two of them (AHE-24); a worry for nobody but its writer (AAHA-21).

    Whom somebody would like to get to know is a line to their advisor (AHE-31); so is "intro: …" after the end.
    """
    fact = str(command.args.get("fact", ""))
    text = command.args.get("text", "")
    if fact == WANTED or (fact == OFFERED and pairing.status == "ended"):
        tell_advisor(arrival, pairing, WANTED, (str(text),))
        return kept(arrival, pairing, WANTED, text, visibility="advisor")
    kept_class = "private" if fact in OWN_ONLY else str(command.args.get("visibility", "pair"))
    return kept(arrival, pairing, fact, text, visibility=kept_class)


def _shared(arrival: Arrival, pairing: Pairing, _command: Command) -> Pairing | str | None:
    """`share my worry`: the newest one, for the partner to read before the next meeting, as if said now."""
    worry = said_by(arrival.situation(pairing), "worry", arrival.writer.id)
    if worry is None:
        return speak(arrival, "no_worry")
    answers = tuple(replace(a, visibility="pair", at=arrival.now) if a is worry else a for a in pairing.answers)
    return replace(pairing, answers=answers)


def _methods(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """How somebody likes to talk, for the plan that both compare (AHE-14)."""
    methods = [str(m).replace("_", " ") for m in command.args.get("methods", ())]
    return kept(arrival, pairing, "methods", methods) if methods else None


def _connected(arrival: Arrival, pairing: Pairing, _command: Command) -> Pairing | None:
    writer = arrival.writer
    arrival.cohort.put(replace(writer, profile={**writer.profile, "connected": "yes"}))
    return pairing


def _visibility(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """`2 private`: the writer lowers the class of an answer, and never anybody else's."""
    question, wanted = _question(arrival, command), str(command.args.get("visibility", "private"))
    if question is None or question.pairing != pairing.id or wanted not in VISIBILITIES:
        return None
    return lowered(pairing, question, arrival.writer.id, wanted)


def _not_in_person(arrival: Arrival, pairing: Pairing, _command: Command) -> Pairing | None:
    """Nobody asks for a talk in person for half a year (AAHA-27)."""
    return replace(pairing, decided={**pairing.decided, f"{pairing.id}/not-in-person": arrival.now})


def _how_are_we(_arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """A short talk about the two of them, now and then, in an entry of its own (AAHA-23)."""
    return replace(pairing, terms={**pairing.terms, "how_are_we": str(command.args.get("every", "off"))})


def _place(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """Where they meet, from now on; the next meeting's entry says it with the mail before it."""
    place = " ".join(str(command.args.get("place", "")).split())[:200]
    if not place or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return None
    meetings = tuple(
        replace(m, place=place) if m.status == "invited" and m.start > arrival.now and m.kind != "event" else m
        for m in pairing.meetings
    )
    return replace(pairing, meetings=meetings, terms={**pairing.terms, "place": place})


_ORDERS: Mapping[str, Order] = {
    **GOALS,
    "asks": asks,
    "conflict": conflict,
    "contact": _contact,
    "rhythm": _term("rhythm"),
    "minutes": _term("minutes"),
    "every": _term("every"),
    "place": _place,
    "arranged": arranged,
    "not_in_person": _not_in_person,
    "how_are_we": _how_are_we,
    "connected": _connected,
    "clause": clause,
    "share_worry": _shared,
    "note": _note,
    "methods": _methods,
    "visibility": _visibility,
}
