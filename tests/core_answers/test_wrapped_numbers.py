"""A mail program breaks a long line wherever it is full, also between "goal" and its number."""

import pytest

from tests.replies.letters_sent import letter, read_reply
from tests.replies.written import Written


def read(language: str, said: str) -> dict[int, object]:
    one = Written("wrapped", language, letter("debrief", language if language == "es" else "en"), "new", said, {})
    found = read_reply(one.raw(), one.to, language).answers
    return {number: getattr(answer, "value", "?") for number, answer in found.items()}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "Ciao, sì, ci siamo sentite martedì per 50 minuti. Obiettivo 1: 6, obiettivo\n2: 5"),
        ("es", "Hola, sí, ayer hablamos las dos unos 50 minutos. Objetivo 1: 6, objetivo\n2: 5"),
        ("de", "Hallo, ja, wir haben am Dienstag 50 Minuten telefoniert. Ziel 1: 6, Ziel\n2: 5"),
        ("en", "Hello, yes, the two of us talked on Tuesday for 50 minutes. Goal 1: 6, goal\n2: 5"),
        ("nl", "Hoi, ja, we hebben elkaar dinsdag 50 minuten gesproken. Doel 1: 6, doel\n2: 5"),
    ],
)
def test_the_number_of_a_goal_on_the_next_line_answers_no_question(language: str, said: str) -> None:
    found = read(language, said)
    assert (found[1], found[2]) == (True, 50)
    points = {number: report["score"] for number, report in found[3].items()}  # type: ignore[attr-defined]
    assert points == {"1": 6, "2": 5}


def test_a_numbered_answer_below_a_long_line_is_one_all_the_same() -> None:
    assert read("en", "1: yes we did, and it went on and on about each and every goal.\n2: 45")[2] == 45
    assert read("en", "1: yes\nG1 is my main goal\n2: 45")[2] == 45
