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
