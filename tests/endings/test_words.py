"""Wishes and breaks in every shipped language, read from words as people write them."""

from datetime import date

import pytest

from coordinator.core.commands import commands
from tests.core_answers.asked import context, cut, question

WISHES = {
    "en": {"doubt": "I think I've outgrown this|Not a good match.|My goals have changed", "discuss": "discuss|let's talk it over",
           "end": "END|I want to end the mentorship|Please end it", "service": "service letter", "certificate": "certificate please"},
    "es": {"doubt": "Se me ha quedado pequeño|No encajamos bien", "discuss": "hablarlo", "end": "Quiero terminar la mentoría|terminar",
           "service": "carta de servicio", "certificate": "certificado"},
    "de": {"doubt": "Wir passen nicht zusammen|Meine Ziele haben sich geändert", "discuss": "darüber reden",
           "end": "Das Mentoring beenden|Ich möchte das Mentoring beenden", "service": "Einsatzbestätigung", "certificate": "Urkunde"},
    "fr": {"doubt": "Mes objectifs ont changé|Ça ne marche pas", "discuss": "en discuter", "end": "mettre fin au mentorat",
           "service": "lettre de service", "certificate": "certificat"},
    "it": {"doubt": "Non siamo compatibili|I miei obiettivi sono cambiati", "discuss": "parlarne", "end": "terminare il mentoring",
           "service": "lettera di servizio", "certificate": "certificato"},
    "nl": {"doubt": "Het is geen goede match|Mijn doelen zijn veranderd", "discuss": "erover praten", "end": "het mentoraat beëindigen",
           "service": "dienstbrief", "certificate": "certificaat"},
    "pt": {"doubt": "Não combinamos|Os meus objetivos mudaram", "discuss": "conversar sobre isso", "end": "terminar a mentoria",
           "service": "carta de serviço", "certificate": "certificado"},
}  # fmt: skip

BREAKS = {
    "en": "on leave until 1 June|on holiday until 1 June|pause until 1 June",
    "es": "de permiso hasta el 1 de junio|de vacaciones hasta el 1 de junio|pausa hasta el 1 de junio",
    "de": "in Elternzeit bis 1. Juni|im Urlaub bis 1. Juni|Pause bis zum 1. Juni",
    "fr": "en congé jusqu'au 1 juin|en vacances jusqu'au 1 juin|pause jusqu'au 1 juin",
    "it": "in congedo fino al 1 giugno|in vacanza fino al 1 giugno|pausa fino al 1 giugno",
    "nl": "met verlof tot 1 juni|op vakantie tot 1 juni|pauze tot 1 juni",
    "pt": "de licença até 1 de junho|de férias até 1 de junho|pausa até 1 de junho",
}
VERB_LAST = {
    "de": "Ich bin bis 1. Juni im Urlaub|bis zum 1. Juni in Elternzeit|Bis 1. Juni bin ich im Urlaub",
    "nl": "Ik ben tot 1 juni op vakantie|tot 1 juni met verlof",
    "en": "Until 1 June I am on holiday",
    "fr": "Jusqu'au 1 juin je suis en vacances",
    "es": "Hasta el 1 de junio estoy de vacaciones",
}
FOR_LONG = {
    "en": "on leave for two weeks", "es": "de vacaciones durante dos semanas", "de": "im Urlaub für zwei Wochen",
    "fr": "en vacances pendant deux semaines", "it": "in vacanza per due settimane", "nl": "op vakantie voor twee weken",
    "pt": "de férias durante duas semanas",
}  # fmt: skip

FROM_TO = {
    "en": "away 1–14 Aug|Away from the 1st to the 14th of August|I will be on leave 1-14 August|From 1 to 14 August I am on holiday|Holiday: 1–14 August|pause from 1 August to 14 August|on leave from 1 August for two weeks",
    "es": "de vacaciones del 1 al 14 de agosto|Estaré fuera del 1 al 14 de agosto|Del 1 al 14 de agosto estoy de vacaciones|Vacaciones: 1-14 agosto|pausa del 1 al 14 de agosto",
    "de": "Urlaub 1.–14. August|Ich bin vom 1. bis zum 14. August im Urlaub|Vom 1. bis 14. August bin ich im Urlaub|abwesend 1.8. bis 14.8.|Pause vom 1. bis 14. August",
    "fr": "en vacances du 1er au 14 août|Je serai absente du 1er au 14 août|Du 1er au 14 août je suis en congé|absent 1-14 août|pause du 1 au 14 août",
    "it": "in ferie dal 1 al 14 agosto|Sono in vacanza dal 1° al 14 agosto|Dal 1 al 14 agosto sarò assente|assente 1-14 agosto|pausa dal 1 al 14 agosto",
    "nl": "op vakantie van 1 tot 14 augustus|Ik ben van 1 tot en met 14 augustus op vakantie|Van 1 t/m 14 augustus ben ik afwezig|pauze van 1 tot 14 augustus",
    "pt": "de férias de 1 a 14 de agosto|Estarei fora de 1 a 14 de agosto|De 1 a 14 de agosto estou de férias|ausente 1-14 agosto|pausa de 1 a 14 de agosto",
}  # fmt: skip


