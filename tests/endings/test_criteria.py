"""How a pair tells that it works: its own lines, on its own dates, agreed by mail and changed by mail."""

from datetime import date

import pytest

from tests.endings.test_bad_input import number, office_of_two, only, said_to
from tests.enrolment.office import Office

BOTH = ("Maya", "Mona")


def say_both(office: Office, *lines: str) -> None:
    for name in BOTH:
        for line in lines:
            office.reply(office.last(name), line)


def looks(office: Office, name: str, *lines: str) -> list[date]:
    """The day of each look in which somebody was asked just these lines."""
    address = f"{name.casefold()}@example.org"
    first: dict[date, None] = {}
    for at, letter in office.letters:
        said = [ask.words.partition(" (")[0] for ask in letter.asks]
        if letter.parent.recipient == address and set(lines) <= set(said):
            first.setdefault(at.date())
    days = list(first)
    return [day for place, day in enumerate(days) if not place or (day - days[place - 1]).days > 21]  # no reminders


@pytest.mark.req("ACHE-33", "ACHE-34")
@pytest.mark.parametrize(
    ("language", "criteria", "dates", "lines"),
    [
        ("en", "criteria", "assess: month 2, month 5", ("we keep what we agree", "we laugh")),
        ("es", "criterios", "evaluar: mes 2, mes 5", ("cumplimos lo acordado", "nos reímos")),
    ],
)
def test_both_name_criteria_and_dates_by_mail_and_are_asked_those_lines_near_those_dates_only(
    language: str, criteria: str, dates: str, lines: tuple[str, str]
):
    office = office_of_two(language=language)
    office.wait(14)
    say_both(office, f"{criteria}: {'; '.join(lines)}", dates)
    assert only(office).terms["criteria"] == "; ".join(lines)
    office.wait(165)
    for name in BOTH:
        days = looks(office, name, *lines)
        assert len(days) == 2
        for day, wanted in zip(days, (date(2026, 3, 12), date(2026, 6, 12)), strict=True):
            assert -7 <= (day - wanted).days <= 35
    assert not office.held


@pytest.mark.req("ACHE-33")
def test_criteria_that_only_one_names_are_put_to_the_other_and_hold_after_their_yes():
    office = office_of_two()
    office.wait(14)
    office.reply(office.last("Maya"), "criteria: we laugh")
    office.wait(4)
    assert "That is a wish so far: Mona is asked" in said_to(office, "Maya")
    asked = office.last("Mona", "Maya suggests")
    assert "How you tell that it works: we laugh" in " ".join(asked.parent.text.split())
    assert "criteria" not in only(office).terms
    office.reply(asked, "yes")
    assert only(office).terms["criteria"] == "we laugh"


@pytest.mark.req("ACHE-33", "AAHA-31")
def test_a_number_stays_beside_the_words_that_were_asked_though_both_agree_on_others_before_it_comes():
    old = ("we keep what we agree", "we laugh")
    office = office_of_two(terms={"criteria": "; ".join(old), "assess": "month 1"})
    while not looks(office, "Maya", *old):
        office.wait(1)
        assert office.now.month < 4
    letters = {
        name: next(x for x in reversed(office.to(name)) if any(ask.words.startswith(old[0]) for ask in x.asks))
        for name in BOTH
    }
    say_both(office, "criteria: we are honest; we laugh")
    assert only(office).terms["criteria"] == "we are honest; we laugh"
    for name, marks in (("Maya", "42"), ("Mona", "53")):
        letter = letters[name]
        office.reply(letter, dict(zip((number(letter, words) for words in old), marks, strict=True)))
    office.wait(12)
    for name in BOTH:
        told = " ".join(office.last(name, "side by side").parent.text.split())
        assert "we keep what we agree: Maya 4, Mona 5" in told
        assert "we laugh: Maya 2, Mona 3" in told
        assert "we are honest:" not in told, "nobody was asked for that yet"
    assert not office.held
