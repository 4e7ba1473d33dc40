"""A reply split into answers: by number, under the question, in order, in one paragraph."""

from dataclasses import replace
from typing import Any

import pytest

from coordinator.core.answers import answers
from coordinator.core.answers_one import answer
from coordinator.core.reading import Unclear, Value
from tests.core_answers.asked import GOALS, MET, OFFERED, UNCLEAR, context, cut, question

DEBRIEF = (
    question("yes_no", 1, name="met", ask=MET["en"]),
    question("duration", 2, name="minutes", ask="How long, about?"),
    question("goals", 3, name="goals", ask="Where does each goal stand?", goals=GOALS),
    question("text", 4, name="helped", ask="What helped?", optional=True),
    question("text", 5, name="hard", ask="What is hard right now?", optional=True),
)
SHORT = (
    question("yes_no", 1, name="met", ask=MET["en"]),
    question("duration", 2, name="minutes", ask="How long?"),
    question("scale", 3, name="useful", ask="How useful was it, 1 to 5?"),
    question("choice", 4, name="next", ask="How do you meet next?", options=("phone", "video", "in person")),
    question("text", 5, name="note", ask="Anything else?", optional=True),
)
BOTH = {"1": {"score": 6, "state": None, "note": ""}, "2": {"score": None, "state": "stuck", "note": ""}}


def _told(*pieces: Any, asked: Any = SHORT, language: str = "en") -> dict[int, Any]:
    found = answers(cut(*pieces), asked, context(language))
    return {n: each.value if isinstance(each, Value) else UNCLEAR for n, each in found.items()}


FULL = {1: True, 2: 45, 3: 4, 4: "video", 5: "all good so far"}
WAYS = [
    "1: yes\n2: 45\n3: 4\n4: b\n5: all good so far", "1. yes\n2. 45 min\n3. 4\n4. video\n5. all good so far", "1) yes\n2) 45\n3) 4\n4) b\n5) all good so far", "1 yes\n2 45\n3 4\n4 b\n5 all good so far", "(1) yes\n(2) 45\n(3) 4\n(4) b\n(5) all good so far",
    "1: yes 2: 45 3: 4 4: b 5: all good so far", "1) yes, 2) 45 min, 3) 4, 4) video, 5) all good so far", "1 - yes\n2 - 45\n3 - 4\n4 - b\n5 - all good so far", "1 – yes\n2 – 45 min\n3 – 4/5\n4 – b\n5 – all good so far", "1=yes\n2=45\n3=4\n4=b\n5=all good so far",
    "#1 yes\n#2 45\n#3 4\n#4 b\n#5 all good so far", "Q1: yes\nQ2: 45\nQ3: 4\nQ4: b\nQ5: all good so far", "1️⃣ yes\n2️⃣ 45\n3️⃣ 4\n4️⃣ b\n5️⃣ all good so far", "1:\nyes\n2:\n45\n3:\n4\n4:\nb\n5:\nall good so far", "1.\nyes\n\n2.\n45 min\n\n3.\n4\n\n4.\nvideo\n\n5.\nall good so far",
    "yes\n45\n4\nb\nall good so far", "yes\n\n45 min\n\n4\n\nvideo\n\nall good so far", "- yes\n- 45\n- 4\n- video\n- all good so far", "* yes\n* 45 minutes\n* 4/5\n* b)\n* all good so far", "met: yes\nminutes: 45\nuseful: 4\nnext: video\nnote: all good so far",
    "Question 1: yes\nQuestion 2: 45\nQuestion 3: 4\nQuestion 4: b\nQuestion 5: all good so far", "Hi,\n\n1: yes\n2: 45\n3: 4\n4: b\n5: all good so far\n\nBest regards\nAda", "5: all good so far\n4: b\n3: 4\n2: 45\n1: yes", "1:yes\n2:45\n3:4\n4:b\n5:all good so far",
    "> 1: yes\n> 2: 45\n> 3: 4\n> 4: b\n> 5: all good so far", "１：yes\n２：45\n３：4\n４：b\n５：all good so far", "1 = yes\n2 = 45\n3 = 4\n4 = b\n5 = all good so far", "1 -> yes\n2 -> 45\n3 -> 4\n4 -> b\n5 -> all good so far", "**1:** yes\n**2:** 45\n**3:** 4\n**4:** b\n**5:** all good so far",
    "How long? 45\nHow useful was it, 1 to 5? 4\nDid you two meet since my last mail? yes\nHow do you meet next? video\nAnything else? all good so far", "No. 1: yes\nNo. 2: 45\nNo. 3: 4\nNo. 4: b\nNo. 5: all good so far", "1: yes\r\n2: 45\r\n3: 4\r\n4: b\r\n5: all good so far",
]  # fmt: skip


