"""Goals that prose names by other words than their own; days and hours are no points."""

from typing import Any

import pytest

from coordinator.core.prose import read_rest
from coordinator.core.reading import Value
from tests.core_answers.asked import MET, context, question

GOALS = ((1, "Lead a team meeting every month"), (2, "Pass the exam by October"))


def told(text: str, language: str) -> dict[str, Any]:
    asked = [question("yes_no", 1, ask=MET[language]), question("goals", 2, goals=GOALS)]
    found = read_rest(text, asked, context(language), alone=True, total=2).get(2)
    return {number: report["score"] for number, report in found.value.items()} if isinstance(found, Value) else {}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text", "points"),
    [
        ("en", "Meetings: 9, exam: 6.", (9, 6)),
        ("en", "The exam is a 3 for now, the meetings are an 8.", (8, 3)),
        ("de", "Bei den Besprechungen bin ich bei 5, bei der Prüfung bei 4.", (5, 4)),
        ("es", "El examen va con un 5 y las reuniones con un 7.", (7, 5)),
        ("fr", "Pour les réunions je dirais 6, pour l'examen 3.", (6, 3)),
        ("pt", "As reuniões estão num 7 e o exame num 4.", (7, 4)),
        ("nl", "De vergaderingen staan op een 7, het examen op een 6.", (7, 6)),
    ],
)
def test_goals_are_known_by_words_of_another_language(language: str, text: str, points: tuple[int, int]) -> None:
    assert told(text, language) == {"1": points[0], "2": points[1]}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Our meetings are at 5 and the exam is at 9 on Friday."),
        ("en", "Our meetings are at five and the exam is at nine."),
        ("en", "We had 3 meetings, and the exam took 4 hours."),
        ("de", "Die Besprechungen sind um 9, die Prüfung um 10."),
        ("de", "Die Prüfung ist am 9, die Besprechungen am 7."),
        ("es", "El examen es a las 5 y las reuniones a las 7."),
        ("fr", "L'examen est le 6, les réunions le 3."),
        ("pt", "O exame é no 4 e as reuniões no 7."),
        ("it", "L'esame è il 4, le riunioni il 8."),
        ("nl", "Het examen is op 7, de vergaderingen op 6."),
    ],
)
def test_days_and_hours_beside_such_words_are_no_points(language: str, text: str) -> None:
    assert told(text, language) == {}


def alone(text: str, language: str) -> dict[str, Any]:
    asked = [question("yes_no", 1, ask=MET[language]), question("goals", 2, goals=GOALS)]
    found = read_rest(text, asked, context(language), alone=True, total=2).get(2)
    if not isinstance(found, Value):
        return {}
    return {number: report["state"] or report["score"] for number, report in found.value.items()}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text", "goal"),
    [
        ("en", "Passed the exam!", {"2": "done"}),
        ("en", "I'm stuck with the exam, to be honest.", {"2": "stuck"}),
        ("en", "The team meetings are at a 6 now, I'd say.", {"1": 6}),
        ("de", "Die Prüfung hängt leider fest.", {"2": "stuck"}),
        ("de", "Bei der Prüfung bin ich bei 4.", {"2": 4}),
        ("es", "He aprobado el examen.", {"2": "done"}),
        ("es", "En el examen estoy en un 5.", {"2": 5}),
        ("fr", "J'ai réussi l'examen !", {"2": "done"}),
        ("fr", "Pour l'examen je dirais 5.", {"2": 5}),
        ("pt", "Estou atrasada com o exame.", {"2": "behind"}),
        ("pt", "O exame está num 5.", {"2": 5}),
        ("it", "Per l'esame direi 5.", {"2": 5}),
        ("it", "Con l'esame sono indietro.", {"2": "behind"}),
        ("nl", "Met het examen loop ik achter.", {"2": "behind"}),
        ("nl", "Met het examen zit ik op een 5.", {"2": 5}),
    ],
)
def test_one_goal_alone_is_read_where_every_word_beside_it_is_known(language: str, text: str, goal: Any) -> None:
    assert alone(text, language) == goal


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She passed the exam."),
        ("en", "My sister passed the exam."),
        ("en", "Almost passed the exam."),
        ("en", "I would have passed the exam."),
        ("en", "I hope the exam is done by June."),
        ("en", "Exam prep is going well."),
        ("en", "The exam is at 9."),
        ("en", "The meetings are done, if the boss agrees."),
        ("de", "Die Prüfung hätte ich bestanden."),
        ("de", "Wenn die Prüfung geschafft ist, feiern wir."),
        ("de", "Mein Bruder hat die Prüfung bestanden."),
        ("de", "Die Prüfung ist um 4."),
        ("es", "Ha aprobado el examen."),
        ("es", "El examen es a las 5."),
        ("fr", "Elle a réussi l'examen."),
        ("fr", "L'examen est à 9h."),
        ("pt", "O exame é às 5."),
        ("it", "Ha superato l'esame."),
        ("it", "L'esame è alle 5."),
        ("nl", "Mijn zus heeft het examen gehaald."),
        ("nl", "Het examen is op 5 mei."),
    ],
)
def test_a_goal_of_somebody_else_or_of_a_day_to_come_is_none(language: str, text: str) -> None:
    assert alone(text, language) == {}


def test_a_goal_in_words_that_nobody_knows_leaves_its_neighbour_open() -> None:
    assert alone("A la reunión grande le pongo un 7 y al examen un 4.", "es") == {}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("language", "text", "goals"),
    [
        ("en", "Still stuck on goal 2.", {"2": "stuck"}),
        ("en", "Stuck on G2, G1 is a 6.", {"1": 6, "2": "stuck"}),
        ("en", "On track with G1, behind with G2.", {"1": "on_track", "2": "behind"}),
        ("en", "Stuck on G1 and G2 is going well.", {"1": "stuck", "2": "on_track"}),
        ("en", "Done: G1, G2 at 6.", {"1": "done", "2": 6}),
        ("en", "Done: G1 and G2.", {"1": "done", "2": "done"}),
        ("en", "I am making progress: G1 7, G2 3.", {"1": 7, "2": 3}),
        ("de", "Fertig mit Z1, Z2 bei 5.", {"1": "done", "2": 5}),
        ("de", "Ich hänge fest bei Ziel 2.", {"2": "stuck"}),
        ("es", "Sigo atascada con el objetivo 2.", {"2": "stuck"}),
        ("fr", "Bloquée sur G2, G1 6.", {"1": 6, "2": "stuck"}),
        ("pt", "Atrasada no G1.", {"1": "behind"}),
        ("it", "Bloccata sull'obiettivo 2.", {"2": "stuck"}),
        ("nl", "Ik zit vast met doel 2.", {"2": "stuck"}),
    ],
)
def test_a_state_in_front_of_a_goal_is_of_that_goal_alone(language: str, text: str, goals: Any) -> None:
    assert alone(text, language) == goals


@pytest.mark.parametrize("text", ["On track with G1 now good, behind with G2 bad", "I'm not stuck on G2."])
def test_states_that_cross_each_other_are_nobodys(text: str) -> None:
    assert alone(text, "en") == {}
