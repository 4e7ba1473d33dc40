"""Days and hours from words, in seven languages and both orders of day and month."""

from datetime import UTC, datetime

import pytest

from coordinator.core.dates import when
from tests.core_answers.asked import LANGUAGES, UNCLEAR, context, read

# Today is Friday, 10 April 2026, in Berlin.
DAYS: dict[str, dict[str, str]] = {
    "en": {
        "04-14": "14 April|April 14|April 14th|14th of April|the 14th of April|Apr 14|14 Apr|14/4|14/4/2026|4/14/2026|14.4.|14.04.2026|14.04.26|2026-04-14|Tuesday|next Tuesday|on Tuesday|Tue, 14 April|Tuesday 14 April 2026|the 14th|Tue 14th"
        "|Tuesday, April 14, 2026|in 4 days|Let's meet on Tuesday|How about the 14th of April|14-04-2026|tuesday works for me",
        "04-11": "tomorrow|Saturday|in one day|tmrw",
        "04-12": "the day after tomorrow|Sunday|this Sunday",
        "04-24": "in two weeks|in 2 weeks|24 April|in a fortnight",
        "04-17": "in a week|next Friday|a week from today|in 7 days|17 April",
        "04-09": "yesterday",
        "05-01": "1 May|May 1st|the first of May|1st of May|1/5/2026",
        "05-05": "the first Tuesday of May|first Tuesday in May",
        "04-21": "Tuesday week",
        "03-20": "3 weeks ago",
    },
    "de": {
        "04-14": "14. April|14.4.|14.04.2026|14.04.26|Dienstag|am Dienstag|nächsten Dienstag|Di 14.4.|Dienstag, den 14. April|am 14.|am 14. April 2026|in 4 Tagen|14 April|kommenden Dienstag",
        "04-11": "morgen|Samstag",
        "04-12": "übermorgen|Sonntag",
        "04-24": "in zwei Wochen|24. April",
        "04-07": "vor drei Tagen",
        "05-01": "1. Mai|1.5.|1.5.2026|am ersten Mai",
    },
    "es": {
        "04-14": "14 de abril|14 abril|martes|el martes|el próximo martes|14/4/2026|14/4|el 14|el día 14|el martes 14 de abril|14 de abril de 2026|martes que viene",
        "04-11": "mañana|sábado",
        "04-12": "pasado mañana|domingo",
        "04-24": "en dos semanas|dentro de dos semanas",
        "04-07": "hace 3 días",
        "05-01": "1 de mayo|el primero de mayo|1/5/2026",
    },
    "fr": {
        "04-14": "14 avril|le 14 avril|mardi|mardi prochain|14/4/2026|14/4|le 14|le mardi 14 avril|14 avril 2026|mardi 14|14.04.2026",
        "04-11": "demain|samedi",
        "04-12": "après-demain|dimanche",
        "04-24": "dans deux semaines|dans quinze jours",
        "04-07": "il y a 3 jours",
        "05-01": "1er mai|le 1er mai|1/5/2026",
    },
    "pt": {
        "04-14": "14 de abril|14 abril|terça|terça-feira|próxima terça|14/4/2026|14/4|dia 14|no dia 14 de abril|terça, 14 de abril|14 de abril de 2026|terça que vem",
        "04-11": "amanhã|sábado",
        "04-12": "depois de amanhã|domingo",
        "04-24": "daqui a duas semanas|em duas semanas",
        "04-07": "há 3 dias",
        "05-01": "1 de maio|primeiro de maio|1/5/2026",
    },
    "it": {
        "04-14": "14 aprile|il 14 aprile|martedì|martedì prossimo|14/4/2026|14/4|il 14|martedì 14 aprile|14 aprile 2026|14.04.2026",
        "04-11": "domani|sabato",
        "04-12": "dopodomani|domenica",
        "04-24": "tra due settimane|fra due settimane",
        "04-07": "3 giorni fa",
        "05-01": "1 maggio|il primo maggio|1/5/2026",
    },
    "nl": {
        "04-14": "14 april|dinsdag|volgende dinsdag|14-4-2026|14/4|de 14e|dinsdag 14 april|14 april 2026|op dinsdag|komende dinsdag|14.04.2026",
        "04-11": "morgen|zaterdag",
        "04-12": "overmorgen|zondag",
        "04-24": "over twee weken",
        "04-07": "3 dagen geleden",
        "05-01": "1 mei|1/5/2026",
    },
}
HOURS: dict[str, dict[str, str]] = {
    "en": {
        "12:00": "Tuesday 12:00|Tuesday at noon|Tue 14 April, 12:00|14 April at 12|Tuesday at 12pm|12:00 on Tuesday",
        "15:00": "Tuesday 3pm|Tuesday at 3 pm|Tuesday at 15:00|14 April 15h|Tuesday afternoon at 3|Tuesday at 3|April 14, 3 p.m.|2026-04-14T15:00|Tuesday 14 April 15:00-15:45|Tuesday from 3 to 4pm",
        "09:30": "Tuesday 9:30|Tuesday at 9:30 am|half past nine on Tuesday|Tuesday 09:30",
        "19:00": "Tuesday 7pm|Tuesday evening at 7|Tuesday at 19:00",
    },
    "de": {
        "15:00": "Dienstag 15 Uhr|am Dienstag um 15:00|14.4. um 15 Uhr|Di 15:00|Dienstag um 3 Uhr nachmittags",
        "15:30": "Dienstag 15:30|Dienstag um 15 Uhr 30|Dienstag halb vier|14. April, 15.30 Uhr",
        "12:00": "Dienstag Mittag|Dienstag um 12",
        "10:00": "Dienstag vormittags um 10",
    },
    "es": {
        "15:00": "martes a las 15:00|el martes a las 3 de la tarde|martes 15h",
        "15:30": "el 14 de abril a las 15:30|martes a las tres y media de la tarde",
        "10:00": "martes a las 10 de la mañana|martes por la mañana a las 10",
        "12:00": "martes al mediodía",
    },
    "fr": {
        "15:00": "mardi à 15h|mardi 15:00|mardi à 15 heures|mardi à 3 heures de l'après-midi",
        "15:30": "mardi à 15h30|le 14 avril à 15 h 30",
        "12:00": "mardi à midi",
        "10:00": "mardi à 10h|mardi matin à 10h",
    },
    "pt": {
        "15:00": "terça às 15h|terça 15:00|terça às 3 da tarde",
        "15:30": "14 de abril às 15:30|terça às 15h30",
        "12:00": "terça ao meio-dia",
        "10:00": "terça às 10h",
    },
    "it": {
        "15:00": "martedì alle 15|martedì alle 15:00|martedì alle 3 del pomeriggio",
        "15:30": "il 14 aprile alle 15:30|martedì alle 15 e mezza",
        "12:00": "martedì a mezzogiorno",
        "10:00": "martedì alle 10",
    },
    "nl": {
        "15:00": "dinsdag om 15 uur|dinsdag 15:00|dinsdag om 3 uur 's middags",
        "15:30": "dinsdag om 15:30|half vier op dinsdag",
        "10:00": "dinsdag om 10 uur",
        "09:45": "dinsdag om kwart voor tien",
    },
}
NO_DAY = (
    "4|4/5|80%|1.5h|no|yes|may|I may be late|1|12|3 or 4|★★★★|45 min|1h30|G1 6|a|b)|14|2026|I sat down|next time|soon|hello|3pm|10:30|at noon|4 out of 5|1,5 h|the second one|we met|twice|½|100 %|v1.2.3|+49 30 1234567|see above|march on|Thanks!|3/4|99/99|0|"
    "31 February|32.1.|Tuesday or Wednesday|not Tuesday|maybe Tuesday|Tuesday?|Wed 14 April|14 April or 15 April|next Sunday|if Tuesday works for her|before Tuesday 5|sometime in May|end of April"
)