def found(line: str, language: str, questions=()) -> list[tuple[str, dict]]:
    return [
        (c.name, dict(c.args))
        for c in commands(cut(f"Hello\n\n{line}\n\nAnna"), "Re: hello", context(language), questions)
    ]


@pytest.mark.req("ACHE-36", "ACHE-37", "S-12")
@pytest.mark.parametrize("language", sorted(WISHES))
def test_a_wish_is_understood_in_every_shipped_language(language: str) -> None:
    for wish, lines in WISHES[language].items():
        for line in lines.split("|"):
            assert ("wish", {"wish": wish}) in found(line, language), line


@pytest.mark.req("S-2", "S-12")
@pytest.mark.parametrize("language", sorted(BREAKS))
def test_a_pause_a_holiday_and_a_leave_end_on_the_day_that_is_said(language: str) -> None:
    for line in BREAKS[language].split("|"):
        assert ("pause", {"until": "2026-06-01"}) in found(line, language), line
    assert ("pause", {"until": date(2026, 4, 24).isoformat()}) in found(FOR_LONG[language], language)


@pytest.mark.req("S-2", "S-12")
@pytest.mark.parametrize("language", sorted(VERB_LAST))
def test_the_last_day_of_a_break_may_stand_before_its_name(language: str) -> None:
    for line in VERB_LAST[language].split("|"):
        assert found(line, language) == [("pause", {"until": "2026-06-01"})], line


@pytest.mark.parametrize("line", ["Until 1 June we meet weekly", "Until yesterday I am on holiday", "bis 1. Juni"])
def test_a_last_day_without_a_break_or_a_break_that_is_over_is_none(line: str) -> None:
    assert not [name for name, _ in found(line, "en") if name == "pause"]


@pytest.mark.req("S-2", "S-12")
@pytest.mark.parametrize("language", sorted(FROM_TO))
def test_a_break_that_is_still_to_come_has_a_first_and_a_last_day(language: str) -> None:
    for line in FROM_TO[language].split("|"):
        assert found(line, language) == [("pause", {"until": "2026-08-15", "from": "2026-08-01"})], line


@pytest.mark.parametrize(
    "line",
    ["We were away from 1 to 14 August last year", "not there on Tuesday", "away on 5 May", "Holiday", "I am on holiday",
     "My holiday from work was good", "On leave my colleague learned a lot", "pages 1-14", "from 1 to 14 August"],
)  # fmt: skip
def test_talk_of_a_holiday_is_no_break(line: str) -> None:
    assert not [name for name, _ in found(line, "en") if name == "pause"]


def test_a_break_that_has_begun_needs_no_first_day_and_one_that_is_over_is_none() -> None:
    assert found("away 3-14 April", "en") == [("pause", {"until": "2026-04-15"})]
    assert found("pause until 3 January 2026", "en") == [("pause", {"until": None, "unclear": "3 January 2026"})]
    assert found("away 1-3 January 2026", "en") == []


@pytest.mark.parametrize(
    "line",
    ["I wonder when we will end the mentorship", "The end", "We had a certificate ceremony", "Is this not a good match?",
     "In the end we met", "I think we should discuss the exam"],
)  # fmt: skip
def test_words_in_running_prose_are_no_wish(line: str) -> None:
    assert not [name for name, _ in found(line, "en") if name == "wish"]


def test_where_the_letter_asks_what_somebody_wishes_the_answer_is_theirs() -> None:
    asking = question("choice", options=("discuss", "end"), fills="wish")
    assert not [name for name, _ in found("discuss", "en", (asking,)) if name == "wish"]
