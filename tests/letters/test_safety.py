"""Whatever people write, in a letter it is words: no markup, no template, no header, no voice of the program."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from html.parser import HTMLParser

import pytest

from coordinator.core.effects import Attendee, Effect, Invite
from coordinator.core.program import Prompt
from coordinator.errors import CoordinatorError
from coordinator.formats import letter_mime as mime
from coordinator.formats.letter_jinja import environment
from tests.letters.some import CHAPTER, MONDAY, draft, effect, html_of, parsed, program, text_of

EVIL = "*Evil* [click](http://evil.example) <img onerror=x src=y> {{7*7}}\r\nBcc: eve@evil.example"
SHOWN = "*Evil* [click](http://evil.example) <img onerror=x src=y> {{7*7}}"

VECTORS = [
    EVIL,
    "=?utf-8?q?a=0D=0ABcc:_eve=40evil.example?=",
    "a\x85Bcc: eve@evil.example",
    "a\u2028Bcc: eve@evil.example",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "](http://evil.example) ![x](http://evil.example/pixel.png)",
    "<http://evil.example>",
    "{% for a in goals %}{{ a }}{% endfor %}{# x #}",
    "\u202eevil\u202c \u2066x\u2069",
    "\ue0000\ue001 \ue002 \ue000\ue001",
    "`code` ~~~ ``` # x",
    "x\n\n# Heading\n\n---\n\n1. Fake question?\n\nRef: FAKE-CODE",
    '" onmouseover="x" \'',
    "&lt;b&gt; &amp; &#x3c;img&#x3e;",
    "| a | b |\n|---|---|\n| c | d |",
    "x" * 5000,
]
TAGS = {
    "a", "b", "blockquote", "body", "br", "code", "h2", "head", "html", "li", "meta", "ol", "p", "span", "style",
    "caption", "font", "table", "tbody", "td", "th", "title", "tr", "ul",
}  # fmt: skip


class Seen(HTMLParser):
    """Tags, link targets and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(html: str) -> Seen:
    page = Seen()
    page.feed(html)
    return page


def poisoned(vector: str, prompt: str = "agenda-sheet") -> Effect:
    """A letter in which every value that a person wrote is the vector."""
    person = {"first_name": vector, "name": vector, "role": "mentee", "address": vector}
    plan = dict.fromkeys(("expectations", "gains", "improve", "journey", "methods", "purpose"), vector)
    goal = {"number": 1, "text": vector, "owner": "mentee", "trend": vector}
    made = effect(
        prompt,
        me={"first_name": vector, "name": vector, "role": "mentee"},
        partner=person,
        goals=[goal],
        agenda=[vector],
        plan={"mine": plan, "theirs": plan},
        feedback=[vector],
        first=True,
        declined=vector,
        alert=[vector],
        received=[vector],
        meeting={"when": vector, "other_when": vector, "place": vector, "minutes": 45, "ordinal": 1},
    )
    return replace(made, receipts=(vector,), footer={**made.footer, "advisor_name": vector, "advisor_address": vector})


HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress",
    "List-Unsubscribe", "Content-Language", "X-Coordinator-Id", "MIME-Version", "Content-Type",
]  # fmt: skip


@pytest.mark.parametrize("prompt", ["agenda-sheet", "debrief", "receipt", "summary", "invitation", "moved"])
@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_what_a_person_wrote_is_only_words(vector: str, prompt: str) -> None:
    made = draft(poisoned(vector, prompt))
    page = seen(html_of(made))
    assert page.tags <= TAGS
    assert not any(name.startswith("on") for name in page.attributes)
    assert all(link.startswith("mailto:mentoring%2B") for link in page.links)
    assert parsed(made).keys() == HEADERS
    assert message_from_bytes(made.raw).keys() == HEADERS
    assert "eve@evil.example" not in str(parsed(made)["Bcc"])
    assert "49" not in "".join(page.text).replace("+49 30", "")


def test_an_evil_name_comes_out_as_it_was_written_in_both_parts_and_in_the_subject() -> None:
    made = draft(poisoned(EVIL))
    assert f"Hello {SHOWN}  Bcc: eve@evil.example," in " ".join(text_of(made).split("\n"))
    assert SHOWN in "".join(seen(html_of(made)).text)
    assert SHOWN in str(parsed(made)["Subject"])
    assert SHOWN.split(" [", maxsplit=1)[0] in parsed(made)["To"].addresses[0].display_name


def test_a_name_does_not_hide_behind_marks_of_our_own() -> None:
    made = draft(poisoned("\ue0007\ue001 \ue002"))
    assert not any(mark in made.text + html_of(made) for mark in "\ue000\ue001\ue002")
    assert "Hello 7 ," in made.text


def test_directions_of_writing_are_not_turned_around() -> None:
    made = draft(poisoned("\u202eevil\u202c"))
    assert "\u202e" not in made.text + html_of(made)
    assert "evil" in made.text


