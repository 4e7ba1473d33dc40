"""Every word of a reply ends in an answer, in what is asked once more, in a command, or in what is kept beside them."""

import pytest

from coordinator.core.answers_polite import politeness_removed
from coordinator.core.answers_text import tokens
from coordinator.core.reading import Unclear, Value
from coordinator.core.remainder import left_over
from tests.cli.running import run
from tests.e2e.chapters import MAYA, Chapter, number, on_maildir
from tests.e2e.seasons import met
from tests.replies.letters_sent import context, letter, read_reply
from tests.replies.test_written import WRITTEN
from tests.replies.written import Written

STRANGE = ("Quokkas zebra lantern wardrobe", "Brunhild giraffe perambulator nine")


@pytest.fixture
def chapter(tmp_path) -> Chapter:
    return on_maildir(tmp_path / "elm")


def _accounted(one: Written) -> set[str]:
    """Words of evidence, of values that are words, of questions, and of what is left over."""
    reading = read_reply(one.raw(), one.to, one.language)
    questions = one.to.draft.letter.questions
    texts = [found.evidence for found in reading.answers.values()]
    texts += [found.value for found in reading.answers.values() if isinstance(found, Value | Unclear)
              and isinstance(getattr(found, "value", None), str)]  # fmt: skip
    texts += left_over(reading.text or "", reading.answers, context(one.language), questions)
    return {word for text in texts for word in tokens(text).texts}


def _is_signed(one: Written) -> bool:
    """Whether it ends, as its mail program wrapped it, with a closing, a name or a signature."""
    read = (read_reply(one.raw(), one.to, one.language).text or "").rstrip()
    kept = " ".join(politeness_removed(read, context(one.language)).split())
    return not " ".join(one.said.split()).endswith(kept[-9:])


@pytest.mark.parametrize("strange", STRANGE)
def test_a_sentence_about_nothing_that_was_asked_is_left_over_in_every_mail_of_the_drawer(strange: str):
    lost = []
    for one in WRITTEN[:: 9 if strange == STRANGE[0] else 11]:
        if one.form not in ("new", "top") or one.said.startswith("@"):
            continue
        if "-- " in one.said or _is_signed(one):
            continue  # What follows a name is a signature.
        more = one._replace(said=f"{one.said}\n\n{strange}.")
        if not set(tokens(strange).texts) <= _accounted(more):
            lost.append((one.name, more.said))
    assert lost == []


def test_what_was_answered_is_not_left_over():
    to = letter("debrief")
    reading = read_reply(next(one for one in WRITTEN if one.said.startswith("1. yes\n2. 40\n3. G1 6")).raw(), to, "en")
    assert left_over(reading.text or "", reading.answers, context("en"), to.draft.letter.questions) == ()


@pytest.mark.parametrize("polite", ["Thanks for asking!", "Hi there,", "Have a nice weekend.", "Best regards\nAda"])
def test_kind_words_are_not_left_over(polite: str):
    to, answers = letter("debrief"), {1: Value(value=True, evidence="Yes")}
    assert left_over(f"Yes.\n{polite}", answers, context("en"), to.draft.letter.questions) == ()