def _rows(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [
        (lang, text, value) for lang in LANGUAGES for value, texts in table[lang].items() for text in texts.split("|")
    ]


@pytest.mark.parametrize(("language", "text", "expected"), _rows(DAYS))
def test_a_day(language: str, text: str, expected: str) -> None:
    found = read("date", text, language)
    assert found is not None
    assert found.startswith(f"2026-{expected}T00:00:00+0")


@pytest.mark.parametrize(("language", "text", "expected"), _rows(HOURS))
def test_a_day_with_its_hour(language: str, text: str, expected: str) -> None:
    assert read("date", text, language) == f"2026-04-14T{expected}:00+02:00"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("text", NO_DAY.split("|"))
def test_no_day_is_seen_where_there_is_none(language: str, text: str) -> None:
    assert read("date", text, language) in (UNCLEAR, None)


@pytest.mark.parametrize(
    ("language", "timezone", "expected"),
    [
        ("en-US", "Europe/Berlin", "2026-12-01"), ("en-GB", "America/New_York", "2027-01-12"), ("en", "America/New_York", "2026-12-01"),
        ("en", "Europe/London", "2027-01-12"), ("de", "America/New_York", "2027-01-12"), ("pt-BR", "America/Sao_Paulo", "2027-01-12"),
    ],
)  # fmt: skip
def test_day_or_month_first_by_language_and_region(language: str, timezone: str, expected: str) -> None:
    year = expected[:4]
    assert read("date", f"12/1/{year}", in_=context(language, timezone)).startswith(expected)


@pytest.mark.parametrize("timezone", ["", "UTC", "America/Toronto", "Nowhere/Atlantis"])
def test_without_a_hint_of_the_region_both_orders_stay_open(timezone: str) -> None:
    assert read("date", "3/4/2026", in_=context("en", timezone)) == UNCLEAR or timezone == "Nowhere/Atlantis"
    assert read("date", "13/4/2026", in_=context("en", timezone)).startswith("2026-04-13")


def test_a_question_about_the_past_looks_back() -> None:
    assert read("date", "Tuesday", ask="When did you meet?").startswith("2026-04-07")
    assert read("date", "14 December", ask="When did you meet?").startswith("2025-12-14")
    assert read("date", "14 December", ask="When will you meet next?").startswith("2026-12-14")


def test_a_date_that_has_just_passed_is_not_pushed_a_year_ahead() -> None:
    assert read("date", "20 March", ask="When will you meet next?") == UNCLEAR


def test_the_persons_day_counts_not_utc() -> None:
    late = datetime(2026, 4, 10, 23, 30, tzinfo=UTC)  # already Saturday in Berlin
    assert read("date", "tomorrow", in_=context(now=late)) == "2026-04-12T00:00:00+02:00"
    assert read("date", "tomorrow", in_=context(timezone="America/New_York", now=late)) == "2026-04-11T00:00:00-04:00"


def test_an_hour_that_the_clock_skips_is_asked_again() -> None:
    assert read("date", "29 March 2026 at 2:30 am") == UNCLEAR


def test_a_date_in_prose_wants_an_echo() -> None:
    text = "We had a wonderful long talk over coffee, and she suggested that we might see each other around 14 April"
    assert read("date", text) == UNCLEAR


def test_when_tells_what_is_missing() -> None:
    found = when("Wednesday 14 April", context())
    assert found is not None
    assert found.why == "mismatch"
    assert when("no date at all", context()) is None
