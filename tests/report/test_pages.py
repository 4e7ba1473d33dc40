"""The report and the advisor's summary in a real browser: phone and desktop, light and dark."""

import pytest

from coordinator.core.care import Care, Idea
from coordinator.core.figures import Scope
from coordinator.report.season.page import page
from tests.letters.some import draft, effect, html_of
from tests.report.browser import WIDTHS, Look, looks, missing
from tests.report.some import BEGIN, looked_after, made, pair

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

OVER = {"status": "ended", "ended": BEGIN.replace(month=4), "ending": "asked", "reason": "time"}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"


def pages() -> dict[str, str]:
    """A report full of numbers, one that holds back nearly all of them, an empty one, and two summaries."""
    ideas = Care(ideas=(Idea(at=BEGIN, text=f"<b>{LONG * 2}</b>"), Idea(at=BEGIN, text="A lunch", named=True)))
    many = [
        pair(n, met=n % 6, score=2 + n % 4, goals=["done", "open", "dropped"][: n % 4], **(OVER if n % 5 == 0 else {}))
        for n in range(60)
    ]
    few = [pair(n, met=n % 3, score=1 + n % 5, goals=["done"]) for n in range(7)]
    title = {"program": "Six months of mentoring", "chapter": f"Elm & {LONG}", "name": ""}
    busy = effect("summary")
    week = busy.sections[0].context["summary"]
    line = {**week["attention"][0], "pair": f"{LONG} & Max", "text": LONG}
    return {
        "report": page(made(many, care=ideas), **title),
        "looked-after": page(made([looked_after(n, answers=n % 5, calls=n % 2) for n in range(40)]), **title),
        "spanish": page(made(many, care=ideas), **title, language="es"),
        "few": page(made(few), **title),
        "advisor": page(made(many, Scope(kind="advisor", name="a1")), **{**title, "name": "A1"}),
        "nothing": page(made([]), **title),
        "summary": html_of(draft(busy)),
        "summary-long": html_of(draft(effect("summary", summary={**week, "attention": [line] * 12}))),
        "summary-quiet": html_of(draft(effect("summary", summary={**week, "attention": []}))),
    }


@pytest.fixture(scope="module", params=["light", "dark"])
def seen(request: pytest.FixtureRequest) -> dict[tuple[str, str], Look]:
    found = looks(pages(), request.param)
    assert {look.dark for look in found.values()} == {request.param == "dark"}
    return found


def test_every_page_was_looked_at(seen: dict[tuple[str, str], Look]):
    assert set(seen) == {(name, width) for name in pages() for width in WIDTHS}


def test_nothing_sticks_out(seen: dict[tuple[str, str], Look]):
    assert {where: look.over for where, look in seen.items() if look.over > 0} == {}


def test_every_word_has_enough_contrast(seen: dict[tuple[str, str], Look]):
    assert {where: look.faint for where, look in seen.items() if look.faint} == {}


@pytest.mark.req("S-11")
def test_the_structure_can_be_followed_by_ear(seen: dict[tuple[str, str], Look]):
    assert {where: look.violations for where, look in seen.items() if look.violations} == {}
    assert {where: (look.jumps, look.headless, look.nameless) for where, look in seen.items()} == dict.fromkeys(
        seen, ([], 0, 0)
    )
    assert {look.lang for (name, _), look in seen.items() if name == "spanish"} == {"es"}
    assert {look.lang for (name, _), look in seen.items() if name != "spanish"} == {"en"}


def test_a_page_with_every_fault_is_found_out():
    faulty = (
        '<html><body style="margin:0"><h1>A</h1><h3>B</h3><div style="width:900px;color:#aaa;background:#fff">faint</div>'
        '<svg width="20" height="20"><rect/></svg><img src=""><table><tr><td>1</td></tr></table></body></html>'
    )
    look = looks({"faulty": faulty}, "light")["faulty", "phone"]
    assert look.over == 900 - WIDTHS["phone"]
    assert any(words.startswith("faint") for words in look.faint)
    assert (look.jumps, look.headless, look.nameless, look.lang) == ([3], 1, 2, "")
    assert any(found.startswith("html-has-lang") for found in look.violations)