def test_forged_lines_stay_behind_their_mark() -> None:
    forged = "fine\n=== Note from Coordinator ===\nRef: FAKE-CODE\n-- \nFrom: x"
    made = draft(effect("agenda-sheet", feedback=[forged]))
    lines = made.text.split("\n")
    assert "> === Note from Coordinator ===" in lines
    assert "> Ref: FAKE-CODE" in lines
    assert [line for line in lines if line.startswith("Ref: ")] == ["Ref: ABCD-EFGH"]
    assert "Note from Coordinator" not in html_of(made).partition("<blockquote")[0]


def test_a_goal_of_several_lines_is_one_line() -> None:
    goal = {"number": 1, "text": "read\n2. Did you agree?\nRef: FAKE-CODE", "owner": "mentee", "trend": ""}
    text = draft(effect("agenda-sheet", goals=[goal])).text
    assert "- G1: read 2. Did you agree? Ref: FAKE-CODE" in text


@pytest.mark.parametrize(
    "address",
    [
        "a@b>\r\nRCPT TO:<e@x",
        "a b@example.org",
        "a@example.org\nBcc: e@x",
        "",
        "a@",
        "<a@example.org>",
        "ä@example.org",
        "a@b\0",
    ],
)
def test_an_address_that_is_none_stops_the_letter_without_being_told(address: str) -> None:
    made = effect("debrief")
    with pytest.raises(CoordinatorError) as caught:
        draft(replace(made, letter=replace(made.letter, address=address)))
    assert address.strip() == "" or address not in str(caught.value)


def test_headers_that_were_not_meant_stop_the_letter() -> None:
    content = b"Content-Type: text/plain\r\n\r\nx"
    assert mime.assembled([("Subject", "a")], content).startswith(b"Subject: a\r\nMIME-Version: 1.0\r\n")
    for bad in ("a\r\nBcc: e@x", "a\nBcc: e@x", "a\rb", "a\r\n\r\nb"):
        with pytest.raises(CoordinatorError):
            mime.assembled([("Subject", bad)], content)


PAYLOADS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ me.__class__ }}",
    "{{ me['__class__'] }}",
    "{{ me.items() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum }}",
    "{{ cycler }}",
    "{{ range(9) }}",
    "{{ joiner }}",
    "{{ namespace }}",
    "{{ dict }}",
    "{{ config }}",
    "{{ me.notes_confidential }}",
    "{{ goals.append(1) }}",
    "{{ '%s' | format(me) }}",
    "{{ me | attr('__class__') }}",
    "{{ me | map(attribute='x') | list }}",
    "{% include 'secret' %}",
    "{% import 'os' as os %}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{% for a in range(9999999) %}{% for b in range(9999999) %}x{% endfor %}{% endfor %}",
    "{{ ''.join(goals) }}",
    "{{ me.first_name.format(me) }}",
    "{% extends 'x' %}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_template_cannot_reach_beyond_its_names(payload: str) -> None:
    from coordinator.formats.letter_context import NAMES
    from coordinator.programs.wording import check

    found: list[str] = []
    check(payload, NAMES, "mine.md", 1, found)
    assert found, "the check lets it pass"


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if "9999" not in p and "**" not in p])
def test_and_what_the_check_would_miss_the_sandbox_stops(payload: str) -> None:
    prompt = Prompt(id="debrief", subject="x", body=payload, source="mine.md")
    of = replace(program(), prompts={"debrief": {"en": prompt}})
    with pytest.raises(CoordinatorError):
        draft(effect("debrief"), of=of)


def test_the_sandbox_has_no_globals_and_ten_filters_and_one() -> None:
    env = environment()
    assert env.globals == {}
    assert len(env.filters) == 11
    assert not {"format", "attr", "map", "xmlattr", "urlize", "safe"} & set(env.filters)


def test_an_error_never_tells_what_a_person_wrote() -> None:
    prompt = Prompt(id="debrief", subject="x", body="{{ me.first_name.canary }}", source="mine.md")
    of = replace(program(), prompts={"debrief": {"en": prompt}})
    with pytest.raises(CoordinatorError) as caught:
        draft(effect("debrief", me={"first_name": "ZX-77", "name": "ZX-77", "role": "mentee"}), of=of)
    assert "ZX-77" not in str(caught.value)


def test_an_invitation_with_evil_values_has_no_other_headers() -> None:
    invite = Invite(
        method="REQUEST", uid="u1@north.example", sequence=0, start=MONDAY, end=MONDAY + timedelta(minutes=45), zone="Europe/Berlin", stamp=MONDAY,
        summary=EVIL, description=EVIL, place=EVIL, attendees=(Attendee(name=EVIL, address="ada@example.org"),),
    )  # fmt: skip
    made = draft(replace(poisoned(EVIL, "invitation"), invite=invite), chapter=replace(CHAPTER, sender_name=EVIL))
    assert parsed(made).keys() == HEADERS
