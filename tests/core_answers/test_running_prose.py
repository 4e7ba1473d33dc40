"""Sentences that answer two closed questions, name a point in their midst, or go on about the days that do not suit."""

from typing import Any

import pytest

from coordinator.core.prose import read_rest
from coordinator.core.reading import Unclear
from tests.core_answers.asked import MET, OFFERED, UNCLEAR, context, question, read

WAYS = ("video", "phone", "in person", "email")


def told(text: str, language: str, asked: Any) -> dict[int, Any]:
    found = read_rest(text, asked, context(language), alone=True, total=len(asked))
    return {n: UNCLEAR if isinstance(f, Unclear) else f.value for n, f in found.items()}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thursday works best and I'd like to talk by phone."),
        ("de", "Mir passt Donnerstag am besten und am liebsten rede ich per Telefon."),
        ("es", "Me va bien el jueves y prefiero hablar por teléfono."),
        ("fr", "Jeudi me convient et je préfère parler par téléphone."),
        ("it", "Mi va bene il giovedì e preferisco parlare per telefono."),
        ("pt", "Quinta é melhor para mim e prefiro falar por telefone."),
        ("nl", "Donderdag past mij het best en ik praat graag via de telefoon."),
    ],
)
def test_a_sentence_about_an_and_answers_two_questions(language: str, text: str) -> None:
    asked = [question("slots", 1, slots=OFFERED), question("choices", 2, options=WAYS, optional=True)]
    found = told(text, language, asked)
    assert [slot["start"][:10] for slot in found[1]] == ["2026-04-16"]
    assert found[2] == ["phone"]


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thank you, how kind! Thursday is fine for me, on the other two days I'm in theatre all day."),
        ("de", "Donnerstag passt mir gut, an den anderen Tagen bin ich im Dienst."),
        ("es", "A mí me va bien el jueves, el resto de la semana estoy en la granja."),
        ("fr", "Jeudi me va, les autres jours je travaille."),
        ("it", "Giovedì va benissimo, venerdì invece no perché ho i nipoti."),
        ("pt", "Quinta é melhor para mim, nos outros dias trabalho."),
        ("nl", "Donderdag past, de andere dagen werk ik."),
    ],
)
def test_what_keeps_them_on_the_other_days_takes_nothing_back(language: str, text: str) -> None:
    found = read("slots", text, language, slots=OFFERED)
    assert [slot["start"][:10] for slot in found] == ["2026-04-16"]


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thursday is fine for me, on the other days I can too."),
        ("en", "Thursday is fine. I have to ask my boss first."),
        ("en", "I have to ask my boss. Thursday is fine."),
        ("de", "Donnerstag passt, ich muss aber noch den Chef fragen."),
        ("de", "Dienstag geht, denn Donnerstag bin ich weg."),
        ("es", "El jueves me va bien, tengo que preguntar a mi jefa."),
        ("fr", "Jeudi me va, les autres aussi."),
        ("it", "Martedì va bene, perché giovedì lavoro."),
        ("nl", "Donderdag past, de andere dagen kan ik ook."),
    ],
)
def test_what_has_to_be_asked_first_and_a_second_day_leave_the_times_open(language: str, text: str) -> None:
    assert read("slots", text, language, slots=OFFERED) == UNCLEAR


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "ask", "text", "point"),
    [
        ("en", "How well do the two of you get on, from 1 to 5?", "We get on at a five, easily.", 5),
        ("de", "How tense do you feel, 1 (calm) to 5?", "Angespannt bin ich zurzeit etwa bei einer 3.", 3),
        ("fr", "How tense do you feel, 1 (calm) to 5?", "Je suis tendue à 4 en ce moment.", 4),
        ("nl", "How connected do you feel with Ada so far, 1 to 5?", "Ik voel me met een 3 verbonden.", 3),
        ("de", "How well is this what you hoped for, 1 to 5?", "Von 1 bis 5 gebe ich eine 4.", 4),
        ("en", "How connected do you feel with Ada so far, 1 to 5?", "We have felt connected for 3 weeks.", None),
        ("en", "How connected do you feel with Ada so far, 1 to 5?", "We never felt connected at a 4.", None),
        ("de", "How tense do you feel, 1 (calm) to 5?", "Angespannt war ich bei einer 5, jetzt nicht mehr.", None),
    ],
)
def test_a_point_in_the_midst_of_a_sentence_is_of_what_the_sentence_speaks_of(
    language: str, ask: str, text: str, point: int | None
) -> None:
    asked = [question("yes_no", 1, ask=MET[language]), question("scale", 2, ask=ask, low=1, high=5, optional=True)]
    assert told(text, language, asked).get(2) == point


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We had a chat, my sister and I."),
        ("en", "I met Grace's assistant for 20 min."),
        ("en", "We talked, me and my husband."),
        ("de", "Wir haben geredet, meine Schwester und ich."),
        ("es", "Hemos hablado, mi hermana y yo."),
        ("fr", "On a discuté, ma sœur et moi."),
        ("it", "Abbiamo parlato, mia sorella e io."),
        ("pt", "Conversámos ontem, a minha irmã e eu."),
        ("nl", "We hebben gepraat, mijn zus en ik."),
    ],
)
def test_a_talk_with_somebody_else_is_no_talk_of_the_two(language: str, text: str) -> None:
    asked = [question("yes_no", 1, ask=MET[language]), question("duration", 2, optional=True)]
    assert told(text, language, asked).get(1) in {None, UNCLEAR}


@pytest.mark.req("S-14")
def test_the_mentor_themselves_are_one_of_the_two() -> None:
    asked = [question("yes_no", 1, ask=MET["en"]), question("duration", 2, optional=True)]
    assert told("We talked, my mentor and I, for 30 min.", "en", asked) == {1: True, 2: 30}


OFTEN = ("not at all", "every three months", "once a year")


@pytest.mark.parametrize(
    ("language", "text", "often"),
    [
        ("en", "Asking once a year would be plenty for me and the twins.", "once a year"),
        ("de", "Ich fände einmal im Jahr bei uns beiden ganz gut.", "once a year"),
        ("en", "Asking once a year would be too often for me.", None),
        ("de", "Ja, aber einmal im Jahr ist mir zu wenig.", None),
        ("fr", "Une fois par an c'est trop.", None),
        ("en", "If you ask once a year I stop reading.", None),
    ],
)
def test_an_option_named_in_full_is_chosen_unless_somebody_complains(
    language: str, text: str, often: str | None
) -> None:
    asked = [question("yes_no", 1, ask="Would you like to go on?"), question("choice", 2, options=OFTEN, optional=True)]
    found = told(f"Yes. {text}" if language == "en" else text, language, asked).get(2)
    assert found == often or (often is None and found == UNCLEAR)
