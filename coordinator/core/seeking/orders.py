"""What is said about joining and searching outside the questions: `join mentor`, `we are a pair: …`, `approve m3 1`."""

from collections.abc import Callable, Mapping

from coordinator.core.arrival import Arrival
from coordinator.core.fields.person import addresses
from coordinator.core.frozen import replace
from coordinator.core.joining.forms import WORK
from coordinator.core.joining.heard import joined, with_value
from coordinator.core.joining.took import UNCLEAR, Took
from coordinator.core.matching.read_profile import KEYS
from coordinator.core.reading import Command
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.forming import FOUND
from coordinator.core.seeking.gates import choice
from coordinator.core.seeking.reaching import told
from coordinator.core.seeking.verbs import wishes
from coordinator.core.tips import with_tips, without_tips
from coordinator.core.voices import acknowledge
from coordinator.core.zones import nearest

Order = Callable[[Arrival, Command], Took]


def _join(arrival: Arrival, command: Command) -> Took:
    if not any(s.kind == "enrolment" for s in arrival.program.stages):
        return UNCLEAR
    return joined(arrival, command.words)


def _profile(arrival: Arrival, command: Command) -> Took:
    """`years: 9`: one thing in the profile, put right."""
    name, text = str(command.args["name"]), str(command.args.get("text", "")).strip()
    person = arrival.writer
    if name == "clock":
        zone = nearest(text)
        if zone is None:
            return UNCLEAR
        arrival.put(replace(person, timezone=zone))
        return Took(lines=(f"{command.args['label']}: {zone}",))
    if name in WORK or name == "work":
        arrival.put(with_value(person, name, text) if name == "work" else _with(person, name, text))
    else:
        arrival.put(_with(person, name, text))
    if name == "capacity" and text.isdecimal():
        current = arrival.cohort.participant(person.id) or person
        seats = tuple(replace(s, capacity=int(text)) if s.role == "mentor" else s for s in current.seats)
        arrival.put(replace(current, seats=seats))
    return Took(lines=(f"{command.args['label']}: {text}",))


def _with(person: Participant, name: str, text: str) -> Participant:
    """Under the name that the roster used for it, so that no older column hides it."""
    used = next((key for key in KEYS.get(name, (name,)) if key in person.profile), name)
    return replace(person, profile={**person.profile, used: text[:2000]})


def _search(arrival: Arrival, command: Command) -> Took:
    """An advisor's `approve m3 1` in whatever mail; from anybody else it changes nothing."""
    if "advisor" not in arrival.writer.roles:
        return Took(lines=(told(arrival, "only_advisor"),))
    name = str(command.args.get("id", ""))
    me = arrival.writer.id
    own = [m for m in arrival.cohort.matches_of(me) if m.state == "open" and me in m.advisors]
    match = arrival.cohort.match(name) if name else own[0] if len(own) == 1 else None
    if match and me not in match.advisors:
        return Took(lines=(told(arrival, "not_your_search", id=match.id),))
    if match is None:
        return Took(lines=(told(arrival, "which_search", ids=", ".join(m.id for m in own) or "–"),))
    return choice(arrival, match, wishes(str(command.args.get("text", "")), arrival.context()))


def _found(arrival: Arrival, command: Command) -> Took:
    """Two who found each other: the one who did not write is asked whether it is so (ACHE-3)."""
    named = tuple(dict.fromkeys(addresses(str(command.args.get("text", "")))))
    writer = arrival.writer
    others = [a for a in named if a not in writer.addresses]
    if len(others) != 1:
        stuck = "somebody names two other people as a pair" if len(others) > 1 else ""
        return Took(lines=(told(arrival, "name_one"),), stuck=stuck)
    role = _own_role(arrival, named)
    if role is None:
        return Took(lines=(told(arrival, "say_role"),))
    other = arrival.cohort.participant_at(others[0]) or _newcomer(arrival, others[0], role)
    if _are_paired(arrival, other):
        return Took(lines=(told(arrival, "paired_already"),))
    mentor, mentee = (writer, other) if role == "mentor" else (other, writer)
    match = Match(
        id=arrival.cohort.fresh_id("m"),
        mentee=mentee.id,
        mode=FOUND,
        opened=arrival.now,
        candidates=(Candidate(number=1, mentor=mentor.id, state="asked", by=writer.id, since=arrival.now),),
        log=((arrival.now, writer.id, "found each other"),),
        due=arrival.now,
    )
    arrival.put(other)
    arrival.put(match)
    return Took(lines=(told(arrival, "found_asked", address=others[0]),))


def _own_role(arrival: Arrival, named: tuple[str, ...]) -> str | None:
    """Two addresses are mentor, then mentee; with one the writer's own seat or roster says it."""
    writer = arrival.writer
    if len(named) == 2:
        return "mentor" if named[0] in writer.addresses else "mentee"
    roles = {*writer.roles, *(s.role for s in writer.seats)} & {"mentor", "mentee"}
    return roles.pop() if len(roles) == 1 else None


def _newcomer(arrival: Arrival, address: str, writers_role: str) -> Participant:
    role = "mentee" if writers_role == "mentor" else "mentor"
    return Participant(id=arrival.cohort.fresh_id("u"), address=address, first_name="", roles=(role,))


def _are_paired(arrival: Arrival, other: Participant) -> bool:
    open_ones = (p for p in arrival.cohort.pairings_of(arrival.writer.id) if p.status != "ended")
    return any({p.mentor, p.mentee} == {arrival.writer.id, other.id} for p in open_ones)


def _draft(arrival: Arrival, _command: Command) -> Took:
    """A letter that the mentee may send to somebody; nobody else gets anything (ACHE-11)."""
    person = arrival.writer
    goals = [g.strip() for g in person.profile.get("sought", "").splitlines() if g.strip()]
    acknowledge(arrival, "help-me-ask")
    effect = arrival.effects.pop()
    sections = tuple(replace(s, context={**s.context, "received": goals}) for s in effect.sections)
    arrival.effects.append(replace(effect, sections=sections))
    return Took()


def _starter(arrival: Arrival, _command: Command) -> Took:
    acknowledge(arrival, "starter-pack")
    return Took()


def _tips(arrival: Arrival, _command: Command) -> Took:
    """The pack on how to begin, and each month's thought again for whoever had enough of them."""
    arrival.put(with_tips(arrival.writer))
    acknowledge(arrival, "search-tips")
    return Took()


def _no_tips(arrival: Arrival, command: Command) -> Took:
    arrival.put(without_tips(arrival.writer))
    return Took(lines=(" ".join(command.words.split()),))


ORDERS: Mapping[str, Order] = {
    "join": _join,
    "profile_line": _profile,
    "search": _search,
    "found": _found,
    "draft": _draft,
    "starter": _starter,
    "tips": _tips,
    "no_tips": _no_tips,
}
"""Command → what it does, for anybody on the roster, with or without a pairing."""
