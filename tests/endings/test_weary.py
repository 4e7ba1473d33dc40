"""Who writes that they want no more of it is asked in private what would help, wherever the words stand."""

import pytest

from coordinator.core.endings.weary import is_weary
from tests.e2e.chapters import MAYA, MONA, Chapter, number, on_maildir
from tests.e2e.seasons import met, with_goals
from tests.replies.letters_sent import context

SAID = {
    "en": "I don't want to do this anymore",
    "de": "Ich möchte nicht mehr mitmachen.",
    "es": "Quiero dejarlo",
    "fr": "Je ne veux plus continuer.",
    "it": "Non voglio più continuare",
    "nl": "Ik wil niet meer meedoen.",
    "pt": "Já não quero continuar.",
}
INVITATION = ", 08:00 (Berlin): you and"
ASKED = "Just between us"


@pytest.fixture
def chapter(tmp_path) -> Chapter:
    return on_maildir(tmp_path / "elm")


def _asked_alone(chapter: Chapter) -> None:
    """Maya is asked once, nobody else hears of it, and nothing ends by itself."""
    (asked,) = chapter.to(MAYA, ASKED)
    assert "What would you like?" in asked.parent.text
    assert not chapter.to(MONA, ASKED)
    assert chapter.pair.ending == ""


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_words_of_an_end_below_an_invitation_are_asked_about(chapter: Chapter, said: str):
    with_goals(chapter)
    chapter.reply(chapter.last(MAYA, INVITATION), said)
    _asked_alone(chapter)
    chapter.wait(days=30)
    _asked_alone(chapter)


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_words_of_an_end_beside_a_declined_invitation_are_asked_about(chapter: Chapter, said: str):
    with_goals(chapter)
    chapter.rsvp(chapter.last(MAYA, INVITATION), "DECLINED", comment=said)
    assert chapter.pair.meetings[0].partstats[chapter.person(MAYA).id] == "DECLINED"
    _asked_alone(chapter)


def test_a_no_to_the_meeting_counts_beside_the_words_of_an_end(chapter: Chapter):
    with_goals(chapter)
    chapter.reply(chapter.last(MAYA, INVITATION), "No, I can't come. I don't want to do this any more, sorry.")
    assert chapter.pair.meetings[0].partstats[chapter.person(MAYA).id] == "DECLINED"
    _asked_alone(chapter)


def test_words_of_an_end_beside_answers_are_asked_about_and_the_answers_count(chapter: Chapter):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    met_, long = number(debrief, "Did you two"), number(debrief, "How long")
    chapter.reply(debrief, f"{met_}. yes\n{long}. 40\n\nTo be honest, I want to quit.")
    assert chapter.pair.meetings[0].minutes == 40
    _asked_alone(chapter)


def test_the_answer_to_what_would_help_ends_it(chapter: Chapter):
    with_goals(chapter)
    chapter.reply(chapter.last(MAYA, INVITATION), SAID["en"])
    chapter.reply(chapter.last(MAYA, ASKED), "d")
    assert chapter.last(MAYA, "Shall I close it?") or chapter.pair.ending


@pytest.mark.parametrize(
    "said",
    [
        "I want to quit my job and don't want to do this anymore in front of patients only",
        "She says I should stop smoking, which I did.",
        "Ich möchte nicht mehr so viel arbeiten.",
        "Ya no quiero trabajar los fines de semana.",
        "Je ne veux plus travailler la nuit.",
        "Non voglio più lavorare di notte.",
        "Ik wil niet meer zo laat werken.",
        "Não quero mais trabalhar de noite.",
    ],
)
def test_what_somebody_wants_no_more_of_elsewhere_is_no_word_of_an_end(said: str):
    assert not is_weary(said, context("en"))