def test_a_remark_beside_the_answers_is_kept_for_its_writer_alone(chapter: Chapter):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    met_, minutes = number(debrief, "Did you two"), number(debrief, "How long")
    chapter.reply(debrief, f"{met_}. yes\n{minutes}. 40 min\n\nMy landlady sells the house in May.")
    (note,) = [a for a in chapter.pair.answers if a.field == "beside"]
    assert (note.value, note.visibility) == ("My landlady sells the house in May.", "private")
    receipt = (
        chapter.last(MAYA, "landlady") if chapter.to(MAYA, "landlady") else chapter.wait_for(MAYA, "landlady", days=4)
    )
    assert "My landlady sells the house in May." in " ".join(receipt.parent.text.split())
    assert chapter.held() == []
    assert not [x for _, x in chapter.letters if "landlady" in x.parent.text and x.parent.recipient != MAYA]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("{met}. yes, but she seemed tired\n{long}. 40", "yes, but she seemed tired"),
        ("{met}. Yes. My landlady sells the house in May.\n{long}. 40 min", "My landlady sells the house in May."),
        ("{met}. ja, sie war aber sehr müde\n{long}. 40 Minuten", "ja, sie war aber sehr müde"),
        ("{met}. oui (elle avait l'air fatiguée)\n{long}. 40", "oui (elle avait l'air fatiguée)"),
        ("{met}. yes\n{long}. 40 minutes, as her train was late again", "40 minutes, as her train was late again"),
    ],
)
def test_a_remark_on_the_line_of_an_answer_is_kept_for_its_writer_alone(chapter: Chapter, said: str, kept: str):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    chapter.reply(debrief, said.format(met=number(debrief, "Did you two"), long=number(debrief, "How long")))
    assert chapter.pair.meetings[0].minutes == 40
    (note,) = [a for a in chapter.pair.answers if a.field == "beside"]
    assert (note.value, note.visibility) == (kept, "private")
    assert chapter.held() == []
    chapter.wait(days=4)
    assert [letter for letter in chapter.to(MAYA) if kept in " ".join(letter.parent.text.split())]


@pytest.mark.parametrize(
    "said",
    [
        "yes. Please send invites to my work calendar",
        "Yes, please send invites to my work calendar.",
        "ja. Bitte schickt die Einladungen an meinen anderen Kalender.",
        "sí. Por favor, envíen las invitaciones a mi otro calendario.",
        "oui, envoyez les invitations ailleurs, s'il vous plaît.",
        "sì. Per favore mandate gli inviti all'altro calendario.",
        "ja. Stuur de uitnodigingen alstublieft naar mijn andere agenda.",
        "sim. Por favor mandem os convites para a minha outra agenda.",
    ],
)
def test_a_wish_on_the_line_of_an_answer_waits_for_a_human_and_the_answer_counts(chapter: Chapter, said: str):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    chapter.reply(debrief, f"{number(debrief, 'Did you two')}. {said}\n{number(debrief, 'How long')}. 40 min")
    assert chapter.pair.meetings[0].minutes == 40
    (held,) = chapter.held()
    assert held.reason == "a question stands beside the answers"


@pytest.mark.parametrize(
    "said",
    ["yes, we did\n{long}. 40", "Yes, we did! It was great.\n{long}. about 40 min", "yes please, thanks\n{long}. 40"],
)
def test_what_only_says_yes_again_is_not_left_over(chapter: Chapter, said: str):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    chapter.reply(debrief, f"{number(debrief, 'Did you two')}. {said.format(long=number(debrief, 'How long'))}")
    assert not [a for a in chapter.pair.answers if a.field == "beside"]
    assert chapter.held() == []


def test_a_question_beside_the_answers_waits_for_a_human_and_the_answers_count(chapter: Chapter):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    met_, minutes = number(debrief, "Did you two"), number(debrief, "How long")
    chapter.reply(debrief, f"{met_}. yes\n{minutes}. 40 min\n\nWho pays for the train ticket?")
    assert chapter.pair.meetings[0].minutes == 40
    (held,) = chapter.held()
    assert held.reason == "a question stands beside the answers"
    shown = run("--chapter", chapter.folder, "held", "show", held.id).out
    assert "[new: " in shown
    assert "  | Who pays for the train ticket?" in shown
    assert "[quote: " in shown


@pytest.mark.parametrize(
    "said",
    ["{}: Yes, we did. Could somebody tell me about the train ticket?", "{}: No, sadly not. Who pays the ticket?"],
)
def test_a_question_behind_a_yes_or_no_on_its_line_waits_for_a_human_too(chapter: Chapter, said: str):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    chapter.reply(debrief, said.format(number(debrief, "Did you two")))
    assert [a.value for a in chapter.pair.answers if a.field == "met"] == ["Yes" in said]
    (held,) = chapter.held()
    assert held.reason == "a question stands beside the answers"


