"""Invented people: what they are like, and what they do about a letter. Pure; chances are passed in."""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coordinator.simulate import prose, rsvp, shapes
from coordinator.simulate.answers import Mood, Said, answer
from coordinator.simulate.chances import Chances, of_letter, of_question
from coordinator.simulate.hours import later, start_of
from coordinator.simulate.letters import Ask, Received
from coordinator.simulate.persona import Past, Persona, Planned, Temperament
from coordinator.simulate.remarks import remarks

__all__ = ["Past", "Persona", "Planned", "Temperament", "past", "respond"]

_CLOCK = re.compile(r"\d\d:\d\d–\d\d:\d\d")
REMINDERS = timedelta(days=16)
"""How long after a letter the same questions are a reminder of it; later they are the next month's."""
LAST_MONTH = timedelta(days=20)
LONG_AGO = timedelta(days=50)
"""How old a letter is at least, and at most, that somebody answers who is a month behind."""


def past(persona: Persona, mail: Received, planned: Sequence[Planned], now: datetime) -> Past:
    return Past(
        at=now,
        asks=frozenset(ask.words for ask in mail.asks),
        done=frozenset(each.kind for each in planned),
        answered=frozenset(each.to for each in planned if each.to),
        mail=mail if persona.temperament.last_month and mail.asks else None,
    )


def respond(
    persona: Persona, mail: Received, *, now: datetime, chances: Chances, earlier: Sequence[Past] = ()
) -> tuple[Planned, ...]:
    """What this person does about a letter that arrived now, oldest first. earlier: what they got before."""
    how = persona.temperament
    if how.dead_month and persona.month(now) >= how.dead_month:
        return (_bounce(persona, mail, now),)
    back = persona.away(now)
    auto = _auto_reply(persona, mail, back, now, earlier) if back else ()
    start = start_of(persona, now, back)
    own = (
        *_rsvp(persona, mail, start, chances, earlier),
        *_answers(persona, mail, start, chances, earlier),
        *_fix(persona, mail, start, chances, earlier),
        *_copy(persona, mail, start, chances, earlier),
        *_parting(persona, mail, start, chances, earlier),
    )
    return tuple(sorted((*auto, *own), key=lambda each: each.at))


