"""A mail to the coordinator: at most one a day, and only when a human is needed or a month is over."""

from datetime import timedelta
from typing import Any

from coordinator.core.compose import new_letter
from coordinator.core.effects import Effect, Section
from coordinator.core.hours import at_local, local_day
from coordinator.core.speech import Speech, speech_for
from coordinator.core.voice import coordinator
from coordinator.tick.monthly import PROMPT, is_due, next_month, number_of, told
from coordinator.tick.round import Round

MOST_LINES = 20


def alert(round_: Round) -> None:
    """Writes the day's mail, or notes that tomorrow's has something to say."""
    round_.count_news()
    counters = dict(round_.work.meta.counters)
    zone = round_.settings.chapter.timezone
    day = local_day(round_.now, zone)
    may_write = counters.get("alert_day") != day.toordinal() and not round_.options.dry
    if may_write and (counters.get("unsaid") or is_due(round_)):
        numbers = None
        if is_due(round_):
            numbers = told(round_)
            counters["month"] = number_of(day)
        if counters.get("unsaid") or numbers:
            counters["alerts"] = counters.get("alerts", 0) + 1
            key = f"coordinator/alert/{counters['alerts']}"
            round_.write(_effect(round_, key, counters.get("unsaid", 0), numbers))
            counters.update(unsaid=0, alert_day=day.toordinal())
    _remember(round_, counters)


def _remember(round_: Round, counters: dict[str, int]) -> None:
    """And when there is next something to say that no record tells."""
    meta = round_.work.meta
    round_.work.with_meta(counters=counters)
    zone = round_.settings.chapter.timezone
    tomorrow = at_local(local_day(round_.now, zone) + timedelta(days=1), round_.program.mail_hour, 0, zone)
    month = max(next_month(round_), tomorrow) if is_due(round_) else next_month(round_)
    wakes = min(tomorrow, month) if counters.get("unsaid") else month
    if (counters, wakes) != (dict(meta.counters), meta.wakes):
        round_.work.with_meta(wakes=wakes)
        round_.commit()


def note_of(round_: Round, key: str) -> Effect:
    """The news alone, under a name of its own; not one of the numbered mails."""
    return _effect(round_, key, len(round_.account.news), None)


def _effect(round_: Round, key: str, unsaid: int, numbers: dict[str, Any] | None) -> Effect:
    chapter = round_.settings.chapter
    to = coordinator(chapter.coordinator)
    program = round_.program
    letter = new_letter(chapter, to, key=key, purpose="alert", now=round_.now, closes=round_.now + timedelta(days=60))
    plain = {
        "me": {"first_name": "", "name": "", "role": "coordinator"},
        "alert": _lines(round_, unsaid, speech_for(program.words, chapter, to)),
        "program": {"title": program.title, "months": program.months},
        "advisor": {"name": chapter.sender_name, "address": chapter.coordinator},
        "partner": {"first_name": "", "name": "", "role": "", "address": ""},
    }
    parts = [("alert", plain)] if unsaid else []
    if numbers:
        parts.append((PROMPT, {**plain, "month": numbers}))
    sections = tuple(Section(prompt=name, pairing="", key=key, context=said) for name, said in parts)
    return Effect(letter=letter, sections=sections)


def _lines(round_: Round, unsaid: int, speech: Speech) -> list[str]:
    waiting = [f"held {h.id}: {h.reason}" for h in round_.work.all_held() if h.state == "waiting"]
    earlier = unsaid - len(round_.account.news)
    more = [speech.say("alert", "more", count=earlier)] if earlier > 0 else []
    return list(dict.fromkeys((*round_.account.news, *waiting, *more)))[:MOST_LINES]