@pytest.mark.parametrize("words", ["Did you two talk", ", 08:00 (Berlin): you and", "Meet Mona"])
def test_a_question_alone_waits_for_a_human_at_once_and_nothing_is_asked_again(chapter: Chapter, words: str):
    met(chapter)
    before, open_ = len(chapter.to(MAYA)), chapter.pair.asked
    chapter.reply(chapter.last(MAYA, words), "Hello,\n\nWho of you pays for the train ticket?\n\nThanks\nMaya")
    (held,) = chapter.held()
    assert held.state == "waiting"
    assert chapter.pair.asked == open_
    assert len(chapter.to(MAYA)) == before


def test_a_question_that_is_an_answer_is_kept_as_one(chapter: Chapter):
    chapter.tick()
    chapter.reply(chapter.last(MAYA), {1: "b", 2: "a", 4: "Why did I ever leave the sea and its boats?"})
    assert any(a.value == "Why did I ever leave the sea and its boats?" for a in chapter.pair.answers)
    assert chapter.held() == []


@pytest.mark.parametrize("to", ["a letter", "an invitation", "nothing"])
def test_a_question_beside_an_order_waits_for_a_human_and_the_order_is_obeyed(chapter: Chapter, to: str):
    met(chapter)
    said = "pause until 1 June\n\nWho pays for the train ticket?"
    if to == "nothing":
        chapter.deliver(chapter.new_mail(said, "Hello"))
    else:
        words = "Did you two talk" if to == "a letter" else ", 08:00 (Berlin): you and"
        chapter.reply(chapter.last(MAYA, words), said)
    assert chapter.person(MAYA).status == "paused"
    (held,) = chapter.held()
    assert held.reason == "a question stands beside the answers"


def test_a_remark_beside_an_order_is_kept_for_its_writer_and_brings_no_letter(chapter: Chapter):
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), "pause until 1 June\n\nMy landlady sells the house in May.")
    (note,) = [a for a in chapter.pair.answers if a.field == "beside"]
    assert (note.value, note.visibility) == ("My landlady sells the house in May.", "private")
    assert chapter.held() == []


@pytest.mark.parametrize("said", ["4) her patience 1) yes 2) 40", "2: 40 4: her patience 1: yes"])
def test_numbers_out_of_order_on_one_line_are_labels_all_the_same(said: str):
    one = Written("shuffled-en-debrief", "en", letter("debrief"), "new", said, {})
    reading = read_reply(one.raw(), one.to, "en")
    assert {n: found.value for n, found in reading.answers.items() if isinstance(found, Value)} == {
        1: True,
        2: 40,
        4: "her patience",
    }


def test_a_list_inside_an_open_answer_stays_part_of_it():
    said = "4) two things she said: 1) slow down a little 2) ask for what you need"
    one = Written("list-en-debrief", "en", letter("debrief"), "new", said, {})
    (found,) = read_reply(one.raw(), one.to, "en").answers.values()
    assert found.evidence.endswith("ask for what you need")


@pytest.mark.parametrize("written", ["PS: I move to Lyon in May.", "P.S. I move to Lyon in May.", "PPS I move in May."])
@pytest.mark.parametrize("close", ["Best\nAda", "Thanks,\nAda", "-- \nAda Byron\nElm Hospital"])
def test_a_postscript_below_a_signature_is_no_part_of_it(written: str, close: str):
    one = Written("postscript-en-debrief", "en", letter("debrief"), "top", f"yes, 40 min\n\n{close}\n\n{written}", {})
    assert read_reply(one.raw(), one.to, "en").text == f"yes, 40 min\n{written}"


def test_an_answer_that_is_a_question_itself_is_an_answer(chapter: Chapter):
    chapter.tick()
    introduction = chapter.last(MAYA)
    about = "I grew up in Leeds, and what comes next for me, more people or more depth?"
    chapter.reply(introduction, f"1: a\n{number(introduction, 'a few lines about you')}: {about}")
    assert not chapter.held()
    assert about in [" ".join(str(answer.value).split()) for answer in chapter.pair.answers]
