"""How a program is put together: from the chapter's folder, from the shipped ones, along `extends`, by language."""

import pickle
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import programs
from coordinator.core.facts import FACTS
from coordinator.core.program import Opening
from coordinator.programs.folders import names, shipped
from coordinator.programs.kinds import KINDS, LETTERS, MOST_FIELDS
from tests.programs.some import LETTER, PROGRAM, loaded, mistakes, written


@pytest.mark.parametrize("name", names(None))
def test_a_shipped_program_is_sound(name: str) -> None:
    program = programs.load(name, own=None)
    assert program.id == name
    assert set(LETTERS) <= set(program.prompts)
    assert {stage.kind for stage in program.stages} <= set(KINDS)


@pytest.mark.req("AHE-1")
def test_a_chapter_changes_one_setting_and_keeps_the_rest(tmp_path: Path) -> None:
    own = written(tmp_path, {"six-month/program.toml": 'extends = "six-month"\nmonths = 9\n'})
    shipped, changed = programs.load("six-month", own=None), programs.load("six-month", own=own)
    assert (shipped.months, changed.months) == (6, 9)
    assert changed.title == shipped.title
    assert changed.stages == shipped.stages


@pytest.mark.req("AHE-9")
@pytest.mark.req("AHE-12")
def test_six_months_means_six_months_of_monthly_meetings_between_half_an_hour_and_an_hour() -> None:
    program = programs.load("six-month", own=None)
    assert (program.months, program.every) == (6, "1 month")
    assert (program.shortest, program.minutes, program.longest) == (30, 45, 60)


@pytest.mark.req("AHE-4")
def test_the_gap_is_asked_about_after_45_days_and_told_after_52() -> None:
    program = programs.load("six-month", own=None)
    assert (program.gap_days, program.gap_alarm_days) == (45, 52)


@pytest.mark.req("AHE-28")
def test_from_a_month_before_the_end_on_both_look_back_with_another_letter_or_alone_some_days_later() -> None:
    stage = programs.load("six-month", own=None).stage("review")
    assert stage.opens == Opening(anchor="end", days=-24)
    assert stage.options["travels"] == timedelta(days=6)
    assert stage.audience == ("mentee", "mentor")


def test_the_options_of_meetings_are_values_and_not_texts() -> None:
    options = programs.load("base", own=None).stage("meetings").options
    assert options["agenda_before"] == timedelta(days=5)
    assert options["debrief"] == {"mentee": "debrief", "mentor": "debrief-mentor"}


def test_a_letter_of_the_chapter_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    program = loaded(tmp_path, {"mine/debrief.md": LETTER.replace('"extra"', '"debrief"')})
    assert program.prompts["debrief"]["en"].source == "templates/mine/debrief.md"
    assert program.prompts["goals"]["en"].source == "templates/base/goals.md"


def test_a_letter_of_the_chapter_in_base_reaches_every_program_that_extends_it(tmp_path: Path) -> None:
    program = loaded(tmp_path, {"base/debrief.md": LETTER.replace('"extra"', '"debrief"')})
    assert [field.name for field in program.prompts["debrief"]["en"].fields] == ["met"]


def test_a_question_is_one_block_of_toml_and_nothing_else(tmp_path: Path) -> None:
    english = (programs.shipped() / "base/agenda.md").read_text(encoding="utf-8")
    block = '\n[[fields]]\nname = "mood"\nkind = "scale"\nask = "How are you, 1 to 5?"\n+++\n'
    head, _, body = english.removeprefix("+++\n").partition("+++\n")
    program = loaded(tmp_path, {"mine/agenda.md": f"+++\n{head}{block}{body}"})
    assert [field.name for field in program.prompt("agenda", "en").fields] == ["agenda", "place", "mood"]
    # The shipped translation does not know it; it is asked in English there.
    assert [field.name for field in program.prompt("agenda", "es").fields] == ["agenda", "place", "mood"]
    assert program.prompt("agenda", "es").fields[0].ask.startswith("¿")


