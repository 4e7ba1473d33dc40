"""The page of a season: whole without a network, without a script, and with whatever people write."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coordinator.demo import page
from coordinator.demo.shown import Mail, Meeting, Person, Summary, mail_of
from coordinator.demo.story import Line, Month
from coordinator.simulate.events import Event
from coordinator.simulate.shapes import reply
from coordinator.simulate.shapes.tree import VOID
from tests.simulate.samples import letter

NOON = datetime(2026, 4, 14, 12, 0, tzinfo=UTC)
EVIL = '"><script>alert(1)</script><img src="https://evil.example/x.png">{{ 7*7 }}'
ANA = Person(address="ana@example.org", name="Ana Ruiz", role="mentee", note="Taps the buttons, an iPhone")
MARCUS = Person(address="marcus@example.org", name="Marcus Bell", role="mentor")


class Reader(HTMLParser):
    """Tags, ids and links of a page; fails on a tag that closes what is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def mail(**more: object) -> Mail:
    known = {"at": NOON, "person": ANA.address, "ours": True, "kind": "letter", "subject": "Hello", "text": "Hi\n> old"}
    return Mail(**{**known, **more})  # type: ignore[arg-type]


def written(tmp_path: Path, *mails: Mail, **more: object) -> tuple[str, Reader]:
    known = {"meetings": (), "summaries": (), "title": "A season", "people": (ANA, MARCUS), **more}
    path = page.write(tmp_path, mails, **known)  # type: ignore[arg-type]
    text = path.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    return text, reader


def test_an_empty_season_is_a_whole_page(tmp_path: Path) -> None:
    text, _ = written(tmp_path, people=())
    assert "No meeting was set." in text
    assert "No summary was sent." in text


def test_nothing_is_fetched_from_anywhere(tmp_path: Path) -> None:
    _, reader = written(tmp_path, mail(html='<p>Hi</p><img src="https://evil.example/x.png">'))
    for tag, attrs in reader.tags:
        assert not {"src", "background", "poster", "action"} & attrs.keys(), tag
        assert not re.match(r"(?i)[a-z]+:|//", attrs.get("href") or "")
    policy = next(attrs for attrs in reader.named("meta") if attrs.get("http-equiv"))
    assert str(policy["content"]).startswith("default-src 'none'")


def test_a_letter_is_shown_in_a_frame_that_may_do_nothing(tmp_path: Path) -> None:
    html = '<p class="a">Hi & "you"</p><script>alert(1)</script>'
    _, reader = written(tmp_path, mail(html=html))
    (frame,) = reader.named("iframe")
    assert frame["sandbox"] == ""
    assert frame["srcdoc"] == html


def test_what_people_write_stays_text(tmp_path: Path) -> None:
    evil = Person(address="x@example.org", name=EVIL, role="mentor", note=EVIL)
    hostile = mail(person="x@example.org", subject=EVIL, gist=EVIL, text=EVIL, sender=EVIL, to=EVIL, ours=False)
    meeting = Meeting(start=NOON, pair=EVIL, status="held", place=EVIL, partstats={EVIL: EVIL})
    summary = Summary(at=NOON, advisor=EVIL, subject=EVIL, text=EVIL, html=EVIL)
    story = Month(title=EVIL, lines=(Line(at=NOON, text=EVIL, weight=1),))
    more = {"meetings": [meeting], "summaries": [summary], "title": EVIL, "people": [evil], "story": [story]}
    text, reader = written(tmp_path, hostile, **more)
    assert len(reader.named("script")) == 1
    assert not reader.named("img")
    assert "{{ 7*7 }}" in text


def test_every_link_leads_somewhere_on_the_page(tmp_path: Path) -> None:
    stranger = mail(person="office@example.org")
    _, reader = written(tmp_path, mail(), stranger)
    ids = {attrs["id"] for _, attrs in reader.tags if "id" in attrs}
    links = {str(attrs["href"]).removeprefix("#") for attrs in reader.named("a")}
    assert links <= ids
    assert {ANA.anchor, MARCUS.anchor, "p-office-example-org", "calendar", "summaries"} <= links


def test_every_mail_stands_in_its_persons_timeline_in_order(tmp_path: Path) -> None:
    later = mail(at=NOON + timedelta(days=20), subject="Later", person=MARCUS.address)
    text, _ = written(tmp_path, later, mail(subject="Second", at=NOON + timedelta(hours=1)), mail(subject="First"))
    places = [text.index(words) for words in ("<h1>Ana Ruiz<", ">First<", ">Second<", "<h1>Marcus Bell<", ">Later<")]
    assert places == sorted(places)
    assert text.count('class="mail ours kind-letter"') == 3


def test_quoted_lines_are_set_apart(tmp_path: Path) -> None:
    text, _ = written(tmp_path, mail(ours=False, kind="reply", text="new\n> old\n> older\nend"))
    assert '<span class="quote">&gt; old\n&gt; older</span>' in text


@pytest.mark.parametrize(
    ("status", "answers", "state"),
    [
        ("held", {}, "held"),
        ("cancelled", {"Ana": "ACCEPTED"}, "cancelled"),
        ("invited", {"Ana": "ACCEPTED", "Marcus": "ACCEPTED"}, "accepted"),
        ("invited", {"Ana": "ACCEPTED", "Marcus": "NEEDS-ACTION"}, "open"),
        ("invited", {"Ana": "ACCEPTED", "Marcus": "DECLINED"}, "declined"),
        ("unknown", {}, "open"),
    ],
)
def test_a_meeting_has_one_state(tmp_path: Path, status: str, answers: dict[str, str], state: str) -> None:
    meeting = Meeting(start=NOON, pair="Ana and Marcus", status=status, partstats=answers)
    assert meeting.state == state
    text, _ = written(tmp_path, meetings=[meeting])
    assert f'class="dot state-{state}" title="Tue 14 Apr' in text


def test_two_meetings_of_a_month_share_a_cell(tmp_path: Path) -> None:
    meetings = [Meeting(start=NOON + timedelta(days=days), pair="Ana and Marcus", status="held") for days in (0, 7)]
    text, _ = written(tmp_path, meetings=meetings)
    assert text.count('<th scope="row">Ana and Marcus</th>') == 1
    assert text.count('class="dot state-held" title') == 2


def test_the_newest_summary_is_open(tmp_path: Path) -> None:
    old = Summary(at=NOON, advisor="Eric", subject="Old", text="quiet")
    new = Summary(at=NOON + timedelta(days=7), advisor="Eric", subject="New", text="busy")
    text, _ = written(tmp_path, summaries=[old, new])
    assert text.index(">New<") < text.index(">Old<")
    assert text.count('<details class="mail ours" open>') == 1


def test_an_event_becomes_a_mail_to_look_at() -> None:
    raw = reply(letter(), "Yes!", client="gmx", style="top", sender=("Ana Ruiz", ANA.address), now=NOON)
    event = Event(at=NOON, kind="reply", person=ANA.address, subject="Re: …", gist="they met", raw=raw)
    shown = mail_of(event, UTC)
    assert (shown.ours, shown.sender, shown.html) == (False, "Ana Ruiz <ana@example.org>", "")
    assert shown.text.startswith("Yes!\n")
    ours = mail_of(Event(at=NOON, kind="letter", person=ANA.address, subject="", raw=letter()), UTC)
    assert ours.html.startswith("<!DOCTYPE html>")
