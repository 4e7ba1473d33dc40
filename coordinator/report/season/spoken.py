"""How a sentence, a day and a month of the report are said in the chapter's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.report.season.spanish import MONTHS, SPANISH

Says = Callable[..., str]
"""An English sentence and the values for its holes → the same as it is said."""


@dataclass(frozen=True, kw_only=True)
class Speech:
    language: str
    say: Says
    day: Callable[[date], str]
    month: Callable[[date], str]


def speech(language: str) -> Speech:
    """English for a language that is not known."""
    return _SPOKEN.get(language.partition("-")[0].casefold(), ENGLISH)


def _in_english(text: str, *values: object) -> str:
    return text.format(*values)


def _in_spanish(text: str, *values: object) -> str:
    return SPANISH.get(text, text).format(*values)


def _english_day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _english_month(on: date) -> str:
    return f"{on:%B %Y}"


def _spanish_day(on: date) -> str:
    return f"{on.day} de {_spanish_month(on)}"


def _spanish_month(on: date) -> str:
    return f"{MONTHS[on.month - 1]} de {on.year}"


ENGLISH = Speech(language="en", say=_in_english, day=_english_day, month=_english_month)
_SPANISH = Speech(language="es", say=_in_spanish, day=_spanish_day, month=_spanish_month)
_SPOKEN: Mapping[str, Speech] = {"en": ENGLISH, "es": _SPANISH}
