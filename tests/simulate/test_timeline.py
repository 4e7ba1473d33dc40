"""The page and the picture of a program are drawn from the program itself."""

import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coordinator import programs
from coordinator.programs.folders import names
from coordinator.simulate.season import START
from coordinator.simulate.timeline import page, svg, timeline

PAGES = Path(__file__).parents[2] / "docs" / "programs"


def test_the_picture_has_a_dot_for_each_letter_and_a_band_for_each_meeting() -> None:
    program = programs.load("six-month", own=None)
    season = timeline(program)
    drawn = ElementTree.fromstring(svg(season))
    circles = [node for node in drawn.iter() if node.tag.endswith("circle")]
    assert len(circles) == len(season.dots) + 3
    days = [START.date() + timedelta(days=day) for day in season.meetings]
    assert len({(day.year, day.month) for day in days}) == len(days) >= 6, "one in each month, and none left out"
    assert re.search(r"\| debrief \| [67] times \| mentee \|", page(program, season))
    assert {dot.prompt for dot in season.dots} >= {"introduction-mentee", "review", "renewal", "closing"}


@pytest.mark.parametrize("name", [name for name in names(None) if name != "base"])
def test_each_shipped_program_has_its_page_and_its_picture(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert programs.load(name, own=None).title in text
    assert f"({name}.svg)" in text
    assert (PAGES / f"{name}.svg").stat().st_size > 2_000