@pytest.mark.parametrize("text", WAYS)
def test_every_way_to_number_or_order_answers(text: str) -> None:
    assert _told(text) == FULL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes, 45, 4, video", {1: True, 2: 45, 3: 4, 4: "video"}), ("Yes / 45 min / 4/5 / b", {1: True, 2: 45, 3: 4, 4: "video"}), ("yes 45 4", {1: True, 2: 45, 3: 4}), ("yes; 45 min; 4; in person", {1: True, 2: 45, 3: 4, 4: "in person"}), ("yes 45 min", {1: True, 2: 45}),
        ("yes", {1: True}), ("no", {1: False}), ("Yes we met for 45 min", {1: True, 2: 45}), ("1y\n2 45\n3 4\n4a", {1: True, 2: 45, 3: 4, 4: "phone"}), ("1y", {1: True}), ("45 min, yes", {1: True, 2: 45}), ("1 hour\nyes", {1: True, 2: 60}), ("1 1/2 hours", {2: 90}),
        ("2 hours", {2: 120}), ("4/5", {3: 4}), ("★★★★", {3: 4}), ("video", {4: "video"}), ("1: yes\n2:\n3:\n4:\n5:", {1: True}), ("1:\n2:\n3: 4\n4:\n5:", {3: 4}), ("1: yes, 2: no idea", {1: True, 2: UNCLEAR}), ("3: three or four", {3: UNCLEAR}), ("2: an hour or so\n5: thanks to Grace I passed", {2: 60, 5: "thanks to Grace I passed"}),
        ("Thanks for the reminder! Yes, about 50 minutes. 4/5. Grace was really helpful with my CV.", {1: True, 2: 50, 3: 4, 5: "Grace was really helpful with my CV."}), ("Yes, we met, and it was lovely.", {1: True}), ("Not yet, sorry, we'll meet next week!", {1: False}), ("", {}), ("Thanks!", {}), ("1: yes\n1: no", {1: UNCLEAR}), ("1: yes\n1: yes", {1: True}),
        ("1: yes, for 45 min", {1: True, 2: 45}), ("1 yes, 45 min, 4/5", {1: True, 2: 45, 3: 4}), ("17", {2: 17}), ("Hello,\nyes\n45 min\n4\n\nBest\nAda", {1: True, 2: 45, 3: 4}), ("1: yes\n\nI will write more soon.", {1: True}), ("1: yes\n9: 45", {1: True, 2: UNCLEAR}),
    ],
)  # fmt: skip
def test_terse_and_partial_replies(text: str, expected: dict[int, Any]) -> None:
    assert _told(text) == expected


def test_a_number_that_two_questions_could_mean_is_asked_again() -> None:
    assert _told("5") == {2: UNCLEAR, 3: UNCLEAR}
    two = (question("yes_no", 1, ask="Did you like it?"), question("yes_no", 2, ask="Shall we go on?"))
    assert _told("yes\nno", asked=two) == {1: True, 2: False}
    assert _told("yes", asked=two) == {1: UNCLEAR, 2: UNCLEAR}
    assert _told("yes and yes", asked=two) in ({1: UNCLEAR, 2: UNCLEAR}, {1: True, 2: True})


def test_answers_under_and_beside_their_questions() -> None:
    pieces = [(1, "yes"), (2, "45 minutes"), (3, "4"), (4, "b)"), (5, "We should meet more often.\n\nReally.")]
    assert _told(*pieces) == {1: True, 2: 45, 3: 4, 4: "video", 5: "We should meet more often.\n\nReally."}
    assert _told("Hi, answers below.", (1, "yes"), (3, "4"), "Best\nAda") == {1: True, 3: 4}
    assert _told("Sorry for the delay, it was a busy week for both of us!", (1, "no")) == {1: False}
    assert _told((1, "1: yes")) == {1: True}
    assert _told((1, "2: 45")) == {2: 45}
    assert _told("1: no", (1, "yes")) == {1: UNCLEAR}
    assert _told("yes", (2, "45 min")) == {1: True, 2: 45}


