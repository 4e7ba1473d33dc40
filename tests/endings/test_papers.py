"""A certificate or a service letter, long after the end: the archive keeps what it counts."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from coordinator.core.records import Contact
from tests.core.situations import DAY
from tests.endings.test_bad_input import office_of_two, only


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
