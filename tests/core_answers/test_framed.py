"""Open answers behind words that only say again what was asked: these are no part of the answer."""

import pytest

from coordinator.core.prose import read_rest
from coordinator.core.reading import Value
from tests.core_answers.asked import MET, context, question


def told(text: str, ask: str, language: str) -> str:
    asked = [question("yes_no", 1, ask=MET[language]), question("text", 2, ask=ask, optional=True)]
    asked.append(question("text", 3, ask="What would make it a good start?", optional=True))
    found = read_rest(text, asked, context(language), alone=True, total=3).get(2)
    return str(found.value) if isinstance(found, Value) else ""


REACH, PROUD, SPEAK = (
    "What would you like to reach in your career?",
    "What are you proud of, the two of you?",
    "Which languages do you speak well enough for a talk?",
)
SUGGEST, IDEAL = "One suggestion for Ada?", "Your ideal mentor: from which field, or with which experience?"


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "ask", "text", "answer"),
    [
        ("en", REACH, "What I would like to reach is a post as a teaching nurse.", "a post as a teaching nurse"),
        ("en", PROUD, "We are proud of the new rota.", "the new rota"),
        ("en", SPEAK, "I speak French and some Dutch.", "French and some Dutch"),
        ("en", SUGGEST, "My suggestion for her: sleep before the exam.", "sleep before the exam"),
        ("de", REACH, "Was ich erreichen möchte, ist eine Stelle als Lehrerin.", "eine Stelle als Lehrerin"),
        ("de", PROUD, "Stolz sind wir auf den neuen Dienstplan.", "den neuen Dienstplan"),
        ("de", SUGGEST, "Mein Vorschlag für sie: öfter mal Pause machen.", "öfter mal Pause machen"),
        ("es", REACH, "Lo que me gustaría lograr es dirigir un equipo.", "dirigir un equipo"),
        ("es", PROUD, "Estamos orgullosas de la nueva consulta.", "la nueva consulta"),
        ("fr", REACH, "Ce que je voudrais atteindre, c'est un poste de cadre.", "un poste de cadre"),
        ("fr", SUGGEST, "Ma suggestion pour elle : oser dire non.", "oser dire non"),
        ("pt", IDEAL, "O meu mentor ideal seria alguém da engenharia.", "alguém da engenharia"),
        ("pt", SPEAK, "Falo português e inglês.", "português e inglês"),
        ("it", SPEAK, "Parlo italiano e francese.", "italiano e francese"),
        ("it", PROUD, "Siamo orgogliosi di aver finito.", "aver finito"),
        ("nl", REACH, "Wat ik wil bereiken is een baan als docent.", "een baan als docent"),
        ("nl", PROUD, "We zijn trots op het nieuwe rooster.", "het nieuwe rooster"),
    ],
)
def test_what_only_repeats_the_question_is_no_part_of_its_answer(
    language: str, ask: str, text: str, answer: str
) -> None:
    assert told(f"{text}", ask, language) == answer


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "ask", "text"),
    [
        ("en", SPEAK, "I speak no French."),
        ("en", PROUD, "We are not proud of it."),
        ("de", PROUD, "Wir sind stolz."),
        ("fr", SPEAK, "Je parle à mon chef."),
        ("it", SPEAK, "Parlo a mia sorella ogni giorno."),
        ("es", SPEAK, "Hablo con ella."),
    ],
)
def test_the_same_beginning_with_something_else_behind_it_is_not_cut(language: str, ask: str, text: str) -> None:
    assert told(text, ask, language) in {"", text.removesuffix("."), text}
