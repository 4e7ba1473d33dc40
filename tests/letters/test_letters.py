"""What letters say: every one in every language, their questions, their frame, several of them in one."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.core.first_items import first_items
from coordinator.core.program import Prompt
from coordinator.errors import CoordinatorError
from coordinator.formats import letters
from coordinator.formats.letter_context import EMPTY, complete
from coordinator.formats.letter_samples import sample
from tests.letters.some import CHAPTER, MONDAY, draft, effect, every_letter, html_of, program, text_of, with_section

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize(("prompt", "language"), every_letter())
def test_each_letter_reads_as_its_snapshot(prompt: str, language: str) -> None:
    """Run with UPDATE_SNAPSHOTS=1 to accept what changed, then read the difference."""
    written = letters.preview(program(), prompt, language, CHAPTER, html=False)
    path = SNAPSHOTS / language / f"{prompt}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: run with UPDATE_SNAPSHOTS=1"
    assert written == path.read_text(encoding="utf-8")


def test_no_snapshot_stands_for_a_letter_that_is_gone() -> None:
    kept = {(path.stem, path.parent.name) for path in SNAPSHOTS.glob("*/*.txt")}
    assert kept == set(every_letter())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", ["mentee", "mentor", "advisor", "coordinator"])
def test_each_letter_can_be_written_to_each_role_with_nothing_known(language: str, role: str) -> None:
    for prompt in program().prompts:
        made = effect(prompt, language)
        nothing = {**EMPTY, "me": {"first_name": "Ada", "name": "Ada", "role": role}}
        section = replace(made.sections[0], context=nothing)
        bare = replace(made, sections=(section,), footer={})
        assert "Ref: ABCD-EFGH" in draft(bare).text


@pytest.mark.parametrize("first", [True, False])
def test_each_letter_can_be_written_with_everything_known(first: bool) -> None:
    for prompt, language in every_letter():
        for role in ("mentee", "mentor"):
            known = {**sample(role), "first": first, "due": "Fri 6 March", "alert": ["one", "two"]}
            assert draft(effect(prompt, language, **known)).text


def test_an_unknown_language_is_answered_in_english() -> None:
    made = effect("debrief")
    made = replace(made, letter=replace(made.letter, language="fi"))
    assert "Did you two talk" in draft(made).text


def test_the_same_letter_has_the_same_bytes() -> None:
    assert draft(effect("debrief")).raw == draft(effect("debrief")).raw


def test_the_draft_keeps_the_exact_text_of_the_text_part() -> None:
    for prompt, language in every_letter():
        made = draft(effect(prompt, language))
        assert text_of(made) == made.text


def test_questions_are_numbered_as_the_letter_says_with_their_hints_three_spaces_in() -> None:
    lines = draft(effect("debrief")).text.split("\n")
    at = lines.index("1. Did you two talk since my last mail?")
    assert lines[at + 1 : at + 4] == ["   (yes or no)", "", "2. How long, about?"]
    assert "   G1  Lead a team meeting every month" in lines


def test_the_draft_keeps_each_question_as_it_was_finally_asked() -> None:
    made = draft(effect("goals-mentor"))
    assert made.letter.questions[0].field.ask == "What do you expect from Ada, and what may Ada expect from you?"
    assert made.letter.subject == "What do you hope for, with Ada?"


def test_a_question_that_was_asked_before_is_text_and_not_a_template() -> None:
    made = effect("debrief")
    asked = replace(made.letter.questions[0].field, ask="Is {{ 7*7 }} {{ me.name }} it?")
    questions = (replace(made.letter.questions[0], field=asked),)
    written = draft(replace(made, letter=replace(made.letter, questions=questions)))
    assert "1. Is {{ 7*7 }} {{ me.name }} it?" in written.text
    assert "{{ 7*7 }}" in html_of(written)


def test_only_the_questions_that_are_open_are_asked_and_keep_their_numbers_in_both_parts() -> None:
    made = effect("debrief")
    second, fifth = made.letter.questions[1], made.letter.questions[4]
    written = draft(replace(made, letter=replace(made.letter, questions=(second, fifth))))
    assert "2. How long, about?" in written.text
    assert "5. What is hard right now?" in written.text
    assert "1. " not in written.text
    assert '<li value="2"' in html_of(written)
    assert '<li value="5"' in html_of(written)


def test_a_question_looks_like_a_question_even_when_it_is_the_only_one() -> None:
    for prompt in ("no-news", "debrief"):
        assert re.search(
            r'<li value="1"[^>]*>\s*<p[^>]*><b>.*?</b><br>\s*<span class="hint"', html_of(draft(effect(prompt)))
        )


def test_no_letter_speaks_of_its_questions_by_number_for_in_company_they_have_others() -> None:
    for prompt, language in every_letter():
        body = re.sub(r"`[^`]*`", "", program().prompt(prompt, language).body)
        assert not re.search(r"(question|under|pregunta|en) \d", body), prompt


def test_several_prompts_make_one_letter_with_one_greeting() -> None:
    made = draft(with_section(effect("agenda"), "debrief", "p1/debrief/1"))
    assert made.text.count("Hello Ada,") == 1
    assert made.text.count("Ref: ABCD-EFGH") == 1
    assert "## What would you like to talk about with Grace?" in made.text
    assert "## How is it going with Grace?" in made.text
    assert made.letter.subject == "What would you like to talk about with Grace? (and 1 more)"
    assert [question.number for question in made.letter.questions] == [1, 2, 3, 4, 5, 6, 7]
    assert "3. Did you two talk since my last mail?" in made.text


def test_a_merged_letter_never_mixes_two_partners() -> None:
    ida = {"first_name": "Ida", "name": "Ida Tacke", "role": "mentor", "address": "ida@example.org"}
    made = draft(with_section(effect("debrief-mentor"), "goals-mentor", "p2/goals", partner=ida))
    asks = [question.field.ask for question in made.letter.questions]
    assert "One suggestion for Ada?" in asks
    assert "What do you expect from Ida, and what may Ida expect from you?" in asks
    assert " – you and Ada." in " ".join(made.text.split())
    assert "6, 7, 8 – you and Ida." in " ".join(made.text.split())


def test_a_section_without_context_speaks_of_what_the_first_one_knows() -> None:
    made = with_section(effect("receipt"), "unclear", "p1/debrief/1")
    sections = (made.sections[0], replace(made.sections[1], context={}))
    questions = tuple(replace(question, key="p1/debrief/1") for question in effect("debrief").letter.questions[1:2])
    written = draft(replace(made, sections=sections, letter=replace(made.letter, questions=questions)))
    assert "2. How long, about?" in written.text


def test_a_reminder_says_so_kindly() -> None:
    made = effect("debrief")
    again = replace(made, sections=(replace(made.sections[0], nudge=True),))
    assert "A friendly second try" in draft(again).text
    assert "A friendly second try" not in draft(made).text


def test_receipts_are_told_with_the_next_letter_and_never_twice() -> None:
    lines = ("2: 45 minutes", "G1: 6")
    for prompt in ("agenda", "receipt"):
        made = draft(replace(effect(prompt, received=[], fixable=2), receipts=lines))
        assert made.text.count("- 2: 45 minutes") == 1
        assert "fix 2: " in made.text


def test_what_silence_means_is_said_in_each_letter_that_asks_and_reminds() -> None:
    for prompt, language in every_letter():
        declared = program().prompt(prompt, language)
        if declared.silence:
            text = " ".join(draft(effect(prompt, language)).text.split())
            assert text.count(declared.silence.split("{{")[0].strip()) == 1


def test_questions_and_silence_are_said_even_where_the_letter_forgets_them() -> None:
    forgetful = replace(program().prompt("debrief", "en"), body="Hi.")
    of = replace(program(), prompts={**program().prompts, "debrief": {"en": forgetful}})
    text = draft(effect("debrief"), of=of).text
    assert "1. Did you two talk since my last mail?" in text
    assert "If I hear nothing" in text


@pytest.mark.req("AMIA-12")
def test_each_letter_to_the_pair_names_the_advisor_and_how_to_pause_stop_and_get_help() -> None:
    for prompt, language in every_letter():
        if prompt in ("summary", "alert", "month", "held-note", "bounced-alert", "help-alert", "conflict-coordinator"):
            continue
        text = draft(effect(prompt, language)).text
        assert "lise@example.org" in text
        assert "STOP" in text
        assert text.rstrip().endswith("Ref: ABCD-EFGH")


def test_only_an_answer_with_a_number_is_said_to_be_corrected_by_it() -> None:
    for prompt in ("agenda", "receipt"):
        made = draft(replace(effect(prompt, received=[], fixable=0), receipts=("you take part as a mentee",)))
        assert "you take part as a mentee" in made.text
        assert "fix" not in made.text.replace("fixed", "")


def test_the_footer_says_who_sees_which_answer_and_how_to_keep_one() -> None:
    text = " ".join(draft(effect("debrief")).text.split())
    assert "Who sees your answers: 1, 2 – you and your advisor. 3, 4, 5 – you and Grace." in text
    assert "`2 private`" in text
    assert "Who sees" not in draft(effect("closing")).text


def test_the_footer_says_once_who_sees_the_answers_to_all_parts_of_a_letter() -> None:
    text = " ".join(draft(with_section(effect("debrief"), "no-news", "p1/no-news/1")).text.split())
    assert "Who sees your answers: 1, 2, 6 – you and your advisor. 3, 4, 5 – you and Grace." in text


def test_the_footer_may_be_told_from_outside() -> None:
    footer = {
        "why": "Because *you* asked.",
        "who_sees": "nobody",
        "advisor_name": "Mia",
        "advisor_address": "m@example.org",
    }
    text = draft(replace(effect("debrief"), footer=footer)).text
    assert "Because *you* asked." in text
    assert "Who sees your answers: nobody" in text
    assert "Mia, m@example.org" in text


@pytest.mark.req("ACHE-1")
def test_the_introduction_says_when_it_begins_and_when_it_ends() -> None:
    for prompt in ("introduction-mentee", "introduction-mentor"):
        text = " ".join(draft(effect(prompt)).text.split())
        assert "from 2 March 2026 until 2 September 2026" in text
    assert "2 de septiembre de 2026" in " ".join(draft(effect("introduction-mentee", "es")).text.split())


def test_the_introduction_is_six_lines_before_its_questions() -> None:
    body = program().prompt("introduction-mentee", "en").body
    said = body.split("{{ questions }}")[0].split("{% if")[0].strip().split("\n")
    assert len(said) <= 6
    assert "write first" in said[0]


@pytest.mark.req("ACHE-21")
def test_about_me_asks_for_four_things_and_may_be_left_empty() -> None:
    field = next(f for f in program().prompt("introduction-mentee", "en").fields if f.name == "journey")
    assert all(word in field.ask for word in ("grew up", "learned", "free time", "matters"))
    assert field.optional


@pytest.mark.req("AHE-8")
@pytest.mark.req("AHE-20")
def test_before_the_first_meeting_each_sees_both_columns_and_who_has_not_answered() -> None:
    plan = {"mine": {"gains": "A next step", "methods": ["video", "phone"]}, "theirs": {}}
    text = draft(effect("agenda-sheet", first=True, plan=plan)).text
    mine, _, theirs = text.partition("From Grace:")
    assert "- Hopes: A next step" in mine
    assert "- To talk by: video, phone" in mine
    assert "- Hopes: not yet answered" in theirs


@pytest.mark.req("ACHE-22")
@pytest.mark.req("ACHE-32")
def test_the_first_agenda_has_hopes_and_differences() -> None:
    items = first_items(program().words, "en")
    for prompt in ("agenda", "agenda-sheet"):
        text = " ".join(draft(effect(prompt, first=True, items=items)).text.split())
        assert "each of you hopes for" in text
        assert "you two are different" in text
    assert "two are different" not in draft(effect("agenda-sheet", first=False, items=[])).text


@pytest.mark.req("ACHE-44")
def test_the_last_item_of_each_agenda_is_whether_it_is_what_both_hoped_for() -> None:
    for agenda in (["One point"], []):
        text = draft(effect("agenda-sheet", agenda=agenda, first=False)).text
        points = [line for line in text.split("\n") if line.startswith("- ")]
        assert "- The last five minutes: is this what you both hoped for?" in points


@pytest.mark.req("AHE-25")
def test_feedback_is_passed_on_in_the_words_of_the_other() -> None:
    text = draft(effect("agenda-sheet", feedback=["Well done.\nReally."])).text
    assert "> Well done.\n> Really." in text


@pytest.mark.req("ACHE-42")
def test_no_news_accuses_nobody_and_offers_ten_minutes() -> None:
    text = draft(effect("no-news")).text
    assert "ten minutes on the phone" in " ".join(text.split())
    assert "no contact" not in text.casefold()


@pytest.mark.req("AHE-28")
def test_the_review_shows_each_goal_with_its_history() -> None:
    text = draft(effect("review")).text
    assert "- G1: Lead a team meeting every month – 3 → 5" in text
    assert "- G2: Pass the CHESP exam by October – no number yet" in text


def test_help_is_acknowledged_with_what_happens_and_what_does_not() -> None:
    text = " ".join(draft(effect("help-received")).text.split())
    assert "Lise Meitner" in text
    assert "Grace does not know that you asked" in text
    assert "emergency number" in text


def test_nobody_is_thanked_in_bulk_or_called_a_participant() -> None:
    for prompt, language in every_letter():
        text = letters.preview(program(), prompt, language, CHAPTER, html=False).casefold()
        assert "dear participant" not in text
        assert "all participants" not in text
        assert "failed" not in text
        assert "you should" not in text


def test_the_next_step_stands_in_the_first_three_lines() -> None:
    asks = (
        "answer",
        "write",
        "pick",
        "?",
        "bring",
        "nothing to do",
        "half a minute",
        "points are plenty",
        "line",
        "help",
        "words",
    )
    for id_, versions in program().prompts.items():
        if versions["en"].fields:
            first = " ".join(draft(effect(id_)).text.split("\n")[2:7]).casefold()
            assert any(word in first for word in asks), id_


def test_a_long_line_is_folded_where_no_meaning_changes() -> None:
    long = "word " * 30 + "https://example.org/" + "a" * 90 + " 2. not a question " + "word " * 20
    made = draft(effect("agenda-sheet", feedback=[long]))
    lines = made.text.split("\n")
    assert all(len(line) <= 78 or "https://" in line or line.endswith("2.") for line in lines)
    quoted = [line for line in lines if "word" in line or "aaa" in line]
    assert all(line.startswith("> ") for line in quoted)
    assert not any(line.removeprefix("> ").startswith("2. ") for line in lines if line.startswith("> "))


def test_a_letter_that_names_what_is_not_there_stops_itself_and_names_its_file() -> None:
    broken = Prompt(id="debrief", subject="x", body="{{ meeting.when }}", source="templates/mine/debrief.md")
    of = replace(program(), prompts={"debrief": {"en": broken}})
    with pytest.raises(CoordinatorError, match=r"templates/mine/debrief\.md: cannot be filled in"):
        draft(effect("debrief", meeting=None), of=of)


def test_a_letter_that_grows_without_end_stops_itself() -> None:
    big = Prompt(id="debrief", subject="x", body="{% for g in goals %}{{ g.text }}{% endfor %}", source="mine.md")
    of = replace(program(), prompts={"debrief": {"en": big}})
    goals = [{"text": "x" * 1000}] * 300
    with pytest.raises(CoordinatorError, match=r"mine\.md: the letter grows beyond 256 kB"):
        draft(effect("debrief", goals=goals), of=of)


def test_a_preview_needs_no_clock_and_no_state() -> None:
    text = letters.preview(program(), "debrief", "en", CHAPTER, html=False)
    assert text.startswith("Subject: How is it going with Grace?\n\nHello Ada,")
    assert letters.preview(program(), "debrief", "en", CHAPTER, html=True).startswith("<!DOCTYPE html>")
    with pytest.raises(KeyError):
        letters.preview(program(), "nowhere", "en", CHAPTER, html=False)


def test_the_sample_has_every_name_that_a_letter_may_use() -> None:
    assert set(complete({})) == set(EMPTY)
    assert MONDAY.tzinfo is not None
