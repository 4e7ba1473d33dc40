"""The day of return in auto-replies, in many languages; and where there is none to be seen."""

from datetime import UTC, date, datetime

import pytest

from coordinator.formats.return_days import return_day

SENT = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)

STATED = [
    ("I am out of the office until 14 August.", date(2026, 8, 14)),
    ("I will be out of office until August 14th, 2026 with no access to mail.", date(2026, 8, 14)),
    ("I'm away from 1 to 14 August and will be back on Monday, 17 August.", date(2026, 8, 17)),
    ("I am on leave from August 1 through August 14.", date(2026, 8, 14)),
    ("I am on leave Aug 1 - Aug 14.", date(2026, 8, 14)),
    ("Returning 8/17/2026. For urgent matters call +1 555 0100.", date(2026, 8, 17)),
    ("I will be back on 17/08/2026.", date(2026, 8, 17)),
    ("Out of office until 2026-08-14.", date(2026, 8, 14)),
    ("I will return to the office on Mon 17 Aug.", date(2026, 8, 17)),
    ("I am away until 3 January and will answer then.", date(2027, 1, 3)),
    ("Ich bin bis 14.08. nicht im Büro.", date(2026, 8, 14)),
    ("Ich bin vom 01.08.2026 bis einschließlich 14.08.2026 nicht erreichbar.", date(2026, 8, 14)),
    ("Ab dem 17. August bin ich wieder für Sie da.", date(2026, 8, 17)),
    ("Ich bin vom 1. bis 14. August im Urlaub und ab 17.8. wieder erreichbar.", date(2026, 8, 17)),
    ("Ich bin bis zum 14. August abwesend.", date(2026, 8, 14)),
    ("Je suis absente du 1er au 14 août.", date(2026, 8, 14)),
    ("Je suis absent jusqu'au 14 août inclus.", date(2026, 8, 14)),
    ("Je serai de retour le lundi 17 août 2026.", date(2026, 8, 17)),
    ("Je suis en congés du 01/08/2026 au 14/08/2026.", date(2026, 8, 14)),
    ("Estaré fuera de la oficina del 1 al 14 de agosto.", date(2026, 8, 14)),
    ("Estoy de vacaciones hasta el 14 de agosto de 2026.", date(2026, 8, 14)),
    ("Vuelvo el lunes 17 de agosto.", date(2026, 8, 17)),
    ("Estou de férias até 14 de agosto.", date(2026, 8, 14)),
    ("Estarei ausente de 1 a 14 de agosto, voltarei no dia 17 de agosto.", date(2026, 8, 17)),
    ("Sono assente dal 1 al 14 agosto.", date(2026, 8, 14)),
    ("Sarò in ferie fino al 14 agosto 2026.", date(2026, 8, 14)),
    ("Rientrerò lunedì 17 agosto.", date(2026, 8, 17)),
    ("Ik ben afwezig tot en met 14 augustus.", date(2026, 8, 14)),
    ("Ik ben t/m 14-08-2026 op vakantie.", date(2026, 8, 14)),
    ("Maandag 17 augustus ben ik weer aanwezig.", date(2026, 8, 17)),
    ("Ik ben weer bereikbaar op 17 augustus.", date(2026, 8, 17)),
    ("Jag är på semester till och med den 14 augusti.", date(2026, 8, 14)),
    ("Jag är tillbaka måndag 17 augusti.", date(2026, 8, 17)),
    ("Jeg er på ferie til og med 14. august.", date(2026, 8, 14)),
    ("Jeg er på ferie til og med 22. marts 2027.", date(2027, 3, 22)),
    ("Jeg er tilbage den 17. august.", date(2026, 8, 17)),
    ("Jeg er tilbake på kontoret 17. august.", date(2026, 8, 17)),
    ("Olen lomalla 14.8. asti.", date(2026, 8, 14)),
    ("Palaan töihin 17. elokuuta.", date(2026, 8, 17)),
    ("Jestem na urlopie do 14 sierpnia.", date(2026, 8, 14)),
    ("Wracam 17 sierpnia 2026.", date(2026, 8, 17)),
    ("Jsem mimo kancelář do 14. srpna.", date(2026, 8, 14)),
    ("Budu zpět 17. srpna.", date(2026, 8, 17)),
    ("Augusztus 14-ig szabadságon vagyok.", date(2026, 8, 14)),
    ("Sunt în concediu până la 14 august.", date(2026, 8, 14)),
    ("Я в отпуске до 14 августа.", date(2026, 8, 14)),
    ("Вернусь 17 августа 2026 г.", date(2026, 8, 17)),
    ("Я у відпустці до 14 серпня.", date(2026, 8, 14)),
    ("14 Ağustos'a kadar izindeyim.", date(2026, 8, 14)),
    ("8月14日まで不在にしております。", date(2026, 8, 14)),
    ("8月17日に出社いたします。", date(2026, 8, 17)),
    ("我将休假至8月14日。", date(2026, 8, 14)),
    ("8월 14일까지 휴가입니다.", date(2026, 8, 14)),
    ("I am out until\n14 August.", date(2026, 8, 14)),
]

NOT_STATED = [
    "I am out of the office with limited access to email.",
    "I am out of the office. Please call Bob on 14 August.",
    "Our shop opened on 14 August 1998 and moved on 3 May 2001.",
    "I am away from 10 August.",
    "Ich bin ab dem 10. August im Urlaub.",
    "Back soon! My number is 08/14 55 66.",
    "Until 32 August I am away.",
    "I am away until 31.02.2027.",
    "Back on 4/5.",
    "I was away until 14 August 2019.",
    "I am away until 14 August 2099.",
    "Call 555-0100 until 5 pm.",
    "Version 1.2.3 is back.",
    "",
]


@pytest.mark.parametrize(("text", "day"), STATED)
def test_a_stated_day_is_read(text: str, day: date) -> None:
    assert return_day(text, SENT) == day


@pytest.mark.parametrize("text", NOT_STATED)
def test_no_day_is_seen_where_none_is_clear(text: str) -> None:
    assert return_day(text, SENT) is None


def test_a_day_without_a_year_is_the_next_one_around_new_year() -> None:
    december = datetime(2026, 12, 20, tzinfo=UTC)
    assert return_day("Back on 4 January", december) == date(2027, 1, 4)
    assert return_day("bis 06.01.", december) == date(2027, 1, 6)


def test_the_29th_of_february_is_looked_for_in_a_leap_year() -> None:
    assert return_day("until 29 February", datetime(2028, 2, 1, tzinfo=UTC)) == date(2028, 2, 29)
    assert return_day("until 29 February", datetime(2027, 2, 1, tzinfo=UTC)) in {date(2028, 2, 29), None}


def test_an_auto_reply_that_was_left_on_says_nothing_about_now() -> None:
    assert return_day("I am away until 14 August", datetime(2026, 9, 20, tzinfo=UTC)) is None