def test_a_question_that_the_chapter_dropped_is_dropped_from_the_shipped_translation(tmp_path: Path) -> None:
    program = loaded(tmp_path, {"mine/debrief.md": LETTER.replace('"extra"', '"debrief"')})
    assert [field.name for field in program.prompt("debrief", "es").fields] == ["met"]


@pytest.mark.parametrize("options", ['["career planning", "a role model"]', '["a role model", "an issue", "a career"]'])
def test_options_that_the_chapter_changed_are_said_in_english_where_the_shipped_translation_has_the_old_ones(
    tmp_path: Path, options: str
) -> None:
    letter = (shipped() / "base" / "goals.md").read_text()
    changed = letter.replace('["career planning", "a challenging issue", "a role model"]', options)
    assert changed != letter
    fields = {field.name: field for field in loaded(tmp_path, {"mine/goals.md": changed}).prompt("goals", "es").fields}
    assert list(fields["purpose"].options) == tomllib.loads(f"x = {options}")["x"]
    assert fields["purpose"].ask == "What are you looking for most?"
    assert fields["improve"].ask.startswith("¿"), "the others speak on"


def test_languages_fall_back_file_by_file(tmp_path: Path) -> None:
    program = loaded(tmp_path, {"mine/extra.md": LETTER, "mine/fr/debrief.md": "+++\n+++\nBonjour\n"})
    assert program.prompt("debrief", "fr").body == "Bonjour"
    assert program.prompt("debrief", "fr").subject == program.prompt("debrief", "en").subject
    assert program.prompt("debrief", "fr-CA").body == "Bonjour"
    assert program.prompt("extra", "fr").language == "en"
    assert program.prompt("goals", "es").language == "es"


def test_a_translation_speaks_and_the_english_letter_decides(tmp_path: Path) -> None:
    spanish = '+++\n[[fields]]\nname = "met"\nask = "¿Os visteis?"\n+++\nHola\n'
    program = loaded(tmp_path, {"mine/extra.md": LETTER, "mine/es/extra.md": spanish})
    (field,) = program.prompt("extra", "es").fields
    assert (field.ask, field.kind, field.name) == ("¿Os visteis?", "yes_no", "met")


def test_stages_are_changed_by_id_added_and_left_out(tmp_path: Path) -> None:
    lines = (
        'without = ["review"]\n'
        '[[stages]]\nid = "goals"\nopens = "start + 1 week"\n'
        '[[stages]]\nid = "extra"\nkind = "letter"\nprompt = "extra"\naudience = ["mentor"]\nafter = "goals"\n'
    )
    program = loaded(tmp_path, {"mine/program.toml": PROGRAM + lines, "mine/extra.md": LETTER})
    names = [stage.id for stage in program.stages]
    assert names.index("extra") == names.index("goals") + 1
    assert "review" not in names
    goals = program.stage("goals")
    assert (goals.opens, goals.prompt) == (Opening(days=7), "goals")


@pytest.mark.req("AHE-21")
def test_a_question_about_the_community_is_asked_only_where_there_is_one(tmp_path: Path) -> None:
    def asked(folder: Path, line: str) -> list[str]:
        program = loaded(folder, {"mine/program.toml": PROGRAM + line})
        return [field.name for field in program.prompt("introduction-mentee", "es").fields]

    assert "connected" not in asked(tmp_path / "without", "")
    assert "connected" in asked(tmp_path / "with", 'community_link = "https://my.example.org"\n')


def test_words_are_read_by_language_and_the_chapters_come_first(tmp_path: Path) -> None:
    """A file with what differs alone once left a tick without the names of the months."""
    shipped_words = programs.load("six-month", own=None).words
    program = loaded(tmp_path, {"words/en.toml": 'yes = ["aye"]\n[hints]\nyes_no = "how long"\n'})
    assert program.words["en"] == {
        **shipped_words["en"], "yes": ["aye"], "hints": {**shipped_words["en"]["hints"], "yes_no": "how long"},
    }  # fmt: skip
    assert program.words["es"] == shipped_words["es"]


