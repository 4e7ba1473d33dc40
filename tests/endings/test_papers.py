"""A certificate or a service letter, long after the end: the archive keeps what it counts."""

import sys
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from coordinator.core.records import Contact, Pairing
from tests.core.situations import DAY
from tests.endings.test_bad_input import office_of_two, only
from tests.enrolment.office import Office


@pytest.mark.req("ACHE-8")
def test_a_service_letter_counts_a_pairing_that_was_put_into_the_archive():
    office = office_of_two()
    pairing = only(office)
    calls = tuple(Contact(at=office.now - n * DAY, kind="call", minutes=20, by=pairing.mentor) for n in (3, 2, 1))
    ended = replace(pairing, status="ended", contacts=calls, due=None, ended=office.now, version=pairing.version + 1)
    work = office.work()
    work.stage([replace(ended, start=ended.start - timedelta(days=170), end=office.now.date())])
    work.commit()
    work = office.work()
    work.drop(work.pairing("p1"))
    work.commit()
    assert office.pairings == []
    letters = [x for x in office.write("Mona", "service letter") if x.parent.recipient == "mona@example.org"]
    assert len(letters) == 1
    page = letters[0].raw.decode(errors="replace")
    assert "service-letter.html" in page
    assert office.pairings == [], "nothing that is over comes back to life"
    assert not office.held
    (row,) = [r for r in _rows(letters[0].raw) if "Calls and mails" in r]
    assert ">3<" in row
    (hours,) = [r for r in _rows(letters[0].raw) if "Hours on record" in r]
    assert "1:00" in hours


def _rows(raw: bytes) -> list[str]:
    message = message_from_bytes(raw, policy=policy.default)
    page = next(p for p in message.walk() if p.get_filename() == "service-letter.html")
    return page.get_payload(decode=True).decode().split("<tr")


def archived(office: Office, *, calls: int) -> None:
    """The only pairing is over, and in the archive, with so many calls of twenty minutes."""
    pairing = only(office)
    contacts = tuple(Contact(at=office.now - n * DAY, kind="call", minutes=20, by=pairing.mentor) for n in range(calls))
    work = office.work()
    start = pairing.start - timedelta(days=170)
    work.stage([
        replace(pairing, status="ended", contacts=contacts, due=None, ended=office.now, start=start,
                end=office.now.date(), version=pairing.version + 1)
    ])  # fmt: skip
    work.commit()
    work = office.work()
    work.drop(work.pairing("p1"))
    work.commit()


def paired_again(office: Office, id_: str, name: str, *, calls: int) -> None:
    """Mona mentors somebody else from a month before today."""
    mona = next(p for p in office.work().participants() if p.first_name == "Mona")
    mentee = office.add(name, "mentee", consent=True, invited=False)
    contacts = tuple(Contact(at=office.now - n * DAY, kind="call", minutes=30, by=mona.id) for n in range(calls))
    office.stage(Pairing(
        id=id_, version=1, mentor=mona.id, mentee=mentee.id, start=office.now.date() - timedelta(days=30),
        end=office.now.date() + timedelta(days=100), contacts=contacts, due=None,
    ))  # fmt: skip


@pytest.mark.req("ACHE-8")
def test_a_service_letter_counts_all_of_a_mentors_pairings_without_asking_which():
    office = office_of_two()
    archived(office, calls=3)
    paired_again(office, "p2", "Lena", calls=2)
    paired_again(office, "p3", "Rosa", calls=1)
    office.write("Mona", "service letter")
    (letter,) = [x for x in office.to("Mona") if b"service-letter.html" in x.raw]
    rows = {label: row for row in _rows(letter.raw) for label in COUNTED if label in row}
    assert ">3<" in rows["Pairings"]
    assert ">6<" in rows["Months active"], "the two that run now began before the first one ended"
    assert ">6<" in rows["Calls and mails"]
    assert "2:30" in rows["Hours on record"]
    assert not any(name in "".join(_rows(letter.raw)) for name in ("Maya", "Lena", "Rosa"))
    assert not office.held


def running_with(office: Office, **changes) -> None:
    office.settings = replace(office.settings, chapter=replace(office.settings.chapter, **changes))


COUNTED = ("Pairings", "Months active", "Calls and mails", "Hours on record")


@pytest.mark.req("ACHE-8")
def test_a_chapter_may_send_its_papers_as_pdf():
    office = office_of_two()
    running_with(office, pdf=True)
    archived(office, calls=3)
    office.write("Mona", "service letter")
    letter = office.to("Mona")[-1]
    message = message_from_bytes(letter.raw, policy=policy.default)
    pages = {p.get_filename(): p for p in message.iter_attachments()}
    assert set(pages) == {"service-letter.pdf"}
    assert pages["service-letter.pdf"].get_content_type() == "application/pdf"
    assert pages["service-letter.pdf"].get_payload(decode=True).startswith(b"%PDF-")


@pytest.mark.parametrize("missing", ["package", "font"])
def test_a_letter_whose_pdf_cannot_be_written_brings_the_page_as_html(monkeypatch, missing):
    office = office_of_two()
    running_with(office, pdf=True)
    archived(office, calls=3)
    if missing == "package":
        monkeypatch.setitem(sys.modules, "fpdf", None)
    else:
        running_with(office, pdf=True, name="Patenschaft 𓀀")
    office.write("Mona", "service letter")
    assert b"service-letter.html" in office.to("Mona")[-1].raw
