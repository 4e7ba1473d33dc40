"""Files of a chapter's templates that nothing reads are told of, with the place where they belong."""

from pathlib import Path

import pytest

from coordinator.programs.unread import unread
from tests.cli.running import founded, run
from tests.programs.some import LETTER, mistakes, written

SENDS = '\n[[stages]]\nid = "more"\nkind = "letter"\nprompt = "extra"\naudience = ["mentee"]\nopens = "start"\n'


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("debrief.md", "templates/debrief.md: nothing reads it here – move it to templates/mine/"),
        (
            "sixmonth/debrief.md",
            "templates/sixmonth: nothing reads this folder: no program has its name – did you mean",
        ),
        ("words/en.toml", 'templates/words/en.toml: nothing reads "yess" – did you mean "yes"?'),
        ("mine/debreif.md", "templates/mine/debreif.md: no stage sends this letter – name the file like the letter"),
    ],
)
def test_a_letter_in_the_wrong_place_is_told_of(tmp_path: Path, file: str, said: str) -> None:
    text = 'yess = ["yup"]' if file.startswith("words") else LETTER.replace("extra", "debreif")
    (line,) = unread("mine", written(tmp_path, {file: text}))
    assert line.startswith(said)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"mine/extra.md": LETTER, "mine/program.toml": 'extends = "base"\ntitle = "Mine"\n' + SENDS},
        {"mine/debrief.md": LETTER, "base/agenda.md": LETTER, "six-month/debrief.md": LETTER},
        {"words/en.toml": 'yes = ["yup"]', "mine/.#debrief.md": "", ".DS_Store": "", "README.txt": ""},
    ],
)
def test_what_is_read_and_what_is_no_letter_is_not_told_of(tmp_path: Path, files: dict[str, str]) -> None:
    assert unread("mine", written(tmp_path, files)) == ()


def test_check_tells_of_them_and_finds_no_mistake(tmp_path: Path) -> None:
    folder = founded(tmp_path / "elm")
    written(folder, {"debrief.md": LETTER})
    outcome = run("--chapter", folder, "check")
    assert outcome.code == 0
    assert "move it to templates/six-month/" in outcome.out


def test_a_letter_that_is_no_toml_is_told_before_what_follows_from_it(tmp_path: Path) -> None:
    broken = LETTER.replace("extra", "debrief").replace('"Hello"', "Hello")
    found = mistakes(tmp_path, {"mine/debrief.md": broken})
    assert "templates/mine/debrief.md:3: not TOML" in found[0]
    assert len(found) > 1