@pytest.mark.parametrize("line", ['yes = "aye"', "yes = [1]", 'calls = "none"', "[hints]\nyes_no = 3"])
def test_a_word_of_another_sort_than_the_shipped_one_is_a_mistake(tmp_path: Path, line: str) -> None:
    (problem,) = mistakes(tmp_path, {"words/en.toml": f"{line}\n"})
    assert problem.startswith("templates/words/en.toml:")
    assert "another sort of value" in problem


def test_no_shipped_letter_asks_more_than_five_things_and_each_question_fills_a_known_fact() -> None:
    for name in programs.names(None):
        for versions in programs.load(name, own=None).prompts.values():
            for prompt in versions.values():
                assert len(prompt.usual) <= MOST_FIELDS
                assert all(field.fills is None or field.fills in FACTS for field in prompt.fields)


def test_every_letter_speaks_every_language_of_base() -> None:
    for name in programs.names(None):
        program = programs.load(name, own=None)
        lacking = [id_ for id_, versions in program.prompts.items() if "es" not in versions]
        if name in ("base", "six-month"):
            assert lacking == []


def test_names_are_those_of_the_shipped_and_of_the_chapter(tmp_path: Path) -> None:
    own = written(tmp_path, {})
    assert {"base", "mine", "six-month"} <= set(programs.names(own))
    assert "words" not in programs.names(own)
    assert "mine" not in programs.names(None)


def test_a_program_can_be_put_away_and_taken_out_again() -> None:
    program = programs.load("six-month", own=None)
    assert pickle.loads(pickle.dumps(program)) == program


@pytest.mark.parametrize(
    "change", ["mine/debrief.md", "mine/es/goals.md", "base/goals.md", "words/en.toml", "mine/program.toml"]
)
def test_the_digest_tells_every_change(tmp_path: Path, change: str) -> None:
    own = written(tmp_path, {})
    before = programs.digest("mine", own)
    assert programs.digest("mine", own) == before
    written(tmp_path, {change: "a text that is nowhere else"})
    assert programs.digest("mine", own) != before


@pytest.mark.parametrize(
    "head", ['title = """\n[no table]\n"""\n', "words = [\n[1],\n[2]]\n", "", "# nothing\n\n[[stage]]\nid = 'x'\n"]
)
def test_the_digest_follows_what_a_program_extends_wherever_brackets_stand(tmp_path: Path, head: str) -> None:
    own = written(tmp_path, {"mine/program.toml": f'{head}extends = "base"\n[mail]\nhour = 9\n'})
    before = programs.digest("mine", own)
    (own / "base").mkdir(exist_ok=True)
    (own / "base/goals.md").write_text("a text that is nowhere else", encoding="utf-8")
    follows = "[[stage]]" not in head  # below a table it is that table's own
    assert (programs.digest("mine", own) != before) is follows


def test_the_digest_of_another_program_is_another(tmp_path: Path) -> None:
    own = written(tmp_path, {})
    before = programs.digest("mine", own)
    (own / "other").mkdir()
    (own / "other/program.toml").write_text(PROGRAM, encoding="utf-8")
    assert programs.digest("mine", own) == before
    assert programs.digest("other", own) != before


def test_the_digest_survives_what_cannot_be_loaded(tmp_path: Path) -> None:
    own = written(tmp_path, {"mine/program.toml": "extends = [[["})
    assert programs.digest("mine", own)
    assert programs.digest("nowhere", own)


def test_a_digest_needs_no_heavy_library() -> None:
    code = (
        "import sys; from coordinator import programs; programs.digest('six-month', None); "
        "print([m for m in ('jinja2', 'markdown_it', 'css_inline', 'icalendar') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_an_editor_keeps_beside_an_open_file_is_no_part_of_a_program(tmp_path: Path) -> None:
    own = written(tmp_path, {"mine/extra.md": LETTER, "words/en.toml": 'yes = ["aye"]\n'})
    before = programs.digest("mine", own)
    for place in (own / "mine", own / "words"):
        for name in (".#extra.md", "#extra.md#", ".extra.md.swp", ".#en.toml", ".#program.toml"):
            (place / name).symlink_to("ada@laptop.4711:1764000000")
    (own / "mine" / "#extra.md").write_text("half a letter")
    assert programs.digest("mine", own) == before
    assert "extra" in programs.load("mine", own=own).prompts