def _parting(
    persona: Persona, mail: Received, start: datetime, chances: Chances, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    """A line of its own, once: that they want to end it, or want no more mail."""
    how = persona.temperament
    for kind, month, line in (("ending", how.ends_month, "I want to end it"), ("stop", how.stop_month, "STOP")):
        if month and persona.month(start) >= month and not any(kind in each.done for each in earlier):
            at = later(persona, start, chances(of_letter(mail, earlier)))
            raw = shapes.reply(
                mail.raw, line, client=how.client, style="top", sender=persona.sender, now=at, language=persona.language
            )
            return (Planned(at=at, raw=raw, kind=kind, gist=line),)
    return ()


def _bounce(persona: Persona, mail: Received, now: datetime) -> Planned:
    system = "exchange" if persona.temperament.client.startswith("outlook") else "postfix"
    raw = shapes.bounce(mail.raw, now=now, system=system, address=persona.address)
    return Planned(at=now + timedelta(minutes=1), raw=raw, kind="bounce", gist="the address no longer exists")


def _auto_reply(
    persona: Persona, mail: Received, back: date, now: datetime, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    """Once in four days, as RFC 5230 asks of responders."""
    if any("auto_reply" in each.done and now - each.at < timedelta(days=4) for each in earlier):
        return ()
    at = now.astimezone(ZoneInfo(persona.timezone)) + timedelta(minutes=1)
    raw = shapes.auto_reply(
        mail.raw,
        sender=persona.sender,
        now=at,
        until=back,
        client=persona.temperament.client,
        language=persona.language,
    )
    return (Planned(at=at, raw=raw, kind="auto_reply", gist=f"is away until {back:%A} {back.day} {back:%B}"),)


def _rsvp(
    persona: Persona, mail: Received, start: datetime, chances: Chances, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    invitation, chance = mail.invitation, chances(of_letter(mail, earlier))
    if invitation is None or invitation.method != "REQUEST" or chance.random() >= persona.temperament.accepts:
        return ()
    at = later(persona, start, chance, share=0.5)
    declines = _declines(persona, start, earlier)
    raw = rsvp.answer(
        mail.raw,
        persona.temperament.client,
        attendee=persona.address,
        partstat="DECLINED" if declines else "ACCEPTED",
        comment="Sorry, I am travelling that day" if declines else "",
        now=at,
        language=persona.language,
    )
    return (
        Planned(at=at, raw=raw, kind="decline" if declines else "accept", gist="declines" if declines else "accepts"),
    )


def _declines(persona: Persona, start: datetime, earlier: Sequence[Past]) -> bool:
    """Once in such a month; the other time that is offered will suit."""
    recent = any("decline" in each.done and start - each.at < timedelta(days=40) for each in earlier)
    return persona.month(start) in persona.temperament.declines and not recent


def _answers(
    persona: Persona, mail: Received, start: datetime, chances: Chances, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    how = persona.temperament
    if not _asks(mail) or _is_answered(mail, start, earlier):
        return ()
    if how.help_month and persona.month(start) >= how.help_month and not any("help" in each.done for each in earlier):
        return (_help(persona, mail, later(persona, start, chances(of_letter(mail, earlier)))),)
    if chances(f"answers {of_letter(mail, earlier)}").random() >= how.answers:
        return ()
    if how.last_month:
        waiting = _waiting(earlier, start)
        return (_answered(persona, waiting, start, chances, earlier, is_old=True),) if waiting else ()
    return (_answered(persona, mail, start, chances, earlier),)


def _is_answered(mail: Received, start: datetime, earlier: Sequence[Past]) -> bool:
    """Nobody answers a reminder of what they have answered, or are about to."""
    asks = {ask.words for ask in mail.asks}
    lately = [each for each in earlier if start - each.at < REMINDERS]
    return any(each.done & {"reply", "help"} and asks <= each.asks for each in lately)


def _waiting(earlier: Sequence[Past], start: datetime) -> Received | None:
    """The first letter of last month that is still unanswered, and is no reminder of an answered one."""
    ids = {id_ for each in earlier for id_ in each.answered}
    done = [each for each in earlier if each.mail and each.mail.parent.message_id in ids]
    left = (each for each in earlier if each.mail and LAST_MONTH < start - each.at < LONG_AGO)
    old = [each for each in left if each not in done]
    return next((each.mail for each in old if not any(_is_reminder(each, other) for other in done)), None)


def _is_reminder(one: Past, other: Past) -> bool:
    return one.asks == other.asks and abs(one.at - other.at) < REMINDERS


def _answered(
    persona: Persona,
    mail: Received,
    start: datetime,
    chances: Chances,
    earlier: Sequence[Past],
    *,
    is_old: bool = False,
) -> Planned:
    at = later(persona, start, chances(of_letter(mail, earlier)))
    said = _said(persona, mail, at, chances, earlier)
    new, style = _written(persona, said)
    raw = shapes.reply(
        mail.raw,
        new,
        client=persona.temperament.client,
        style=style,
        sender=persona.sender,
        now=at,
        language=persona.language,
        numbering=persona.numbering,
        greeting=persona.greeting,
        signature=persona.signature,
    )
    return Planned(
        at=at,
        raw=raw,
        kind="late_reply" if is_old else "reply",
        gist="; ".join(each.gist for each in said.values() if each.gist),
        answers={number: each.words for number, each in said.items()},
        to=mail.parent.message_id if is_old else "",
    )


def _written(persona: Persona, said: Mapping[int, Said]) -> tuple[str | dict[int, str], str]:
    how = persona.temperament
    if how.voice == "prose":
        return prose.paragraph(tuple(said.values()), persona.language), how.style
    return {number: each.words for number, each in said.items()}, how.style


def _said(persona: Persona, mail: Received, at: datetime, chances: Chances, earlier: Sequence[Past]) -> dict[int, Said]:
    voice = "plain" if persona.temperament.voice == "prose" else persona.temperament.voice
    mood = Mood(
        language=mail.language if mail.language == persona.language else "en",
        voice=voice,
        work=persona.work,
        met=_met(persona, mail),
        month=persona.month(at),
        luck=persona.luck,
    )
    said = {
        ask.number: _decided(persona, ask) or answer(ask, mood, chances(of_question(ask, mail, earlier)))
        for ask in _asks(mail)
    }
    return {number: each for number, each in said.items() if each}


def _asks(mail: Received) -> tuple[Ask, ...]:
    """What is left to answer: whoever has an invitation in hand answers that, and picks no other time beside it."""
    if mail.invitation is None or mail.invitation.method != "REQUEST":
        return tuple(mail.asks)
    return tuple(
        ask for ask in mail.asks if not (ask.options and all(_CLOCK.search(words) for _, words in ask.options))
    )


def _decided(persona: Persona, ask: Ask) -> Said | None:
    """What somebody has made up their mind about: going on, or the end that they wished for."""
    low, how = ask.words.casefold(), persona.temperament
    if "another" in low and "months" in low and how.renews is not None:
        return Said(words="yes" if how.renews else "no", gist="wants to go on" if how.renews else "does not go on")
    if "shall i end it" in low and how.ends_month:
        return Said(words="yes", gist="means it")
    return None


def _met(persona: Persona, mail: Received) -> bool:
    """Whether the two met lately: the same for both of them in the same month."""
    pair = " ".join(sorted((persona.address, persona.partner[1])))
    return random.Random(f"{pair} {mail.parent.date:%Y-%m}").random() < persona.meets


def _help(persona: Persona, mail: Received, at: datetime) -> Planned:
    concern = remarks("concern", persona.language)[0]
    raw = shapes.reply(
        mail.raw,
        f"HELP\n\n{concern}",
        client=persona.temperament.client,
        style="top",
        sender=persona.sender,
        now=at,
        language=persona.language,
        signature=persona.signature,
    )
    return Planned(at=at, raw=raw, kind="help", gist=f"asks for help: “{concern}”")


def _fix(
    persona: Persona, mail: Received, start: datetime, chances: Chances, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    """Whoever reads a receipt closely finds a slip in it, once a season."""
    wanted = persona.temperament.corrects and not any("fix" in each.done for each in earlier)
    slips = [(number, words) for number, words in mail.fixable if words.endswith(" min")]
    if not wanted or not slips:
        return ()
    at = later(persona, start, chances(of_letter(mail, earlier)), share=0.2)
    number = slips[0][0]
    raw = shapes.reply(
        mail.raw,
        f"fix {number}: 60 minutes",
        client=persona.temperament.client,
        style="top",
        sender=persona.sender,
        now=at,
        language=persona.language,
        signature=persona.signature,
    )
    return (Planned(at=at, raw=raw, kind="fix", gist="corrects it: it was 60 minutes"),)


def _copy(
    persona: Persona, mail: Received, start: datetime, chances: Chances, earlier: Sequence[Past]
) -> tuple[Planned, ...]:
    """A mail between the two with the program in copy, every other month."""
    quiet = not any("copy" in each.done and start - each.at < timedelta(days=50) for each in earlier)
    if not persona.temperament.copies or not persona.partner[1] or not quiet or persona.month(start) < 2:
        return ()
    at = later(persona, start, chances(of_letter(mail, earlier)))
    raw = shapes.fresh(
        "Thank you for ringing back so quickly, that settled it. See you at our next meeting.",
        client=persona.temperament.client,
        sender=persona.sender,
        to=[persona.partner],
        cc=[(mail.parent.name, mail.parent.address)],
        subject="Our call today",
        now=at,
        language=persona.language,
        signature=persona.signature,
    )
    return (Planned(at=at, raw=raw, kind="copy", gist=f"writes to {persona.partner[0]} with the program in copy"),)
