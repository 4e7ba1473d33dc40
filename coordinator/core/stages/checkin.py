"""How it is going: each of the two is asked by their advisor, twice at the beginning, then month by month (AMIA-26).

A check-in waits for another letter to the same person and goes with it; it goes alone before its month is over. No
month of a pairing is without one (AMIA-15, 32).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation, closing
from coordinator.core.program import Stage

FIRST = (timedelta(days=7), timedelta(days=14))
"""Two in the first month (AMIA-33)."""
EVERY = timedelta(days=30)
MONTH = timedelta(days=31)
AROUND = timedelta(days=5)
"""So near to another letter it goes with that one."""
APART = timedelta(days=2, hours=12)
"""Two of them are never nearer to each other: three days, whatever the hour of the letters."""
OVERTAKEN = timedelta(hours=36)
"""One that went out so long after its time stands for the next one of the first month as well."""
PATIENCE = timedelta(days=3)
"""It goes alone so long before its time is over."""
CALLED = ("phone", "video", "text")
"""Modes in which the advisor gets in touch; the program asks the advisor afterwards."""


def checkin(where: Situation, stage: Stage) -> Iterator[Moment]:
    for role in stage.audience:
        for person in where.in_role(role):
            yield from _of(where, stage, role, person)


def _of(where: Situation, stage: Stage, role: str, person: str) -> Iterator[Moment]:
    done = asked_so_far(where, stage, role)
    for number in range(1, done + 1):
        asked = where.asked(key_of(where, stage, number, role))
        if asked:
            yield from closing(where, stage, asked)
    due = _window(where, stage, role, person, done)
    if due is None:
        return
    opens, latest = due
    overtaken = _is_overtaken(where, stage, role, person, done)
    mode = where.person(person).profile.get("checkin_mode", "")
    is_call = mode in CALLED and bool(where.pairing.advisors)
    yield Moment(
        at=latest if is_call else opens,
        kind="call" if is_call else "ask",
        key=key_of(where, stage, done + 1, role),
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=stage.prompt,
        ordinal=done + 1,
        stale=None if is_call else _stale(where, opens, latest, is_overtaken=overtaken),
        patient=None if is_call else latest,
    )


def _stale(where: Situation, opens: datetime, latest: datetime, *, is_overtaken: bool) -> datetime:
    """When it is too late to ask; on the last day, which may have been moved near, it always is."""
    return min(opens if is_overtaken else latest + AROUND * 4, where.last_day)


def key_of(where: Situation, stage: Stage, number: int, role: str) -> str:
    return f"{where.pairing.id}/{stage.id}/{number}/{role}"


def asked_so_far(where: Situation, stage: Stage, role: str) -> int:
    number = 0
    while where.is_decided(key_of(where, stage, number + 1, role)):
        number += 1
    return number


def _window(where: Situation, stage: Stage, role: str, person: str, done: int) -> tuple[datetime, datetime] | None:
    """From when on, and until when at the latest; None when the pairing is over by then."""
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone_of(person))
    before = where.pairing.decided.get(key_of(where, stage, done, role)) if done else None
    if is_set(where):
        opens, latest = _after(before or begin, interval(where, stage))
    else:
        opens, latest = _in_turn(begin, stage, done, PATIENCE if role == "mentor" else timedelta(0))
        if before and before + APART > opens:
            opens = before + APART
            # It has come late: the next one need not follow on its heels, and finds another letter to go with.
            latest = max(latest, begin + EVERY - timedelta(days=1)) if done < len(_first(stage)) else latest
    opens, latest = (where.morning(at, person) for at in (opens, latest))
    last = at_local(where.pairing.end, 0, 0, where.zone) - timedelta(days=3)
    return (opens, max(opens, min(latest, last))) if opens < last else None


def _is_overtaken(where: Situation, stage: Stage, role: str, person: str, done: int) -> bool:
    """Whether the one before came so late that this one would ask the same again: after days without a tick."""
    before = where.pairing.decided.get(key_of(where, stage, done, role)) if done else None
    if before is None or is_set(where) or done >= len(_first(stage)):
        return False
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone_of(person))
    latest = _in_turn(begin, stage, done - 1, PATIENCE if role == "mentor" else timedelta(0))[1]
    return before > latest + OVERTAKEN


def _first(stage: Stage) -> tuple[timedelta, ...]:
    """When the first ones come, counted from the beginning."""
    return stage.options.get("first") or FIRST


def _after(before: datetime, every: timedelta) -> tuple[datetime, datetime]:
    """As an advisor wants it: so long after the last one, a few days earlier or later with another letter."""
    around = min(AROUND, every / 4)
    return before + every - around, min(before + every + around, before + MONTH)


def _in_turn(begin: datetime, stage: Stage, done: int, longer: timedelta) -> tuple[datetime, datetime]:
    """The program's: near its first days, then one in each month that has begun.

    longer: so much later at the beginning; the mentor's goes with the mail that prepares the first meeting.
    """
    first = _first(stage)
    every: timedelta = stage.options.get("every") or EVERY
    if done < len(first):
        return begin + first[done] - AROUND, begin + first[done] + AROUND + longer
    opens = begin + EVERY + (done - len(first)) * every
    return opens, opens + every - PATIENCE


def is_set(where: Situation) -> bool:
    """Whether an advisor said how often this pair is asked (AMIA-31)."""
    return where.pairing.terms.get("checkin", "").isdecimal()


def interval(where: Situation, stage: Stage) -> timedelta:
    """As the advisor set it for this pair, else the program's."""
    every: timedelta = stage.options.get("every") or EVERY
    return timedelta(days=int(where.pairing.terms["checkin"])) if is_set(where) else every


def bank(body: str) -> tuple[str, ...]:
    """The questions of a bank: each line of its letter that begins with a dash."""
    lines = (line.strip() for line in body.splitlines())
    return tuple(line[1:].strip() for line in lines if line.startswith(("- ", "* ")) and line[1:].strip())


def question_for(where: Situation, stage: Stage, number: int, language: str) -> str:
    """The next question of the bank; none comes twice before all have come once (AMIA-35)."""
    name = str(stage.options.get("bank") or "")
    questions = bank(where.program.prompt(name, language).body) if name in where.program.prompts else ()
    return questions[(number - 1) % len(questions)] if questions else ""
