"""The report in Spanish: every sentence of page and sheets, and nothing left in English."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from coordinator.core.care import Care, Idea
from coordinator.core.figures import Scope
from coordinator.report.season import page as made_by
from coordinator.report.season.page import page
from coordinator.report.season.sheets import IDEAS, sheets, write
from coordinator.report.season.spanish import SPANISH
from tests.report.some import BEGIN, looked_after, made


def said() -> set[str]:
    """Every sentence that the page says."""
    text = (Path(made_by.__file__).parent / "page.html").read_text()
    return set(re.findall(r'say\("([^"]+)"', text))


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside != "style" and data.strip():
            self.found.append(data.strip())


def test_every_sentence_of_the_page_is_there_in_spanish():
    assert said() - set(SPANISH) == set()


def test_as_many_numbers_stand_in_the_spanish_sentence_as_in_the_english():
    assert [text for text, other in SPANISH.items() if text.count("{}") != other.count("{}")] == []


def test_a_page_for_a_spanish_chapter_has_no_english_word_left():
    care = Care(ideas=(Idea(at=BEGIN, text="más tardes"),))
    pairs = [looked_after(n, answers=2, calls=1, met=2, score=3, goals=["done"]) for n in range(9)]
    words = Words()
    words.feed(page(made(pairs, care=care), program="Seis meses", chapter="Olmo", name="", language="es-MX"))
    english = {text for text in SPANISH if text != SPANISH[text]}
    assert [word for word in words.found if word in english] == []
    assert "15 de junio de 2026" in " ".join(words.found)


def test_the_heading_of_one_advisor_or_cohort_is_spanish():
    made_of = replace(made([looked_after(1)]), scope=Scope(kind="advisor", name="u1"))
    html = page(made_of, program="Seis meses", chapter="Olmo", name="Ada", language="es")
    assert "<h1>Seis meses: las parejas de Ada</h1>" in html
    html = page(
        replace(made_of, scope=Scope(kind="cohort", name="p")), program="S", chapter="O", name="p", language="es"
    )
    assert "<h1>S: cohorte p</h1>" in html


def test_a_sheet_for_a_spanish_chapter_has_no_english_word_left(tmp_path: Path):
    care = Care(ideas=(Idea(at=BEGIN, text="{} all the months"),))
    pairs = [looked_after(n, answers=2, calls=1, met=2, score=3, goals=["done"]) for n in range(9)]
    figures = made(pairs, care=care)
    written = write(figures, tmp_path, "es")
    ours = {
        str(cell) for name, rows in sheets(figures) for row in (rows[:1] if name == IDEAS else rows) for cell in row
    }
    words = {text for text in ours if text.strip("–0123456789-.")}
    assert words - set(SPANISH) == set()
    cells = {c for path in written for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for c in row}
    assert {text for text in words if SPANISH[text] != text} & cells == set()
    assert "{} all the months" in cells
    assert {"mentorizados", "objetivos", "motivo"} <= cells
