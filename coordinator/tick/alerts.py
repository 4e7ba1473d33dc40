"""A mail to the coordinator when a human is needed: at most one a day, and only when there is news."""

from datetime import timedelta

from coordinator.core.compose import new_letter
from coordinator.core.effects import Effect, Section
from coordinator.core.hours import at_local, local_day
from coordinator.core.voice import coordinator
from coordinator.tick.round import Round

MOST_LINES = 20


def alert(round_: Round) -> None:
    """Writes the day's alert, or notes that tomorrow's has something to say."""
    round_.count_news()
    counters = dict(round_.work.meta.counters)
    zone = round_.settings.chapter.timezone
    day = local_day(round_.now, zone)
    today = day.toordinal()
    if counters.get("unsaid") and counters.get("alert_day") != today and not round_.dry:
        counters["alerts"] = counters.get("alerts", 0) + 1
        round_.write(_effect(round_, counters["alerts"], counters["unsaid"]))
        counters.update(unsaid=0, alert_day=today)
    tomorrow = at_local(day + timedelta(days=1), round_.program.mail_hour, 0, zone)
    wakes = tomorrow if counters.get("unsaid") else None
    if (counters, wakes) != (dict(round_.work.meta.counters), round_.work.meta.wakes):
        round_.work.with_meta(counters=counters, wakes=wakes)
        round_.commit()


def _effect(round_: Round, ordinal: int, unsaid: int) -> Effect:
    chapter = round_.settings.chapter
    to = coordinator(chapter.coordinator)
    key = f"coordinator/alert/{ordinal}"
    letter = new_letter(chapter, to, key=key, purpose="alert", now=round_.now, closes=round_.now + timedelta(days=60))
    waiting = [f"held {h.id}: {h.reason}" for h in round_.work.all_held() if h.state == "waiting"]
    earlier = unsaid - len(round_.account.news)
    more = [f"{earlier} more since the last note: see coordinator status and coordinator held"] if earlier > 0 else []
    lines = list(dict.fromkeys((*round_.account.news, *waiting, *more)))
    program = round_.program
    plain = {
        "me": {"first_name": "", "name": "", "role": "coordinator"},
        "alert": lines[:MOST_LINES],
        "program": {"title": program.title, "months": program.months},
        "advisor": {"name": chapter.sender_name, "address": chapter.coordinator},
        "partner": {"first_name": "", "name": "", "role": "", "address": ""},
    }
    section = Section(prompt="alert", pairing="", key=key, context=plain)
    return Effect(letter=letter, sections=(section,))
