"""Which of the times offered suit somebody."""

import pytest

from coordinator.core.fields import KINDS
from coordinator.core.reading import Unclear
from tests.core_answers.asked import LANGUAGES, OFFERED, UNCLEAR, context, question, slot

PICKS: dict[str, dict[str, str]] = {
    "en": {
        "a": "a|A|a)|1|1.|the first|the first one|first|Tuesday|Tue|Tuesday works|Tuesday at 12|14 April|the 14th|12:00|Tuesday at noon|Tue 14 Apr, 12:00–12:45|option a|a please|I'd take the first one|Tuesday, not Thursday|a works for me|a is best|not b or c|the earliest",
        "b": "b|2|the second one|second|2nd|Thursday|Thu 15:30|any after 3pm|after 3|the 16th|16 April at 15:30|number 2|Thursday afternoon|b is fine",
        "c": "c|3|the last one|the third|Friday|mornings|before noon|Friday at 9|17 April 9:00|the latest",
        "ab": "a and b|a, b|1, 2|1 and 2|a or b|Tuesday or Thursday|the first two|not the last|all but the last|anything but Friday|Tuesday and Thursday|not Friday|a/b|a+b|A & B|1 or 2|b, but a works too|Tuesday is fine, Thursday too|I can't do Friday|not the third",
        "ac": "a and c|1, 3|any except b|not Thursday|everything but the second|all but Thursday|a works best, c is also possible",
        "bc": "not the first|b or c|I can't do the first|2 and 3|not a|except Tuesday|the last two",
        "abc": "all|any|all of them|any of them|All of them work for me|whichever|any works|I'm flexible|a, b and c|a, b, c|1, 2, 3|all three|any of these",
        "": "none|None of them|none of these|none work|none of the above|neither|I can't make any of them|none of them work",
    },
    "de": {
        "a": "a|1|Dienstag|der erste|die erste|am Dienstag|Dienstag passt|14. April|12 Uhr",
        "b": "b|der zweite|Donnerstag|Do 15:30",
        "ab": "a und b|a oder b|Dienstag oder Donnerstag|nicht Freitag|alle außer Freitag",
        "abc": "alle|alle passen|egal|jeder",
        "": "keiner|keiner passt|leider keiner|keiner davon",
        "c": "der letzte|Freitag|vormittags|Freitag um 9",
    },
    "es": {
        "a": "a|1|martes|el primero|la primera|el martes|14 de abril",
        "b": "b|el segundo|jueves",
        "ab": "a y b|a o b|martes o jueves|todos menos viernes",
        "abc": "todos|cualquiera|me da igual|todas",
        "": "ninguno|ninguna|ninguno me va bien",
        "c": "el último|viernes|por la mañana",
    },
    "fr": {
        "a": "a|1|mardi|le premier|le mardi|14 avril",
        "b": "b|le deuxième|le second|jeudi",
        "ab": "a et b|a ou b|mardi ou jeudi|tous sauf vendredi|pas vendredi",
        "abc": "tous|n'importe lequel|peu importe",
        "": "aucun|aucun ne me convient|aucune",
        "c": "le dernier|vendredi|le matin",
    },
    "pt": {
        "a": "a|1|terça|o primeiro|terça-feira|14 de abril",
        "b": "b|o segundo|quinta",
        "ab": "a e b|a ou b|terça ou quinta|todos menos sexta",
        "abc": "todos|qualquer um|tanto faz",
        "": "nenhum|nenhum serve|nenhuma",
        "c": "o último|sexta|de manhã",
    },
    "it": {
        "a": "a|1|martedì|il primo|14 aprile",
        "b": "b|il secondo|giovedì",
        "ab": "a e b|a o b|martedì o giovedì|tutti tranne venerdì",
        "abc": "tutti|qualsiasi|vanno bene tutti",
        "": "nessuno|nessuno va bene|nessuna",
        "c": "l'ultimo|venerdì|mattina",
    },
    "nl": {
        "a": "a|1|dinsdag|de eerste|14 april",
        "b": "b|de tweede|donderdag",
        "ab": "a en b|a of b|dinsdag of donderdag|niet vrijdag|alles behalve vrijdag",
        "abc": "alle|allemaal|maakt niet uit",
        "": "geen|geen van de drie|helaas geen",
        "c": "de laatste|vrijdag|ochtend",
    },
}
NOT_PICKED = "4|d|b?|yes|no|Wednesday|Wednesday 3pm|15 April|a if she can|maybe a|Tuesday is impossible|Tuesday is difficult|a or not|afternoons|the fifth one|12|next week|13:00|a good time would be great|Tuesday at 14:00|call me|a, if possible|probably b|Tuesday maybe|45|hello|after 20:00 would suit better than these"


