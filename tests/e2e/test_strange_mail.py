"""Mail that somebody else wrote, that came twice, or that is broken: handled or put aside, and the next one is read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest

from coordinator import store
from coordinator.simulate.letters import Received
from tests.e2e.chapters import MAYA, MONA, Chapter, MaildirMail, ServerMail
from tests.e2e.seasons import introduced, met

EVE = "eve@evil.example"
CHIEF = "chief@example.org"


def without(raw: bytes, header: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b"\0 ").replace(b"\r\n\t", b"\0\t").split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(header.lower() + b":")]
    return b"\r\n".join(kept).replace(b"\0", b"\r\n") + b"\r\n\r\n" + body


def with_header(raw: bytes, line: bytes) -> bytes:
    return line + b"\r\n" + raw


def with_parts(raw: bytes, number: int) -> bytes:
    head = without(without(without(raw, b"Content-Type"), b"MIME-Version"), b"Content-Transfer-Encoding")
    head = head.partition(b"\r\n\r\n")[0]
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nyes\r\n"
    return (
        head
        + b'\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + part * number
        + b"--b--"
    )


def nested(raw: bytes, depth: int) -> bytes:
    head = without(raw, b"Content-Type").partition(b"\r\n\r\n")[0]
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return head + b"\r\n" + opened + b"Content-Type: text/plain\r\n\r\nyes\r\n"


STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "20 MB": lambda raw: raw + b"\r\n" + b"x" * 76 + (b"y" * 76 + b"\r\n") * 262_000,
    "2,000 parts": lambda raw: with_parts(raw, 2000),
    "500 levels": lambda raw: nested(raw, 500),
    "an unknown charset": lambda raw: raw.replace(b'charset="UTF-8"', b"charset=x-klingon").replace(
        b"charset=utf-8", b"charset=x-klingon"
    ),
    "bytes of no charset": lambda raw: raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n1. yes \xff\xfe\x80\x00\x81 caf\xe9",
    "no Message-ID": lambda raw: without(raw, b"Message-ID"),
    "two From lines": lambda raw: with_header(raw, b"From: Eve <" + EVE.encode() + b">"),
    "no From line": lambda raw: without(raw, b"From"),
    "two addresses in From": lambda raw: with_header(
        without(raw, b"From"), b"From: Maya <" + MAYA.encode() + b">, Eve <" + EVE.encode() + b">"
    ),
    "no Date": lambda raw: without(raw, b"Date"),
    "a Date of nonsense": lambda raw: with_header(without(raw, b"Date"), b"Date: yesterday-ish"),
    "headers only": lambda raw: raw.partition(b"\r\n\r\n")[0],
    "nothing at all": lambda raw: b"",
    "zeros": lambda raw: b"\0" * 5000,
    "a subject of 100 kB": lambda raw: with_header(without(raw, b"Subject"), b"Subject: " + b"a" * 100_000),
    "20,000 header lines": lambda raw: b"X-A: b\r\n" * 20_000 + raw,
    "bare line feeds": lambda raw: raw.replace(b"\r\n", b"\n"),
    "an mbox line on top": lambda raw: b"From maya@example.com Mon Jan 12 09:00:00 2026\r\n" + raw,
    "truncated in the middle of base64": lambda raw: raw[: len(raw) // 2],
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_a_strange_mail_stops_nothing_and_the_next_is_read_in_the_same_tick(
    chapter: Chapter, change: Callable[[bytes], bytes]
):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    strange = change(chapter.answered(letter, {1: "yes"}))
    good = chapter.answered(chapter.last(MONA, "Did you two talk"), {1: "yes", 2: "patient"})
    chapter.mail.deliver(strange, chapter.now)
    chapter.mail.deliver(good, chapter.now + timedelta(seconds=1))
    account = chapter.tick(chapter.now + timedelta(minutes=15))
    assert account.read == 2
    assert account.trouble is None
    assert account.failed == 0
    assert account.applied + account.held + account.quarantined + account.bounces + account.ignored == 2
    assert "patient" in [a.value for a in chapter.pair.answers]
    assert chapter.mail.waiting() == []
    assert len(chapter.mail.processed()) + len(chapter.mail.quarantined()) >= 2


@pytest.mark.parametrize("change", ["two From lines", "two addresses in From", "no From line"])
def test_a_mail_without_one_sound_sender_changes_nothing(chapter: Chapter, change: str):
    met(chapter)
    before = chapter.pair
    account = chapter.deliver(STRANGE[change](chapter.answered(chapter.last(MAYA, "Did you two talk"), {1: "yes"})))
    assert account.applied == 0
    assert chapter.pair == before


def test_a_mail_of_20_mb_is_put_aside_on_real_servers_too_and_a_human_is_told(everywhere: Chapter):
    chapter = everywhere
    introduced(chapter)
    letter = chapter.last(MAYA, "Meet Mona")
    chapter.mail.deliver(STRANGE["20 MB"](chapter.answered(letter, {1: "a"})), chapter.now)
    chapter.mail.deliver(chapter.answered(letter, "we also called, 10 min"), chapter.now + timedelta(seconds=1))
    account = chapter.tick(chapter.now + timedelta(minutes=15))
    assert (account.quarantined, account.applied) == (1, 1)
    assert len(chapter.mail.quarantined()) == 1
    assert len(chapter.pair.contacts) == 1
    assert chapter.to(CHIEF)


def test_a_forwarded_prompt_that_a_stranger_answers_is_held_and_changes_nothing(everywhere: Chapter):
    chapter = everywhere
    introduced(chapter)
    before = chapter.pair
    letter = chapter.last(MAYA, "Meet Mona")
    account = chapter.reply(letter, {1: "a"}, sender=EVE)
    assert (account.applied, account.held) == (0, 1)
    assert chapter.pair == before
    (held,) = chapter.held()
    assert held.sender == EVE
    assert not chapter.to(EVE)


def test_whoever_a_forwarded_prompt_went_to_is_told_once_and_not_by_whom_it_was_answered(chapter: Chapter):
    introduced(chapter)
    before, letter = len(chapter.to(MAYA)), chapter.last(MAYA, "Meet Mona")
    for _ in range(3):
        chapter.reply(letter, {1: "a"}, sender=EVE)
        chapter.tick(chapter.now + timedelta(hours=1))
    told = [" ".join(each.parent.text.split()) for each in chapter.to(MAYA)[before:]]
    (warning,) = [text for text in told if "an address that I do not know as yours" in text]
    assert EVE not in warning
    assert not chapter.to(EVE)


LISTS = (b"List-Id: <all.elm.example>", b"Precedence: bulk", b"Return-Path: <>", b"X-Coordinator-Id: 1234567890")


def without_a_letter(chapter: Chapter) -> bytes:
    """What Maya would be asked about: whether it was understood."""
    return chapter.new_mail("1. yes\n2. 40", "We met", client="thunderbird")


@pytest.mark.parametrize("line", LISTS)
def test_what_a_list_or_a_robot_brings_of_somebody_we_know_is_never_asked_about(chapter: Chapter, line: bytes):
    met(chapter)
    before = len(chapter.to(MAYA))
    account = chapter.deliver(with_header(without_a_letter(chapter), line))
    chapter.tick(chapter.now + timedelta(hours=2))
    assert (account.held, account.applied) == (1, 0)
    assert len(chapter.to(MAYA)) == before
    assert [held.state for held in chapter.held()] == ["waiting"]


def test_people_of_the_programs_own_domain_are_asked_like_all_others(chapter: Chapter):
    met(chapter)
    before, raw = len(chapter.to(MAYA)), without(without_a_letter(chapter), b"Message-ID")
    account = chapter.deliver(with_header(raw, b"Message-ID: <2f1c9a6e-77aa-1b2c@example.org>"))
    assert (account.held, account.applied) == (0, 1)
    assert len(chapter.to(MAYA)) == before + 1


def test_an_answer_to_a_letter_counts_also_when_it_came_by_a_list(chapter: Chapter):
    met(chapter)
    raw = chapter.answered(chapter.last(MONA, "Did you two talk"), {1: "yes", 2: "patient"})
    assert chapter.deliver(with_header(raw, LISTS[0])).applied == 1
    assert "patient" in [a.value for a in chapter.pair.answers]


def test_a_stranger_who_writes_to_no_letter_is_put_aside_without_an_answer(chapter: Chapter):
    account = chapter.deliver(chapter.new_mail("Buy now", "Offer", sender=EVE))
    assert account.quarantined == 1
    assert not chapter.to(EVE)


def test_a_partner_cannot_answer_for_the_other(chapter: Chapter):
    met(chapter)
    before = chapter.pair
    account = chapter.reply(chapter.last(MAYA, "Did you two talk"), {1: "no"}, sender=MONA)
    assert account.held == 1
    assert chapter.pair.meetings == before.meetings


def test_a_forged_reply_address_is_put_aside(chapter: Chapter):
    introduced(chapter)
    letter = chapter.last(MAYA, "Meet Mona")
    raw = without(without(chapter.answered(letter, {1: "a"}), b"In-Reply-To"), b"References")
    token = letter.parent.reply_to.partition("+")[2].partition("@")[0].encode()
    account = chapter.deliver(raw.replace(token, b"a" * len(token)))
    assert account.quarantined + account.held == 1


def test_a_token_that_stands_in_the_quote_only_proves_nothing(chapter: Chapter):
    introduced(chapter)
    before = chapter.pair
    letter = chapter.last(MAYA, "Meet Mona")
    quote = "\n".join(f"> {line}" for line in [letter.parent.reply_to, *letter.parent.text.split("\n")])
    account = chapter.deliver(chapter.new_mail(f"1. a\n\n{quote}", "Hello", sender=EVE, client="mutt"))
    assert account.applied == 0
    assert chapter.pair == before


def test_a_partners_letter_in_the_quote_is_not_the_letter_that_is_answered(chapter: Chapter):
    met(chapter)
    before = chapter.pair
    hers = chapter.last(MONA, "Did you two talk")
    quote = "\n".join(f"> {line}" for line in [hers.parent.reply_to, *hers.parent.text.split("\n")])
    chapter.deliver(chapter.new_mail(f"What do you make of this?\n\n{quote}", "Fwd: How is it going", client="mutt"))
    assert chapter.pair.answers == before.answers
    assert chapter.pair.meetings == before.meetings


def test_the_same_mail_twice_counts_once(everywhere: Chapter):
    chapter = everywhere
    introduced(chapter)
    raw = chapter.answered(chapter.last(MAYA, "Meet Mona"), "called 10 min")
    chapter.mail.deliver(raw, chapter.now)
    chapter.mail.deliver(raw, chapter.now)
    chapter.tick(chapter.now + timedelta(minutes=15))
    chapter.deliver(raw)
    assert len(chapter.pair.contacts) == 1
    assert chapter.mail.waiting() == []


def test_another_mail_under_a_known_message_id_is_not_lost(chapter: Chapter):
    introduced(chapter)
    raw = chapter.answered(chapter.last(MAYA, "Meet Mona"), "called 10 min")
    chapter.deliver(raw)
    account = chapter.deliver(raw.replace(b"called 10 min", b"called 25 min"))
    assert account.held + account.quarantined == 1
    assert [c.minutes for c in chapter.pair.contacts] == [10]


def test_mail_older_than_the_chapter_is_never_touched(tmp_path, imap_server, sink):
    from tests.e2e.chapters import on_servers

    old = b"From: maya@example.com\r\nTo: mentoring@example.org\r\nSubject: old\r\nMessage-ID: <old@example.com>\r\n\r\nSTOP\r\n"
    imap_server.deliver("older@example.org", old)
    chapter = on_servers(tmp_path / "elm", imap_server, sink, "older@example.org")
    account = chapter.tick()
    assert account.read == 0
    assert chapter.mail.waiting() == [old]
    chapter.reply(chapter.last(MAYA), {1: "a"})
    assert chapter.mail.waiting() == [old]
    assert chapter.person(MAYA).status == "active"


def test_a_mail_that_somebody_has_looked_at_already_is_read_all_the_same(everywhere: Chapter):
    chapter = everywhere
    chapter.tick()
    raw = chapter.answered(chapter.last(MAYA), {1: "a"})
    match chapter.mail:
        case ServerMail(server=server, user=user):
            server.deliver(user, raw, flags=r"(\Seen)")
        case MaildirMail(inbox=inbox):
            (inbox / "cur" / "1768205000.M1P1.seen:2,S").write_bytes(raw)
    account = chapter.tick(chapter.now + timedelta(minutes=15))
    assert (account.read, account.applied) == (1, 1)
    assert len(chapter.pair.meetings) == 1


def test_a_held_mail_that_a_human_vouches_for_counts(chapter: Chapter):
    from tests.cli.running import run

    introduced(chapter)
    chapter.reply(chapter.last(MAYA, "Meet Mona"), "called 10 min", sender="maya@home.example")
    (held,) = chapter.held()
    at = ("--chapter", chapter.folder, "held")
    assert "called 10 min" in run(*at, "show", held.id).out
    outcome = run(*at, "accept", held.id, "--as", MAYA, "--now", chapter.now.isoformat())
    assert outcome.code == 0, outcome.err
    assert [c.minutes for c in chapter.pair.contacts] == [10]
    assert chapter.held() == []


def test_nothing_of_a_broken_mail_or_an_address_is_printed(chapter: Chapter, capfd: pytest.CaptureFixture[str]):
    met(chapter)
    for change in STRANGE.values():
        chapter.mail.deliver(change(chapter.answered(chapter.last(MAYA, "Did you two talk"), {1: "yes"})), chapter.now)
    chapter.tick(chapter.now + timedelta(minutes=15))
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""


def test_our_own_mail_that_comes_back_is_put_away_without_effect(chapter: Chapter):
    chapter.tick()
    before = chapter.pair
    raw = message_from_bytes(chapter.last(MAYA).raw)
    del raw["Delivered-To"]
    account = chapter.deliver(raw.as_bytes())
    assert (account.held, account.quarantined) in ((0, 0), (0, 1))
    assert chapter.pair == before
    assert chapter.mail.waiting() == []


def message_id(letter: Received) -> str:
    return str(message_from_bytes(letter.raw)["Message-ID"])


@pytest.mark.parametrize("archived", [False, True], ids=["at hand", "in the archive"])
def test_an_answer_to_a_letter_that_closed_is_held_and_its_writer_hears_so_once(chapter: Chapter, archived: bool):
    introduced(chapter)
    letter = chapter.last(MAYA, "Meet Mona")
    with store.lock(chapter.folder / "state"):
        work = store.open_store(chapter.folder / "state", now=chapter.now).load()
        asked = work.letter_by_message_id(message_id(letter))
        assert asked
        work.stage([replace(asked, closes=chapter.now - timedelta(days=1), version=asked.version + 1)])
        work.commit()
    if archived:
        chapter.wait(1)
        assert chapter.work().letter_by_message_id(message_id(letter)) is None
    before = chapter.pair
    account = chapter.reply(letter, {1: "a"})
    assert (account.applied, account.held, account.quarantined) == (0, 1, 0)
    assert (chapter.pair.answers, chapter.pair.meetings) == (before.answers, before.meetings)
    (held,) = chapter.held()
    assert held.reason == "it answers a letter that could be answered no longer"
    told = chapter.to(MAYA, "closed by now")
    assert len(told) == 1
    assert "a person looks at your answer" in " ".join(told[0].parent.text.split())
    again = chapter.reply(letter, {1: "b"})
    assert again.held == 1
    assert len(chapter.to(MAYA, "closed by now")) == 1
    by_a_stranger = chapter.reply(letter, {1: "c"}, sender=EVE)
    assert by_a_stranger.applied == 0
    assert not chapter.to(EVE)
