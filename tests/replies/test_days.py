"""Forty days and times in seven languages, and twenty texts that name none. It is Friday, 10 April 2026 in Berlin."""

import pytest

from tests.core_answers.asked import UNCLEAR, read

STATED = [
    ("en", "Tuesday at 3pm", "2026-04-14T15:00"),
    ("en", "tomorrow 10:30", "2026-04-11T10:30"),
    ("en", "next Thursday at noon", "2026-04-16T12:00"),
    ("en", "April 20th at 9 am", "2026-04-20T09:00"),
    ("en", "20 April", "2026-04-20T00:00"),
    ("en", "the 21st at 14:00", "2026-04-21T14:00"),
    ("en", "in two weeks", "2026-04-24T00:00"),
    ("en", "2026-05-01 16:00", "2026-05-01T16:00"),
    ("en", "May 5, 2026 5 p.m.", "2026-05-05T17:00"),
    ("en", "Mon 13 Apr, half past three in the afternoon", "2026-04-13T15:30"),
    ("en", "Wednesday 22 April 18h", "2026-04-22T18:00"),
    ("en", "day after tomorrow", "2026-04-12T00:00"),
    ("de", "Dienstag um 15 Uhr", "2026-04-14T15:00"),
    ("de", "20. April um 9:30", "2026-04-20T09:30"),
    ("de", "übermorgen", "2026-04-12T00:00"),
    ("de", "am 5.5. um 17 Uhr", "2026-05-05T17:00"),
    ("de", "Do, 16.4., 18:30 Uhr", "2026-04-16T18:30"),
    ("de", "nächsten Montag um halb vier", "2026-04-13T15:30"),
    ("es", "el martes a las 15:00", "2026-04-14T15:00"),
    ("es", "20 de abril a las 9", "2026-04-20T09:00"),
    ("es", "mañana a las 10:30", "2026-04-11T10:30"),
    ("es", "el 5 de mayo a las 5 de la tarde", "2026-05-05T17:00"),
    ("es", "21/04/2026", "2026-04-21T00:00"),
    ("fr", "mardi à 15h", "2026-04-14T15:00"),
    ("fr", "le 20 avril à 9h30", "2026-04-20T09:30"),
    ("fr", "demain à 10h", "2026-04-11T10:00"),
    ("fr", "jeudi 16 avril à midi", "2026-04-16T12:00"),
    ("fr", "le 1er mai", "2026-05-01T00:00"),
    ("pt", "terça às 15h", "2026-04-14T15:00"),
    ("pt", "20 de abril às 9:30", "2026-04-20T09:30"),
    ("pt", "amanhã às 10h", "2026-04-11T10:00"),
    ("pt", "quinta-feira, 16 de abril, 14:00", "2026-04-16T14:00"),
    ("it", "martedì alle 15", "2026-04-14T15:00"),
    ("it", "il 20 aprile alle 9:30", "2026-04-20T09:30"),
    ("it", "domani alle 10", "2026-04-11T10:00"),
    ("it", "giovedì 16 aprile ore 18", "2026-04-16T18:00"),
    ("nl", "dinsdag om 15:00", "2026-04-14T15:00"),
    ("nl", "20 april om 9.30 uur", "2026-04-20T09:30"),
    ("nl", "morgen om 10 uur", "2026-04-11T10:00"),
    ("nl", "donderdag 16 april om half vier", "2026-04-16T15:30"),
]
NONE = [
    ("en", "4"),
    ("en", "4/5"),
    ("en", "80%"),
    ("en", "1.5h"),
    ("en", "no"),
    ("en", "yes, we may"),
    ("en", "45 min"),
    ("en", "G1 6"),
    ("en", "I march on"),
    ("en", "the second one"),
    ("en", "10-12"),
    ("en", "version 2.3"),
    ("de", "45"),
    ("de", "mittwochs nie"),
    ("de", "noch nicht"),
    ("es", "media hora"),
    ("fr", "4 sur 5"),
    ("pt", "meia hora"),
    ("it", "un'ora"),
    ("nl", "anderhalf uur"),
]


@pytest.mark.parametrize(("language", "text", "expected"), STATED)
def test_a_day_that_is_named_is_read(language: str, text: str, expected: str) -> None:
    found = read("date", text, language)
    assert found is not None
    assert found[:16] == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_no_day_is_seen_where_there_is_none(language: str, text: str) -> None:
    assert read("date", text, language) in (None, UNCLEAR)


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert (len(STATED), len(NONE)) == (40, 20)
