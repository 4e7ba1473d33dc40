"""The word tables: every language is whole, and every table can be used."""

import string

import pytest

from coordinator.core.answers_text import folded, sentences, tokens
from coordinator.core.said import in_words
from coordinator.core.words import Phrases, base, languages, tables, words_of
from tests.core_answers.asked import LANGUAGES, context, words

SAID_IN_LETTERS = (
    *("brief", "candidate_word", "cards", "found_pair", "gates", "help_me_ask", "join_lead", "joining", "joining_said"),
    *("known", "profile_lines", "seeking_said", "where_to_start"),
)
"""Words of joining and searching: their letters speak English and Spanish, and elsewhere the English ones hold."""


def test_seven_languages_are_there() -> None:
    assert set(words()) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_keys_of_english_and_no_others(language: str) -> None:
    english, own = words()["en"], words()[language]
    assert set(own) - set(english) == set()
    missing = set(english) - set(own) - {"scale_words"}
    assert missing <= {"yes_whole", "day_joins", "agreement", "calls", "reasons", "help_topics", *SAID_IN_LETTERS}, (
        missing
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["hints", "unclear"])
def test_every_sentence_has_the_places_of_the_english_one(language: str, table: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english, own = words()["en"][table], words()[language][table]
    assert set(own) == set(english)
    assert all(places(own[key]) == places(english[key]) for key in english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_means_both_yes_and_no(language: str) -> None:
    compiled = words_of(context(language))
    yes = {folded(p) for key in ("yes", "yes_alone", "yes_whole") for p in compiled.data[key]}
    no = {folded(p) for key in ("no", "no_alone") for p in compiled.data[key]}
    maybe = {folded(p) for p in compiled.data["maybe"]}
    assert not yes & no
    assert not (yes | no) & maybe


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendars_are_whole(language: str) -> None:
    own = words()[language]
    assert [len(own[key]) for key in ("weekdays", "months")] == [7, 12]
    assert all(len(names) >= 2 for key in ("weekdays", "months") for names in own[key])
    assert len(own["ordinals"]) >= 5
    assert len(own["parts"]) == 3


def test_a_missing_key_is_taken_from_english() -> None:
    own = tables({"yes": ["yep"]}, "xx", words()["en"])
    assert ("monday",) in own.phrases("weekdays")
    assert ("yes",) not in own.phrases("yes")


def test_the_longest_phrase_wins_and_never_reads_past_the_end() -> None:
    phrases = Phrases([("of course", 1), ("of course not", 0)])
    assert phrases.at(("of", "course", "not"), 0) == (3, 0)
    assert phrases.at(("of", "course"), 0) == (2, 1)
    assert phrases.at(("of",), 0) is None


def test_languages_begin_with_the_writers_own() -> None:
    assert languages(context("pt-BR"))[:2] == ("pt-BR", "en")
    assert languages(context("en-US"))[0] == "en-US"
    assert "en" not in languages(context("en-US"))[1:]
    assert base("pt_BR") == "pt"
    assert words_of(context("pt-BR")).data["name"] == "Português"
    assert words_of(context("xx")).data["name"] == "English"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes — 1½ h", "yes - 1 1 / 2 h"),
        ("４５ ｍｉｎ", "45 min"),
        ("4️⃣", "4"),
        ("didn’t", "didnt"),
        ("demi-heure", "demi heure"),
        ("3–4", "3 - 4"),
        ("Straße", "strasse"),
        ("ÀÉÎ", "aei"),
        ("👍🏽", "👍"),
        ("G1’s", "g 1 ' s"),
        ("a\u200bb\u00adc", "abc"),
        ("1,5", "1,5"),
    ],
)
def test_text_is_folded_for_comparison(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_tokens_lead_back_to_the_words_as_written() -> None:
    scan = tokens("Ünser ZIEL №1: ¾ fertig")
    assert scan.written(0, 2) == "Ünser ZIEL"
    assert scan.written(0, len(scan)) == "Ünser ZIEL №1: ¾ fertig"


def test_sentences_cover_the_text() -> None:
    scan = tokens("One. Two! Three\nFour")
    assert [scan.written(a, b) for a, b in sentences(scan)] == ["One.", "Two!", "Three", "Four"]


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("en", "yes", "no"),
        ("es", "sí", "no"),
        ("de", "ja", "nein"),
        ("fr", "oui", "non"),
        ("it", "sì", "no"),
        ("nl", "ja", "nee"),
        ("pt", "sim", "não"),
    ],
)
def test_a_receipt_says_a_yes_as_anybody_would_whatever_words_were_taken_for_one(
    language: str, yes: str, no: str
) -> None:
    here = context(language)
    assert (in_words("yes_no", True, here), in_words("yes_no", False, here)) == (yes, no)


def test_a_receipt_keeps_the_lines_apart_in_which_somebody_wrote() -> None:
    assert in_words("text", "Lead a team\n\n  Pass the exam ", context()) == "Lead a team / Pass the exam"
