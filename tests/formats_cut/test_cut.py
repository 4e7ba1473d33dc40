"""What the cut promises, one promise a test."""

import pytest

from coordinator.core.reading import Cut
from coordinator.formats.cut import Ours, cut
from tests.formats_cut.letters import LETTERS, OURS

LETTER = LETTERS["en"]
QUOTE = "\n".join(f"> {line}".rstrip() for line in LETTER.text.rstrip("\n").split("\n"))
ATTRIBUTION = f"On Tue, 3 Nov 2026 at 09:14, {OURS.name} <{OURS.address}> wrote:"


def aligned(text: str, *, ours: Ours = OURS) -> Cut:
    return cut(text, parent=LETTER.text, questions=LETTER.questions, ours=ours)


def pieces(found: Cut) -> list[tuple[str, int | None, bool]]:
    return [(piece.text, piece.after, piece.same_line) for piece in found.pieces]


def labels(found: Cut, text: str) -> dict[str, str]:
    return {span.label: text[span.start : span.end].strip() for span in found.spans}


def test_an_answer_on_the_line_of_its_question_says_so() -> None:
    found = aligned(QUOTE.replace("last mail?", "last mail? Yes"))
    assert pieces(found) == [("Yes", 1, True)]


def test_an_answer_under_a_question_knows_the_question() -> None:
    found = aligned(QUOTE.replace("> 3.", "an hour\n\n> 3."))
    assert pieces(found) == [("an hour", 2, False)]


def test_an_answer_above_the_quotation_stands_under_no_question() -> None:
    assert pieces(aligned(f"yes\n\n{ATTRIBUTION}\n\n{QUOTE}")) == [("yes", None, False)]


def test_a_short_answer_in_the_words_of_the_hint_does_not_vanish() -> None:
    found = aligned(QUOTE.replace("(yes or no)", "(yes or no)\n\nno\n"))
    assert pieces(found) == [("no", 1, False)]


def test_a_number_before_the_answer_is_the_persons_own() -> None:
    found = aligned(QUOTE.replace("(yes or no)", "(yes or no)\n\n2. yes\n"))
    assert pieces(found) == [("2. yes", 1, False)]


def test_our_words_in_a_sentence_of_theirs_stay_theirs() -> None:
    text = "Yes, we met since my last mail, and we know what helped and what was hard."
    assert aligned(f"{text}\n\n{ATTRIBUTION}\n\n{QUOTE}").text == text


def test_a_choice_repeated_from_our_list_stays_an_answer() -> None:
    parent = "How often did you meet this month?\na) We met once a month\nb) We met twice a month\n\nThank you for it."
    questions = ((1, "How often did you meet this month?"),)
    assert cut("We met twice a month", parent=parent, questions=questions).text == "We met twice a month"


def test_of_two_questions_in_the_same_words_the_number_decides() -> None:
    asked = "Did you two meet since my last mail?"
    parent = f"About Bob.\n\n1. {asked}\n   (yes or no)\n\nAbout Cleo.\n\n2. {asked}\n   (yes or no)\n\nThank you."
    text = f"> 2. {asked}\nno\n"
    assert pieces(cut(text, parent=parent, questions=((1, asked), (2, asked)))) == [("no", 2, False)]


def test_a_line_typed_under_a_goal_carries_the_name_of_the_goal() -> None:
    goals = (
        "1. Where does each goal stand?\n   (0 to 10)\n   G1  Lead a team meeting\n   G2  Pass the exam\n\nThat is all."
    )
    questions = ((1, "Where does each goal stand?"),)
    text = (
        "> 1. Where does each goal stand?\n>    (0 to 10)\n>    G1  Lead a team meeting\n7\n>    G2  Pass the exam\n5\n"
    )
    found = cut(text, parent=goals, questions=questions)
    assert [(piece.text, piece.after) for piece in found.pieces] == [("G1: 7", 1), ("G2: 5", 1)]
    assert found.text == "7\n5"


def test_a_score_typed_on_a_goals_line_carries_the_name_of_the_goal() -> None:
    goals = "1. Where does each goal stand?\n   G1  Lead a team meeting\n   G2  Pass the exam\n\nThat is all."
    text = "1. Where does each goal stand?\n   G1  Lead a team meeting\n   G2  Pass the exam: 5\n\nThat is all."
    found = cut(text, parent=goals, questions=((1, "Where does each goal stand?"),))
    assert [piece.text for piece in found.pieces] == ["G2: 5"]


def test_a_line_that_names_our_mail_above_the_quotation_is_attribution_in_any_language() -> None:
    unknown = f"Ye lundo 2026-11-03 09:14 {OURS.name} skrubis:"
    text = f"jes\n\n{unknown}\n\n{QUOTE}"
    found = aligned(text)
    assert found.text == "jes"
    assert labels(found, text)["attribution"] == unknown