def test_under_one_question_several_may_be_answered() -> None:
    assert _told((1, "yes, 45 min, 4/5")) == {1: True, 2: 45, 3: 4}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes we met for 45 min, G1 is about 60% and G2 is stuck because my manager left.", {1: True, 2: 45, 3: {"1": {"score": 6, "state": None, "note": ""}, "2": {"score": None, "state": "stuck", "note": "because my manager left"}}}),
        ("1 yes, 40 min, G1 6, the role play helped", {1: True, 2: 40, 3: {"1": {"score": 6, "state": None, "note": ""}}, 4: "the role play helped"}),
        ("Yes. An hour. G1 6, G2 stuck.", {1: True, 2: 60, 3: BOTH}), ("yes 45 min G1 6 G2 stuck", {1: True, 2: 45, 3: BOTH}), ("yes, 45 min, G1 6, G2 stuck", {1: True, 2: 45, 3: BOTH}),
        ("Hi! Yes, we talked for half an hour. G1: 6, G2: stuck. Thanks!", {1: True, 2: 30, 3: BOTH}), ("yes\n45\nG1 6\nG2 stuck\nthe role play\nfinding time", {1: True, 2: 45, 3: BOTH, 4: "the role play", 5: "finding time"}),
        ("No, we could not find a time. G1 6, G2 stuck.", {1: False, 3: BOTH}), ("1) yes 2) 45 3) G1 6, G2 stuck", {1: True, 2: 45, 3: BOTH}), ("1. yes\n2. 45 min\n3. G1: 6\nG2: stuck\n4. role play\n5. nothing", {1: True, 2: 45, 3: BOTH, 4: "role play", 5: ""}),
        ("Yes we met for 45 min, G1 6, G2 stuck. It helped to practise the pitch.", {1: True, 2: 45, 3: BOTH, 4: "It helped to practise the pitch."}), ("G1 6, G2 stuck", {3: BOTH}), ("yes 45 min", {1: True, 2: 45}), ("no", {1: False}),
        ("We met on Tuesday and talked for an hour. G1 6. G2 stuck.", {1: True, 2: 60, 3: BOTH}),
    ],
)  # fmt: skip
def test_one_paragraph_that_answers_several(text: str, expected: dict[int, Any]) -> None:
    assert _told(text, asked=DEBRIEF) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ja, wir haben uns 45 Minuten getroffen, G1 6, G2 steckt fest."), ("de", "1: ja\n2: 45 Min\n3: G1 6, G2 steckt fest"), ("de", "ja, 45 Minuten, G1 6, G2 steckt fest"), ("es", "Sí, nos vimos 45 minutos, G1 6, G2 atascado."), ("es", "1: sí\n2: 45 min\n3: G1 6, G2 bloqueado"),
        ("fr", "Oui, nous nous sommes vus 45 minutes, G1 6, G2 bloqué."), ("fr", "1 : oui\n2 : 45 min\n3 : G1 6, G2 bloqué"), ("pt", "Sim, nos encontramos por 45 minutos, G1 6, G2 parado."), ("pt", "1: sim\n2: 45 min\n3: G1 6, G2 parado"), ("it", "Sì, ci siamo visti per 45 minuti, G1 6, G2 bloccato."), ("it", "1: sì\n2: 45 min\n3: G1 6, G2 fermo"),
        ("nl", "Ja, we hebben elkaar 45 minuten gesproken, G1 6, G2 vastgelopen."), ("nl", "1: ja\n2: 45 min\n3: G1 6, G2 zit vast"),
    ],
)  # fmt: skip
def test_paragraphs_and_lists_in_other_languages(language: str, text: str) -> None:
    asked = (question("yes_no", 1, name="met", ask=MET[language]), *DEBRIEF[1:])
    assert _told(text, asked=asked, language=language) == {1: True, 2: 45, 3: BOTH}


