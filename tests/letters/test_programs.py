"""The letters that each program has of its own: their snapshots, and what every mail must hold."""

import os
import re
from html import unescape
from pathlib import Path

import pytest

from coordinator.formats import letters
from tests.letters.pictures import browser, every, picture
from tests.letters.some import CHAPTER, draft, html_of, other_programs, own_letters, program

SNAPSHOTS = Path(__file__).parent / "snapshots"
LETTERS = [letter for name in other_programs() for letter in own_letters(name)]


@pytest.mark.parametrize(("name", "prompt", "language"), LETTERS)
def test_each_letter_of_each_program_reads_as_its_snapshot(name: str, prompt: str, language: str) -> None:
    """Run with UPDATE_SNAPSHOTS=1 to accept what changed, then read the difference."""
    written = letters.preview(program(name), prompt, language, CHAPTER, html=False)
    path = SNAPSHOTS / name / language / f"{prompt}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: run with UPDATE_SNAPSHOTS=1"
    assert written == path.read_text(encoding="utf-8")


def test_no_snapshot_stands_for_a_letter_that_its_program_lost() -> None:
    kept = {(path.parts[-3], path.stem, path.parent.name) for path in SNAPSHOTS.glob("*/*/*.txt")}
    assert kept == set(LETTERS)


@pytest.mark.parametrize(("name", "prompt", "language"), LETTERS)
def test_each_letter_of_each_program_is_small_and_needs_nothing_from_elsewhere(
    name: str, prompt: str, language: str
) -> None:
    of = program(name)
    made = draft(letters.sample_effect(of, of.prompt(prompt, language), language), of=of)
    html = html_of(made)
    for bad in ("<svg", "data:", "<script", "<img", "<link", "@import", "url("):
        assert bad not in html, bad
    assert f'<html lang="{language}" dir="ltr">' in html
    assert len(html.encode()) < 95_000
    assert made.text.strip()
    assert all(len(unescape(link)) < 1800 for link in re.findall(r'href="(mailto:[^"]*)"', html))
    assert len(made.letter.questions) <= 5


@pytest.mark.req("S-13")
@pytest.mark.parametrize("name", ["six-month", *other_programs()])
def test_each_letter_that_asks_says_what_holds_when_no_answer_comes(name: str) -> None:
    answers = {"echo", "moved", "confirm-change"}
    for id_, versions in program(name).prompts.items():
        for prompt in versions.values():
            if prompt.fields and id_ not in answers:
                assert prompt.silence, prompt.source


@pytest.mark.skipif(not os.environ.get("COORDINATOR_NIGHTLY") or browser() is None, reason="on request, with Chromium")
def test_each_letter_of_each_program_can_be_seen_in_a_browser(tmp_path: Path) -> None:
    for name, prompt, language in every():
        assert picture(name, prompt, language, tmp_path, browser() or "").stat().st_size > 5_000
