"""Thousands of replies, made of known answers in every language and style, and how many are read right."""

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from coordinator.core.answers import answers
from coordinator.core.reading import Cut, Piece, Unclear, Value
from coordinator.core.records import Question
from tests.core_answers.asked import GOALS, LANGUAGES, MET, context, question
from tests.core_answers.test_numbers import LENGTH, NO_LENGTH, SCALE
from tests.core_answers.test_yes_no import NEITHER, NO, YES

Known = list[tuple[str, Any]]
GREETING = {"en": "Hi,", "de": "Hallo,", "es": "Hola:", "fr": "Bonjour,", "pt": "Olá,", "it": "Ciao,", "nl": "Hallo,"}
CLOSING = {
    "en": "Best,\nAda",
    "de": "Viele Grüße\nAda",
    "es": "Un saludo\nAda",
    "fr": "Bien cordialement\nAda",
    "pt": "Abraço\nAda",
    "it": "A presto\nAda",
    "nl": "Groetjes\nAda",
}
TEXTS = {
    "en": ["the role play", "talking about her first job", "Time is short this month.", "I passed the first test!"], "de": ["das Rollenspiel", "Zeit für die Prüfung zu finden", "Wir haben viel gelacht."], "es": ["la práctica con ella", "encontrar tiempo para estudiar"],
    "fr": ["le jeu de rôle", "trouver du temps pour réviser"], "pt": ["a prática com ela", "encontrar tempo para estudar"], "it": ["il gioco di ruolo", "trovare tempo per studiare"], "nl": ["het rollenspel", "tijd vinden om te leren"],
}  # fmt: skip
STATES = {
    "en": ["stuck", "done", "on track"],
    "de": ["steckt fest", "erledigt", "auf Kurs"],
    "es": ["atascado", "hecho", "en camino"],
    "fr": ["bloqué", "terminé", "en bonne voie"],
    "pt": ["parado", "concluído", "no caminho certo"],
    "it": ["bloccato", "completato", "in linea"],
    "nl": ["vastgelopen", "klaar", "op schema"],
}
STATE_NAMES = ("stuck", "done", "on_track")


def _asked(language: str) -> tuple[Question, ...]:
    return (
        question("yes_no", 1, name="met", ask=MET[language]),
        question("duration", 2, name="minutes", ask="?"),
        question("scale", 3, name="useful", ask="?"),
        question("goals", 4, name="goals", ask="?", goals=GOALS),
        question("choice", 5, name="next", ask="?", options=("Zoom", "Telegram", "Skype")),
        question("text", 6, name="helped", ask="?"),
    )


def _one_line(texts: dict[Any, str]) -> Known:
    return [(text, value) for value, each in texts.items() for text in each.split("|") if "\n" not in text]


def _known(language: str) -> tuple[Known, ...]:
    yes_no = [(t, True) for t in YES[language].split("|") if "\n" not in t] + [
        (t, False) for t in NO[language].split("|")
    ]
    goals: Known = []
    for word, state in zip(STATES[language], STATE_NAMES, strict=True):
        report = {"1": {"score": 6, "state": None, "note": ""}, "2": {"score": None, "state": state, "note": ""}}
        goals += [(f"G1 6, G2 {word}", report), (f"G1: 60 %, G2: {word}", report), (f"g1 6/10 g2 {word}", report)]
    choice: Known = [("a", "Zoom"), ("b)", "Telegram"), ("skype", "Skype"), ("Zoom.", "Zoom"), ("C", "Skype")]
    texts: Known = [(text, text) for text in TEXTS[language]]
    return yes_no, _one_line(LENGTH[language]), _one_line(SCALE[language]), goals, choice, texts


def _numbered(mark: str) -> Callable[[list[str]], Cut]:
    def style(said: list[str]) -> Cut:
        return _block("\n".join(f"{mark.format(n)}{text}" for n, text in enumerate(said, start=1)))

    return style


def _block(text: str) -> Cut:
    return Cut(text=text, spans=(), pieces=(Piece(text=text),))


def _under(said: list[str]) -> Cut:
    return Cut(
        text="\n".join(said), spans=(), pieces=tuple(Piece(text=t, after=n) for n, t in enumerate(said, start=1))
    )


def _in_order(said: list[str]) -> Cut:
    return _block("\n".join(said))


def _paragraphs(said: list[str]) -> Cut:
    return _block("\n\n".join(f"{n}:\n{text}" for n, text in enumerate(said, start=1)))


STYLES: dict[str, Callable[[list[str]], Cut]] = {
    "1: yes": _numbered("{}: "), "1) yes": _numbered("{}) "), "1. yes": _numbered("{}. "), "(1) yes": _numbered("({}) "), "#1: yes": _numbered("#{}: "),
    "> 1: yes": _numbered("> {}: "), "under": _under, "in order": _in_order, "paragraphs": _paragraphs,
}  # fmt: skip


def _replies(seed: int, per_style: int) -> Iterator[tuple[str, str, Cut, list[Any]]]:
    chance = Random(seed)
    for language in LANGUAGES:
        known = _known(language)
        for name, style in STYLES.items():
            for _ in range(per_style):
                picked = [chance.choice(each) for each in known]
                said = [
                    chance.choice([str, str, str.upper, str.capitalize])(text) if place not in {3, 5} else text
                    for place, (text, _) in enumerate(picked)
                ]
                reply = style(said)
                if name != "under" and chance.random() < 0.4:
                    reply = _block(f"{GREETING[language]}\n\n{reply.text}\n\n{CLOSING[language]}")
                yield language, name, reply, [value for _, value in picked]


def _judged(found: Value | Unclear | None, expected: Any) -> str:
    if isinstance(found, Value):
        return "right" if found.value == expected else "wrong"
    return "unclear"


def _line(key: str, count: Counter[str]) -> str:
    shares = "  ".join(f"{verdict} {count[verdict] / count.total():7.2%}" for verdict in ("right", "wrong", "unclear"))
    return f"{key:12} {count.total():5}  {shares}"


def test_generated_replies_are_read_right_and_hardly_ever_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    counts: dict[str, Counter[str]] = {}
    wrong = []
    for language, style, reply, expected in _replies(seed=7, per_style=8):
        read = answers(reply, _asked(language), context(language))
        for number, value in enumerate(expected, start=1):
            verdict = _judged(read.get(number), value)
            for key in (style, language, f"question {number}", "all"):
                counts.setdefault(key, Counter())[verdict] += 1
            if verdict != "right":
                wrong.append(
                    (
                        verdict,
                        language,
                        style,
                        number,
                        reply.pieces[number - 1].text if style == "under" else reply.text,
                        value,
                        read.get(number),
                    )
                )
    with capsys.disabled():
        print("\n" + "\n".join(_line(key, count) for key, count in counts.items()))  # noqa: T201
    total = counts["all"].total()
    assert total > 3000
    assert counts["all"]["right"] >= 0.98 * total, wrong[:10]
    assert counts["all"]["wrong"] <= 0.002 * total, [w for w in wrong if w[0] == "wrong"][:10]


def test_doubtful_answers_inside_whole_replies_stay_unclear() -> None:
    wrong = []
    for language in LANGUAGES:
        asked = _asked(language)
        for number, pool in ((1, NEITHER[language]), (2, NO_LENGTH[language])):
            for text in pool.split("|"):
                for reply in (_block(f"{number}: {text}"), _under(["", text] if number == 2 else [text])):
                    found = answers(reply, asked, context(language)).get(number)
                    if isinstance(found, Value):
                        wrong.append((language, text, found.value))
    assert wrong == []
