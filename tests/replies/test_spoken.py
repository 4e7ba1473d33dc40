"""Replies in another language than the letter's: read with the words of the language that they are written in."""

from typing import Any

import pytest

from coordinator.core.reading import Unclear, Value
from coordinator.core.tongue import tongue
from coordinator.simulate.shapes import fresh
from tests.replies.letters_sent import OWN, context, letter, read_reply
from tests.replies.written import _AT, WHO


def _read(said: str, language: str = "en") -> Any:
    raw = fresh(said, client="gmail_ios", sender=WHO, to=(("", OWN.address),), subject="Re: hello", now=_AT)
    return read_reply(raw, letter("debrief"), language)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sí, nos vimos la semana pasada y hablamos una hora y media.", "es"),
        ("Wir haben uns leider nicht gesehen, weil ich im Urlaub war.", "de"),
        ("Oui, nous avons parlé une heure et c'était très bien.", "fr"),
        ("Sim, conversamos por uma hora e foi muito bom.", "pt"),
        ("Ci siamo visti e abbiamo parlato per un'ora del mio lavoro.", "it"),
        ("We hebben elkaar gesproken, het was heel goed.", "nl"),
        ("Yes, we met on Monday and it was good.", ""),
        ("45", ""),
        ("sì … anzi no", ""),
        ("no", ""),
        ("", ""),
    ],
)
def test_the_small_words_tell_the_language(said: str, expected: str) -> None:
    assert tongue(said, context("en")) == expected


def test_a_spanish_reply_to_an_english_letter_is_read_with_spanish_words() -> None:
    reading = _read("Sí, nos vimos el martes, una hora y media, y fue muy bien.")
    assert reading.language == "es"
    assert isinstance(reading.answers[1], Value)
    assert reading.answers[1].value is True
    assert reading.answers[2].value == 90


def test_a_word_that_means_something_else_at_home_is_read_in_the_language_of_the_reply() -> None:
    reading = _read("1. sí, con ella en el parque\n2. once minutos, muy poco porque ella estaba de viaje")
    assert reading.answers[2].value == 11


def test_what_is_asked_again_is_asked_in_the_writers_own_language() -> None:
    reading = _read("1. sí y no, más o menos, ella no pudo y yo tampoco")
    assert isinstance(reading.answers[1], Unclear)
    assert reading.answers[1].reason.startswith("I ")
