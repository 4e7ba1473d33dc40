"""Short answers as people type them: an option without its article, points with a word, words that nobody else is to see."""

from dataclasses import replace

import pytest

from tests.endings.test_bad_input import number, office_of_two, only
from tests.endings.test_both_sides import flat, newest_asking
from tests.endings.test_words import found
from tests.enrolment.office import Office

LOOKING = "What are you looking for most"
REACH = "What would you like to reach"
GOING = "how is it going with Mona"


def with_advisor(language: str = "") -> Office:
    office = office_of_two(language=language)
    adam = office.add("Adam", "advisor", consent=True, invited=False)
    office.stage(replace(only(office), version=only(office).version + 1, advisors=(adam.id,)))
    return office


@pytest.mark.req("AHE-19")
@pytest.mark.parametrize(
    ("said", "kept", "begins"),
    [
        ("challenging issue", "a challenging issue", "What is the matter, and since when?"),
        ("3. the challenging issue", "a challenging issue", "What is the matter, and since when?"),
        ("3: career planning", "career planning", "What work gives you energy"),
        ("3. role model", "a role model", "How did each of you come to where you are?"),
    ],
)
@pytest.mark.parametrize("client", range(4))
def test_what_a_mentee_looks_for_is_what_the_first_agenda_begins_with(said: str, kept: str, begins: str, client: int):
    office = office_of_two()
    office.written = client
    office.reply(newest_asking(office, "Maya", LOOKING), said)
    assert [a.value for a in only(office).answers if a.field == "purpose"] == [kept]
    office.wait(15)
    for name in ("Maya", "Mona"):
        (sheet,) = [x for x in office.to(name, "what it is about") if "For every first meeting" in x.parent.text]
        assert begins in flat(sheet)


@pytest.mark.req("AHE-19")
@pytest.mark.parametrize("said", ["3. something with my boss", "3. the challenging one", "3) whatever comes"])
def test_the_number_of_a_question_is_no_option_of_it(said: str):
    office = office_of_two()
    office.reply(newest_asking(office, "Maya", LOOKING), said)
    assert [a.value for a in only(office).answers if a.field == "purpose"] == []
    assert only(office).goals == ()


@pytest.mark.req("AMIA-27")
@pytest.mark.parametrize(
    ("said", "score", "note"),
    [
        ("3 – slow start", 3, "slow start"),
        ("3 - slow start", 3, "slow start"),
        ("3, slow start", 3, "slow start"),
        ("3: slow start\nbut we like each other", 3, "slow start but we like each other"),
        ("4 – great", 4, "great"),
    ],
)
def test_points_and_a_word_are_understood_where_the_same_letter_brings_an_invitation(said: str, score: int, note: str):
    office = with_advisor()
    letter = newest_asking(office, "Maya", GOING)
    assert letter.invitation is not None
    meeting = only(office).meetings[0]
    office.reply(letter, said)
    going = {a.field: a.value for a in only(office).answers if a.prompt == "check-in"}
    assert going == {"going": {"score": score, "note": note}}
    assert only(office).meetings[0] == meeting
    office.wait(9)
    assert any(note in flat(x) for x in office.to("Adam"))
    told = [x.parent.text.replace("“3 – slow start”", "") for x in office.to("Mona")]
    assert not [text for text in told if note in " ".join(text.split())]


@pytest.mark.parametrize("said", ["3 pm", "3 – Thursday", "4 – works", "3 - pm works too", "4, can't make it"])
def test_an_hour_a_day_or_a_yes_below_an_invitation_are_no_points(said: str):
    office = with_advisor()
    office.reply(newest_asking(office, "Maya", GOING), said)
    assert not [a for a in only(office).answers if a.prompt == "check-in"]
    assert only(office).meetings[0].partstats[only(office).mentee] != "NEEDS-ACTION"


KEPT_BACK = {
    "en": ("feedback: Please let me finish (private)", "feedback: Please let me finish\n(private)",
           "feedback: Please let me finish – only for me", "feedback: private: Please let me finish"),
    "es": ("comentarios: Déjame terminar (privado)",),
    "de": ("Feedback: Lass mich bitte ausreden (nur für mich)",),
}  # fmt: skip


@pytest.mark.req("AMIA-8", "AHE-6")
@pytest.mark.parametrize(("language", "said"), [(lang, text) for lang, texts in KEPT_BACK.items() for text in texts])
def test_feedback_that_is_called_private_reaches_nobody(language: str, said: str):
    office = with_advisor(language)
    office.wait(17)
    office.reply(office.last("Maya"), said)
    (told,) = [a for a in only(office).answers if a.field == "feedback"]
    assert told.visibility == "private"
    office.wait(40)
    words = said.partition(":")[2].strip().removeprefix("private: ").split("\n")[0][:14]
    others = [x for name in ("Mona", "Adam", "office@example.org") for x in office.to(name)]
    assert others
    assert not [x for x in others if words in flat(x)]


@pytest.mark.req("AMIA-8")
def test_feedback_that_is_not_called_private_reaches_the_other_in_the_same_words():
    office = with_advisor()
    office.wait(17)
    office.reply(office.last("Maya"), "feedback: Please let me finish my private stories")
    office.wait(40)
    assert any("Please let me finish my private stories" in flat(x) for x in office.to("Mona"))
    assert not [x for x in office.to("Adam") if "let me finish" in flat(x)]


@pytest.mark.req("AHE-6")
def test_an_answer_or_a_goal_that_is_called_private_is_for_its_writer_and_the_others_are_shared():
    office = with_advisor()
    letter = newest_asking(office, "Maya", REACH)
    said = {
        number(letter, REACH): "Lead a team\nLeave this place (private)",
        number(letter, "take away"): "A friend (private)",
    }
    office.reply(letter, said)
    assert [(g.texts[0].split(" (")[0], g.visibility) for g in only(office).goals] == [
        ("Lead a team", "pair"), ("Leave this place", "private"),
    ]  # fmt: skip
    office.reply(office.last("Maya"), "new goal: earn more (private)\nnew goal: sing")
    office.wait(40)
    told = " ".join(flat(x) for name in ("Mona", "Adam") for x in office.to(name))
    assert "Lead a team" in told
    assert "sing" in told
    for words in ("Leave this place", "A friend", "earn more"):
        assert words not in told


PLURALS = {
    "en": "lessons: a|achievements: a|challenges: a|feedback: a",
    "es": "lecciones: a|logros: a|retos: a|comentarios: a",
    "de": "Erkenntnisse: a|Erfolge: a|Herausforderungen: a|Rückmeldungen: a",
    "fr": "Leçons : a|Réussites : a|Défis : a|Retours : a",
    "it": "Lezioni: a|Successi: a|Sfide: a|Commenti: a",
    "nl": "Lessen: a|Prestaties: a|Uitdagingen: a|Feedback: a",
    "pt": "Lições: a|Conquistas: a|Desafios: a|Comentários: a",
}


@pytest.mark.req("AHE-24")
@pytest.mark.parametrize("language", PLURALS)
def test_lessons_achievements_and_challenges_are_read_also_where_they_are_several(language: str):
    facts = [found(line, language) for line in PLURALS[language].split("|")]
    assert facts == [
        [("note", {"fact": fact, "text": "a"})] for fact in ("lesson", "achievement", "challenge", "feedback")
    ]