def test_a_date_under_a_question_is_an_answer_and_no_attribution() -> None:
    found = aligned(QUOTE.replace("> 3.", "Tue 3 Nov 2026 at 15:00:\n> 3."))
    assert pieces(found) == [("Tue 3 Nov 2026 at 15:00:", 2, False)]


def test_what_was_quoted_of_an_older_mail_is_not_read_again() -> None:
    older = "\n".join(f">{line}" for line in f"> yes, 30\n\n{ATTRIBUTION}\n{QUOTE}".split("\n"))
    assert aligned(f"Correction: 45\n\nOn Wed, 4 Nov 2026, Anna <anna@example.com> wrote:\n{older}").text == (
        "Correction: 45"
    )


def test_several_numbered_answers_below_the_last_question_belong_to_no_one_question() -> None:
    trimmed = QUOTE.split("> A one-line")[0]
    assert pieces(aligned(f"{trimmed}\n1. yes\n2. 45\n")) == [("1. yes\n2. 45", None, False)]


def test_without_our_mail_the_questions_alone_are_anchors() -> None:
    text = f"{ATTRIBUTION}\n\n" + QUOTE.replace("(yes or no)", "(yes or no)\n\nno\n").replace("talk?", "talk? 45")
    found = cut(text, questions=LETTER.questions)
    assert pieces(found) == [("no", 1, False), ("45", 2, True)]


def test_without_our_mail_an_unmarked_copy_is_read_between_its_questions() -> None:
    copy = f"From: {OURS.name} <{OURS.address}>\nSent: 2026-11-03\nSubject: Hi\n\n"
    copy += "".join(f"{number}. {ask}\nanswer {number}\n\n" for number, ask in LETTER.questions)
    found = cut(f"hello\n\n{copy}Kind words of ours\n", questions=LETTER.questions)
    assert pieces(found)[:3] == [("hello", None, False), ("answer 1", 1, False), ("answer 2", 2, False)]
    assert "Kind words" not in found.text


TYPED = {1: "yes", 2: "45", 5: "nothing to add"}
GONE = "\n\n".join(
    f"{number}. {ask}\n   ({hint})" for (number, ask), hint in zip(LETTER.questions, LETTER.hints, strict=True)
)


def _typed_inside(blank: str = ">") -> str:
    """Answers on lines of their own under their hints, marked as quoted like everything else."""
    lines = []
    for line in QUOTE.split("\n"):
        lines.append(line)
        number = next((n for n, hint in enumerate(LETTER.hints, start=1) if line.strip("> ") == f"({hint})"), 0)
        lines += [f"> {TYPED[number]}"] if number in TYPED else []
    return "\n".join(line if line.strip("> ") else blank for line in lines if blank or line.strip("> "))


def test_without_our_mail_what_was_typed_inside_the_marks_between_two_questions_is_theirs() -> None:
    found = cut(f"{ATTRIBUTION}\n\n{_typed_inside()}", questions=LETTER.questions, asked=GONE, buttons=())
    assert pieces(found) == [("yes", 1, False), ("45", 2, False), ("nothing to add", 5, False)]
    assert cut(_typed_inside(), questions=LETTER.questions, asked=GONE).text == "", "prose may part the questions"


def test_without_our_mail_nothing_under_the_last_question_is_theirs_where_the_blank_lines_are_gone() -> None:
    found = cut(_typed_inside(blank=""), questions=LETTER.questions, asked=GONE, buttons=())
    assert pieces(found) == [("yes", 1, False), ("45", 2, False)]


@pytest.mark.parametrize("shown", ["> Yes\n> No", "> YesNo", "> (a hint of long ago)\n> a) an option"])
def test_without_our_mail_neither_its_buttons_nor_a_hint_that_changed_is_an_answer(shown: str) -> None:
    text = QUOTE.replace("> 2.", f"{shown}\n> 2.")
    assert cut(text, questions=LETTER.questions, asked=GONE, buttons=("Yes", "No")).text == ""


def test_without_our_mail_the_name_below_it_is_no_answer_to_the_last_question() -> None:
    text = f"{QUOTE.replace('> 3.', 'yes' + chr(10) + '> 3.')}\n\nAnna\n"
    found = cut(text, questions=LETTER.questions, asked=GONE, buttons=(), writer="Anna Example")
    assert pieces(found) == [("yes", 2, False)]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (f"yes--- {ATTRIBUTION}\n> Hello", "yes"),
        ("Here it is:\n>>> www.example.org <<<\nSee you", "Here it is:\n>>> www.example.org <<<\nSee you"),
        ("yes\n\n> The page (http://www.example.org/a\n_b?c=3)\n> is new", "yes"),
        ("yes\n\n> See\nhttp://www.example.org/a-long-way\n> for more", "yes"),
    ],
    ids=["drawn onto the attribution", "arrows of its own", "the rest of a link", "a link between quoted lines"],
)
def test_the_rules_alone_know_what_programs_and_people_draw(text: str, new: str) -> None:
    assert cut(text).text == new