def _letters(text: str, language: str = "en", slots: tuple = OFFERED) -> str | None:
    found = KINDS["slots"].read(text, question("slots", slots=slots), context(language))
    if found is None or isinstance(found, Unclear):
        return UNCLEAR if found else None
    starts = [start for start, _ in slots]
    from datetime import UTC, datetime

    return "".join(
        "abcdefgh"[starts.index(datetime.fromisoformat(each["start"]).astimezone(UTC))] for each in found.value
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(lang, t, letters) for lang in LANGUAGES for letters, texts in PICKS[lang].items() for t in texts.split("|")],
)
@pytest.mark.req("AHE-7")
def test_times_are_picked_by_letter_number_place_day_and_hour(language: str, text: str, expected: str) -> None:
    assert _letters(text, language) == expected


@pytest.mark.parametrize("text", NOT_PICKED.split("|"))
def test_what_picks_no_time_is_not_guessed(text: str) -> None:
    assert _letters(text) in (UNCLEAR, None)


def test_the_value_carries_both_ends_in_the_persons_zone() -> None:
    found = KINDS["slots"].read("b", question("slots", slots=OFFERED), context("en", "America/New_York"))
    assert found.value == [{"start": "2026-04-16T09:30:00-04:00", "end": "2026-04-16T10:15:00-04:00"}]


def test_days_and_hours_are_those_of_the_person() -> None:
    in_new_york = context("en", "America/New_York")
    found = KINDS["slots"].read("Thursday 9:30", question("slots", slots=OFFERED), in_new_york)
    assert [each["start"] for each in found.value] == ["2026-04-16T09:30:00-04:00"]


def test_the_same_time_on_another_day_is_understood_where_only_one_time_was_offered() -> None:
    found = KINDS["slots"].read("same time Thursday", question("slots", slots=OFFERED[:1]), context())
    assert found.value == [{"start": "2026-04-16T12:00:00+02:00", "end": "2026-04-16T12:45:00+02:00"}]
    assert isinstance(KINDS["slots"].read("same time Thursday", question("slots", slots=OFFERED), context()), Unclear)


def test_the_same_time_picks_an_offer_of_that_day() -> None:
    offers = (slot(14, 12), slot(15, 12), slot(16, 12))
    assert _letters("same time Thursday", slots=offers) == "c"
    assert _letters("same time on Wednesday please", slots=offers) == "b"


def test_the_letter_lists_times_on_the_persons_clock() -> None:
    lines = KINDS["slots"].ask(question("slots", slots=OFFERED), context("de", "America/New_York"))
    assert lines[1:] == ("a) Di 14. Apr, 06:00–06:45", "b) Do 16. Apr, 09:30–10:15", "c) Fr 17. Apr, 03:00–03:45")
    assert "America/New_York" in lines[0]


def test_mornings_and_afternoons_narrow_what_was_offered() -> None:
    offers = (slot(14, 9), slot(14, 15), slot(15, 10))
    assert _letters("afternoons", slots=offers) == "b"
    assert _letters("mornings please", slots=offers) == "ac"
    assert _letters("Tuesday morning", slots=offers) == "a"
    assert _letters("nachmittags", "de", slots=offers) == "b"
    assert _letters("in the afternoon", slots=offers) == "b"
