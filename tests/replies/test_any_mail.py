"""What holds for the whole reader, from bytes to answers, whatever the mail."""

import random
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.reading import Reading
from coordinator.simulate.shapes import CLIENTS, reply
from tests.replies.generate import made
from tests.replies.letters_sent import letter, read_reply, sent
from tests.replies.test_letters_between import ADA, NOW

DEBRIEF = letter("debrief")
HEAD = b"From: Ada <ada@example.com>\nTo: mentoring@example.org\nSubject: Re: hello\nMessage-ID: <1@example.com>\n"
MAIL = st.builds(lambda head, body: HEAD + head + b"\n\n" + body, st.binary(max_size=60), st.binary(max_size=400))


@given(MAIL | st.binary(max_size=600))
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_read_without_an_error_and_twice_the_same(raw: bytes) -> None:
    assert read_reply(raw, DEBRIEF, "en") == read_reply(raw, DEBRIEF, "en")


@given(st.integers(0, 10_000), st.sampled_from(["top", "inline", "html_top", "quick"]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_mail_is_read_without_an_error(seed: int, form: str, data: st.DataObject) -> None:
    raw = bytearray(made(sent()[seed % len(sent())], "en", form).raw)
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_reply(bytes(raw), DEBRIEF, "en")


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_quoting_more_changes_no_answer(client: str) -> None:
    said = {1: "yes", 2: "45 min", 3: "G1 6", 4: "The role play, mostly"}
    top = reply(DEBRIEF.draft.raw, said, client=client, style="top", sender=ADA, now=NOW)
    deeper = reply(DEBRIEF.draft.raw, said, client=client, style="html_top", sender=ADA, now=NOW)
    quick = reply(DEBRIEF.draft.raw, said, client=client, style="quick", sender=ADA, now=NOW)
    read = [{n: a.value for n, a in read_reply(raw, DEBRIEF, "en").answers.items()} for raw in (top, deeper, quick)]
    assert read[0] == read[1] == read[2]


HOSTILE: dict[str, Callable[[int], str]] = {
    "on-a": lambda size: "On a\n" * (size // 5),
    "marks": lambda size: ">" * size,
    "from-lines": lambda size: "From: a@b.cd\n" * (size // 13),
    "yes": lambda size: "yes, " * (size // 5),
    "numbers": lambda size: "1 " * (size // 2),
    "labels": lambda size: "1: yes\n" * (size // 7),
    "goals": lambda size: "G1 6, " * (size // 6),
    "dates": lambda size: "14 April at 3pm or " * (size // 19),
    "questions": lambda size: "1. Did you two talk since my last mail? yes\n" * (size // 44),
    "one-sentence": lambda size: "we met and " * (size // 11),
    "tags": lambda size: "<div>" * (size // 5),
    "bidi": lambda size: "\u202e" * size,
}


def _mail(body: str, kind: str = "plain") -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return HEAD + head.encode() + body.encode()


def _steps(raw: bytes) -> int:
    """How many lines and calls of our own code it takes; unlike seconds it does not depend on the machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        nonlocal count
        count += 1
        return trace if "coordinator" in frame.f_code.co_filename else None

    sys.settrace(trace)
    try:
        read_reply(raw, DEBRIEF, "en")
    finally:
        sys.settrace(None)
    return count


# The shorter one, because of a long paragraph only the beginning is read as prose.
@pytest.mark.parametrize("size", [1_200, 3_000])
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_length_takes_at_most_about_twice_the_steps(name: str, size: int) -> None:
    read_reply(_mail(HOSTILE[name](500)), DEBRIEF, "en")
    small, large = (_steps(_mail(HOSTILE[name](length))) for length in (size, 2 * size))
    base = _steps(_mail(""))
    assert large - base <= 2.2 * max(small - base, 500)


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_kilobytes_of_it_are_read(name: str, kind: str) -> None:
    reading: Reading = read_reply(_mail(HOSTILE[name](100_000), kind), DEBRIEF, "en")
    assert reading.kind in {"reply", "stray", "unsafe"}


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "rot13", "x-no-such", "utf-16", "idna", "zlib", "cp037"]
)
def test_a_dangerous_or_lying_charset_breaks_nothing(charset: str) -> None:
    body = random.Random(charset).randbytes(300) + b"\n1: yes\n\0\n"
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + body
    assert read_reply(raw, DEBRIEF, "en").kind in {"reply", "stray", "unsafe"}