@pytest.mark.parametrize(
    ("label", "passage"),
    [
        ("signature", "-- \nAnna Example\nLondon"),
        ("signature", "Viele Grüße\nAnna"),
        ("signature", "Anna Example\nEditor | Example Press\nTel. +44 20 7946 0000"),
        ("tagline", "Sent from my iPhone"),
        ("tagline", "iPhoneから送信"),
        ("tagline", "Get Outlook for Android<https://aka.ms/AAb9ysg>"),
        (
            "disclaimer",
            "This e-mail is confidential. If you are not the intended recipient, notify the sender and delete it.",
        ),
        ("disclaimer", "Please consider the environment before printing this e-mail."),
    ],
)
def test_what_stands_beside_the_answer_is_labelled_and_not_thrown_away(label: str, passage: str) -> None:
    text = f"yes, we met\n\n{passage}\n\n{ATTRIBUTION}\n\n{QUOTE}\n"
    found = aligned(text)
    assert found.text == "yes, we met"
    assert labels(found, text)[label] == passage


def test_a_gateways_banner_is_no_answer_whether_above_the_reply_or_inside_the_quotation() -> None:
    note = "CAUTION: This email originated from outside the organization. Do not click links."
    assert aligned(f"{note}\n\nyes\n\n{ATTRIBUTION}\n\n{QUOTE}").text == "yes"
    assert aligned(f"yes\n\n{ATTRIBUTION}\n\n> {note}\n>\n{QUOTE}").text == "yes"


BUTTONS = "Hello Anna,\n\n1. Did you two talk since my last mail?\n(yes or no)\nYesNo\n2. How long did you talk?\n\nThat is all."
ASKED = ((1, "Did you two talk since my last mail?"), (2, "How long did you talk?"))


@pytest.mark.parametrize("shown", ["YesNo", "Yes  No", "Yes\tNo", "Yes\nNo"])
def test_the_buttons_of_our_html_part_are_no_answer_however_they_are_shown(shown: str) -> None:
    text = BUTTONS.replace("YesNo", shown).replace("(yes or no)", "(yes or no)\n\nno\n")
    assert [(piece.text, piece.after) for piece in cut(text, parent=BUTTONS, questions=ASKED).pieces] == [("no", 1)]


def test_a_button_shown_as_text_with_the_mail_it_opens_is_no_answer() -> None:
    link = "<mailto:mentoring%2Babc@example.org?subject=Re%3A&body=1%3A%20yes>"
    for shown in (f"Yes {link} No {link}", f"Yes\n{link}\nNo\n{link}"):
        text = "\n".join(f"> {line}" for line in BUTTONS.replace("YesNo", shown).split("\n"))
        assert cut(f"no\n\n{text}", parent=BUTTONS, questions=ASKED).text == "no"


def test_bold_marks_around_a_quoted_question_stay_with_the_question() -> None:
    found = aligned(
        QUOTE.replace("1. Did you two meet since my last mail?", "1. *Did you two meet since my last mail?* yes")
    )
    assert pieces(found) == [("yes", 1, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Best",
        "Thank you",
        "From: 10:00\nTo: 11:00",
        "My iPhone broke, so we did not meet",
        "Please keep this email confidential, my mentor and I would like to talk about the error in private first.",
        "Bob wrote on 3 Nov 2026 at 10:00:\nwe should meet",
        "I started a new job.\n\nAnna",
        "+",
        "–",
    ],
)
def test_words_that_look_like_furniture_are_not_lost(text: str) -> None:
    assert cut(text).text == text


def test_an_attribution_that_shares_its_line_with_the_answer_leaves_the_answer() -> None:
    assert aligned(f"yes, 45 min {ATTRIBUTION}\n{QUOTE}").text == "yes, 45 min"


def test_what_lies_beyond_the_limits_is_labelled_and_not_read() -> None:
    text = "yes\n" + "word " * 20_000
    found = cut(text)
    assert found.spans[-1].reason == "beyond what is read of a body"
    assert found.spans[-1].end == len(text)
    assert len(found.text) <= 65_536
    assert cut("a\n" * 3_000).spans[-1].start == 4_000


def test_nothing_in_gives_nothing_out() -> None:
    assert cut("") == Cut(text="", spans=(), pieces=())
    assert cut("", parent="", questions=((1, ""),)).pieces == ()


def test_the_code_of_our_letter_is_no_word_of_its_writer() -> None:
    found = cut("1: yes\n2: 45\n\nRef: KH7P-2M4Q\n")
    assert found.text == "1: yes\n2: 45"
    assert [s.reason for s in found.spans if s.label == "tagline"] == ["the code of our letter"]
