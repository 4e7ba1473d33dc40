"""The report as a command: a page, sheets, lines."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.core.care import Care, Idea
from coordinator.core.records import Pairing, Participant
from coordinator.store import lock, open_store
from tests.cli.running import run
from tests.report.some import BEGIN, NOW, pair, people

AT = ("--now", NOW.isoformat())


@pytest.fixture
def grown(empty: Path) -> Path:
    """Fourteen pairs, eight of them in a pilot, five in the archive; one mentee proposes a formula."""
    cohorts = {f"e{n}": "Pilot 1" for n in range(8)}
    pairs = [pair(n, met=4, score=4 + n % 2, goals=["done", "open"]) for n in range(14)]
    everybody = list(people(pairs, cohorts).values())
    ideas = (Idea(at=BEGIN, text='=HYPERLINK("http://evil.example")'), Idea(at=BEGIN, text="<script>alert(1)</script>"))
    everybody[0] = replace(everybody[0], care=Care(ideas=ideas))
    put(empty, [*everybody, *pairs])
    with lock(empty / "state"):
        work = open_store(empty / "state", now=NOW).load()
        for each in pairs[:5]:
            work.drop(work.pairing(each.id))
        work.commit()
    return empty


def put(chapter: Path, records: list[Participant | Pairing]) -> None:
    with lock(chapter / "state"):
        work = open_store(chapter / "state", now=NOW).load()
        work.stage([replace(each, version=1) for each in records])
        work.commit()


def sheet(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(raw.decode("utf-8-sig").splitlines()))


def test_the_page_needs_neither_script_nor_network(grown: Path, tmp_path: Path):
    page = tmp_path / "report.html"
    made = run("--chapter", grown, "report", "--html", page, *AT)
    assert (made.code, made.out.strip()) == (0, str(page)), made.err
    html = page.read_text()
    assert "<script" not in html
    assert not re.search(r"(?:src|href|action)\s*=|url\(|@import|\bon\w+=", html.replace("content=", ""))
    assert "&lt;script&gt;alert(1)" in html
    assert html.count("<svg") == html.count("</title>") - 1 >= 5


def test_pairs_in_the_archive_are_counted(grown: Path):
    made = run("--chapter", grown, "report", *AT)
    assert "14 pairs so far" in made.out


def test_the_sheets_open_as_text_in_a_spreadsheet(grown: Path, tmp_path: Path):
    run("--chapter", grown, "report", "--csv", tmp_path / "sheets", *AT)
    files = {path.name for path in (tmp_path / "sheets").iterdir()}
    assert files >= {"weeks.csv", "funnel.csv", "meetings.csv", "goals.csv", "satisfaction.csv", "ideas.csv"}
    ideas = sheet(tmp_path / "sheets/ideas.csv")
    assert ["2026-01-12", '\'=HYPERLINK("http://evil.example")', "–"] in ideas
    assert sheet(tmp_path / "sheets/goals.csv")[1:] == [
        ["reached", "14"], ["under way", "0"], ["stuck", "0"], ["not yet told", "14"], ["dropped", "0"], ["all", "28"],
    ]  # fmt: skip


def test_one_cohort_or_one_advisor(grown: Path):
    assert "8 pairs so far" in run("--chapter", grown, "report", "--cohort", "pilot 1", *AT).out
    assert "the pairs of A1" in run("--chapter", grown, "report", "--advisor", "a1@example.org", *AT).out


def test_json_and_nothing_else(grown: Path, tmp_path: Path):
    made = run("--chapter", grown, "report", "--json", "--html", tmp_path / "page.html", *AT)
    assert made.json["funnel"][0] == {"step": "on the roster", "mentees": 14}


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--cohort", "nowhere"), "there is Pilot 1"),
        (("--advisor", "e1@example.org"), "advises no pairing"),
        (("--advisor", "nobody@example.org"), "nobody of that address"),
        (("--cohort", "pilot 1", "--advisor", "a1@example.org"), "leave the other out"),
    ],
)
def test_what_cannot_be_reported_is_said_with_the_way_out(grown: Path, flags: tuple[str, ...], words: str):
    made = run("--chapter", grown, "report", *flags, *AT)
    assert made.code == 2
    assert words in made.err


def test_a_chapter_without_anybody_has_a_page_too(empty: Path, tmp_path: Path):
    made = run("--chapter", empty, "report", "--html", tmp_path / "page.html", "--csv", tmp_path / "s", *AT)
    assert made.code == 0, made.err
    assert "No meeting yet." in (tmp_path / "page.html").read_text()
