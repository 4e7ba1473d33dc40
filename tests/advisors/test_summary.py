"""The weekly summary as it goes out: many pairs, a quiet week, and words and names that try to be more than that."""

import csv
import io
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from coordinator.core.effects import Effect
from coordinator.core.summary import MOST_LINES, MOST_PAIRS
from coordinator.formats import letters
from tests.advisors.desk import desk, id_of, summary_of, texts, with_need
from tests.core.situations import Season
from tests.e2e.chapters import ADAM, MAYA, MONA, on_maildir
from tests.e2e.seasons import met


def posted(season: Season, effect: Effect) -> EmailMessage:
    raw = letters.write(effect, season.program, season.chapter, season.now, "Europe/Berlin").raw
    return cast("EmailMessage", message_from_bytes(raw, policy=default))


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def rows_of(mail: EmailMessage) -> list[list[str]]:
    (attached,) = mail.iter_attachments()
    return list(csv.reader(io.StringIO(attached.get_payload(decode=True).decode("utf-8-sig"))))


def many(count: int) -> Season:
    season = desk(*((f"Mo{n}", f"Ma{n}") for n in range(count)))
    for n in range(0, count, 2):
        with_need(season, f"Ma{n}", f"a key to room {n}", pair=f"p{n + 1}")
    return season


@pytest.mark.req("AMIA-13")
def test_of_more_than_thirty_pairs_those_are_told_that_need_somebody_and_all_are_in_a_sheet() -> None:
    season = many(40)
    effect = summary_of(season)
    told = effect.sections[0].context["summary"]
    assert (told["total"], len(told["weeks"]) <= MOST_PAIRS, told["is_cut"]) == (40, True, True)
    rows = rows_of(posted(season, effect))
    assert len(rows) == 41
    assert any("a key to room 38" in cell for row in rows for cell in row)


def test_what_a_letter_would_be_too_long_for_stands_in_the_sheet_under_its_number() -> None:
    season = many(1)
    for n in range(MOST_LINES + 3):
        with_need(season, "Ma0", f"n{n:02} please", pair="p1")
    effect = summary_of(season)
    assert effect.sections[0].context["summary"]["more"] >= 3
    last = effect.letter.items[-1].number
    assert any(f"{last}: " in cell for row in rows_of(posted(season, effect)) for cell in row)


def test_a_name_that_is_a_formula_is_text_in_the_sheet() -> None:
    season = many(31)
    evil = season.work.participant(id_of(season, "Ma1"))
    assert evil is not None
    season.work.stage([replace(evil, first_name='=HYPERLINK("http://x","y")', version=evil.version + 1)])
    cells = [cell for row in rows_of(posted(season, summary_of(season))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "-")) for cell in cells)


def test_html_in_an_answer_is_shown_as_it_was_typed() -> None:
    season = desk()
    with_need(season, "Maya", '<b onclick="x()">a</b> <img src="http://x/y.png">')
    mail = posted(season, summary_of(season))
    assert '<b onclick="x()">' in body(mail, "plain")
    page = body(mail, "html")
    assert "<img src=" not in page
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page


def test_a_quiet_week_is_one_line() -> None:
    effect = summary_of(desk())
    assert texts(effect) == []
    mail = posted(desk(), effect)
    assert "nothing urgent" in str(mail["Subject"])
    assert body(mail, "plain").count("Nothing needs you this week") == 1


@pytest.mark.req("AHE-6")
def test_with_the_partner_in_copy_only_the_writer_hears_and_nothing_becomes_the_partners(tmp_path) -> None:
    chapter = on_maildir(tmp_path / "elm")
    met(chapter)
    count = len(chapter.letters)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, "1. yes\n2. it was dreadful, he slept\n2 private", cc=[("Mona Ek", MONA), ("Adam Poe", ADAM)])
    summary = chapter.wait_for(ADAM, "before that on")
    assert "January 2026" in summary.parent.text
    assert not any("dreadful" in x.parent.text for _, x in chapter.letters[count:] if x.parent.recipient != MAYA)
    assert all(a.by == chapter.pair.mentee for a in chapter.pair.answers if "dreadful" in str(a.value))