def test_an_answer_in_another_language_than_the_letters_is_still_read() -> None:
    assert _told("1: Ja\n2: eine halbe Stunde\n3: vier") == {1: True, 2: 30, 3: 4}
    assert _told("Sí, 45 minutos") == {1: True, 2: 45}


@pytest.mark.req("AHE-24", "AHE-25")
def test_lines_named_by_their_field() -> None:
    asked = (
        question("text", 1, name="lesson", optional=True),
        question("text", 2, name="achievement", optional=True),
        question("text", 3, name="done_well", optional=True),
    )
    assert _told("lesson: ask early\nachievement: passed the exam", asked=asked) == {
        1: "ask early",
        2: "passed the exam",
    }
    assert _told("Done well: listens\nto everybody", asked=asked) == {3: "listens\nto everybody"}


def test_a_single_open_question_takes_the_whole_reply_but_not_the_thanks() -> None:
    asked = (question("text", 1, ask="Tell us about yourself"),)
    assert _told("Hi,\n\nI grew up in Graz.\n\nI like maps.\n\nBest regards\nAda", asked=asked) == {
        1: "I grew up in Graz.\n\nI like maps."
    }
    assert _told("Thanks!", asked=asked) == {}


def test_who_only_says_yes_and_a_length_gets_no_text_recorded() -> None:
    for text in ("yes 45 min", "Yes, 45 min. Thanks!", "Hi, yes, 45 minutes.\n\nCheers\nAda", "yes\n45"):
        assert _told(text, asked=DEBRIEF) == {1: True, 2: 45}


def test_goals_of_two_pairings_in_one_letter_are_not_mixed() -> None:
    asked = (question("goals", 1, goals=GOALS), question("goals", 2, goals=GOALS))
    assert _told("G1 6", asked=asked) == {1: UNCLEAR, 2: UNCLEAR}
    assert _told("1: G1 6\n2: G1 7", asked=asked)[2]["1"]["score"] == 7


def test_slots_beside_other_questions() -> None:
    asked = (
        question("slots", 1, slots=OFFERED),
        question("choices", 2, options=("video", "phone", "email")),
        question("text", 3, name="rhythm", optional=True),
    )
    told = _told("1: b and c\n2: a, c", asked=asked)
    assert [each["start"][8:10] for each in told[1]] == ["16", "17"]
    assert told[2] == ["video", "email"]


def test_a_correction_is_read_like_an_answer() -> None:
    found = answer("30 minutes", SHORT[1], context())
    assert isinstance(found, Value)
    assert found.value == 30
    assert isinstance(answer("a while", SHORT[1], context()), Unclear)
    assert answer("  ", SHORT[1], context()) is None


def test_evidence_is_in_the_writers_own_words() -> None:
    found = answers(cut("1: Yes, we DID – twice!"), SHORT, context())[1]
    assert found.evidence == "Yes, we DID – twice!"


def test_a_numbered_list_under_an_open_question_is_its_answer() -> None:
    asked = (question("text", 1, name="goals"), question("text", 2, name="improve", optional=True))
    listed = "1. lead a team meeting\n2. pass the exam"
    assert _told((1, listed), asked=asked) == {1: listed}
    assert _told("1: lead a team meeting\n2: speaking up", asked=asked) == {1: "lead a team meeting", 2: "speaking up"}


def test_no_questions_no_answers() -> None:
    assert answers(cut("yes"), (), context()) == {}


def test_letters_side_by_side_are_options_of_one_question() -> None:
    from coordinator.core.answers_order import letters_together

    assert letters_together(["a", "b"]) == ["a, b"]
    assert letters_together(["1 a", "b", "yes", "c"]) == ["1 a, b", "yes", "c"]


def test_an_answer_that_fits_several_questions_is_for_the_one_that_the_letter_needs():
    needed = question("choice", 1, name="next", ask="How do you meet next?", options=("phone", "video", "in person"))
    asked = question("choice", 2, name="then", ask="And after that?", options=("phone", "video", "text"), optional=True)
    assert _told("b", asked=(needed, asked)) == {1: "video"}
    assert _told("b", asked=(needed, replace(asked, field=replace(asked.field, optional=False)))) == {
        1: UNCLEAR,
        2: UNCLEAR,
    }
