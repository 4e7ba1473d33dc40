"""Wall clocks: quiet hours, local days, and how an instant is told to somebody who lives in a zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from coordinator.core.zones import zone

_SECOND = timedelta(seconds=1)


def is_quiet(now: datetime, timezone: str, quiet_from: int, quiet_until: int) -> bool:
    """Whether the wall clock shows an hour from quiet_from on and before quiet_until.

    Equal hours, and 0 until 24, mean never: somebody who may never be written to is no participant.
    """
    hour, until = now.astimezone(zone(timezone)).hour, quiet_until % 24
    if quiet_from < until:
        return quiet_from <= hour < until
    return quiet_from != until and (hour >= quiet_from or hour < until)


def next_open(now: datetime, timezone: str, quiet_from: int, quiet_until: int) -> datetime:
    """The first instant at or after now outside the quiet hours, in UTC."""
    if not is_quiet(now, timezone, quiet_from, quiet_until):
        return now.astimezone(UTC)
    local = now.astimezone(zone(timezone))
    until = quiet_until % 24
    morning = local.date() if local.hour < until else local.date() + timedelta(days=1)
    return at_local(morning, until, 0, timezone)


@lru_cache(maxsize=4096)  # a cohort has few days and few zones, and each decision asks for dozens of mornings
def at_local(day: date, hour: int, minute: int, timezone: str) -> datetime:
    """That wall time in UTC.

    A wall time that comes twice is the earlier one; one that a clock change skips is the first instant after the gap.
    """
    here = zone(timezone)
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=here)
    instant = wall.astimezone(UTC)
    if instant.astimezone(here).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _end_of_gap(wall.replace(fold=1).astimezone(UTC), instant, timezone)


def _end_of_gap(before: datetime, after: datetime, timezone: str) -> datetime:
    """The instant between the two at which the offset changes, by halving."""
    here = zone(timezone)
    new = after.astimezone(here).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(here).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after


def local_day(now: datetime, timezone: str) -> date:
    return now.astimezone(zone(timezone)).date()


def when(start: datetime, timezone: str, language: str = "en") -> str:
    """Such as "Tue 14 April 2026, 12:00 (Berlin)"; English for a language that is not known."""
    local = start.astimezone(zone(timezone))
    speech = _SPEECH.get(language.partition("-")[0].casefold(), _SPEECH["en"])
    day = "1er" if local.day == 1 and speech is _SPEECH["fr"] else str(local.day)
    return speech.form.format(
        weekday=speech.weekdays[local.weekday()],
        day=day,
        month=speech.months[local.month - 1],
        year=local.year,
        time=f"{local:%H:%M}",
        place=place(timezone),
    )


def on_day(day: date, language: str = "en") -> str:
    """Such as "Tue 14 April 2026"."""
    return when(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "UTC", language).partition(",")[0]


def place(timezone: str) -> str:
    """The city that names a zone: "Buenos Aires" for "America/Argentina/Buenos_Aires"."""
    return timezone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class _Speech:
    form: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


def _speech(form: str, weekdays: str, months: str) -> _Speech:
    return _Speech(form=form, weekdays=tuple(weekdays.split()), months=tuple(months.split()))


_PLAIN = "{weekday} {day} {month} {year}, {time} ({place})"
_WITH_DE = "{weekday} {day} de {month} de {year}, {time} ({place})"

_SPEECH: Mapping[str, _Speech] = {
    "en": _speech(
        _PLAIN,
        "Mon Tue Wed Thu Fri Sat Sun",
        "January February March April May June July August September October November December",
    ),
    "es": _speech(
        _WITH_DE,
        "lun mar mié jue vie sáb dom",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    "fr": _speech(
        _PLAIN,
        "lun. mar. mer. jeu. ven. sam. dim.",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "de": _speech(
        "{weekday} {day}. {month} {year}, {time} Uhr ({place})",
        "Mo Di Mi Do Fr Sa So",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "pt": _speech(
        _WITH_DE,
        "seg ter qua qui sex sáb dom",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ),
    "it": _speech(
        _PLAIN,
        "lun mar mer gio ven sab dom",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ),
    "nl": _speech(
        _PLAIN,
        "ma di wo do vr za zo",
        "januari februari maart april mei juni juli augustus september oktober november december",
    ),
}
