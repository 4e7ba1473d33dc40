"""`demo` and `simulate` as commands."""

from pathlib import Path

from tests.cli.running import run


def test_a_demo_tells_its_story_and_never_clears_a_folder_that_is_not_its_own(tmp_path: Path):
    folder = tmp_path / "demo"
    outcome = run("demo", folder, "--months", "1")
    assert (outcome.code, outcome.err) == (0, "")
    assert (folder / "season.html").exists()
    assert outcome.out.count(" --chapter mychapter ") >= 3
    assert run("--chapter", folder, "status", "--now", "2026-02-12T08:00").code in (0, 3)
    again = run("demo", folder)
    assert (again.code, "--force" in again.err) == (2, True)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    for flags in ((), ("--force",)):
        assert run("demo", mine, *flags).code == 2
    assert (mine / "letter.txt").read_text() == "dear"


def test_a_simulation_as_json_prints_json_and_nothing_else():
    outcome = run("simulate", "--pairs", "2", "--months", "1", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["seconds"] >= 0
    assert run("simulate", "--pairs", "2", "--months", "0").code == 2
