"""A copy of one's data, being deleted, and why one was written to: asked for by mail, confirmed, done."""

import json
import mailbox
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from coordinator.backends.maildir_inbox import MaildirInbox
from coordinator.errors import BackendError
from coordinator.simulate.letters import Received
from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, ServerMail
from tests.e2e.seasons import met

CANARY = "Zephyrine"


def written(sender: str, text: str, *, subject: str = "A question") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "mentoring@example.org", subject
    mail["Message-ID"] = f"<{abs(hash((sender, text, subject)))}@example.com>"
    mail["Date"] = "Mon, 09 Feb 2026 10:00:00 +0000"
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)


BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def everything_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file; of each mail its parts decoded and unpacked, since base64 may spell any short word by chance."""
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_relative_to(folder / "out"):
            continue  # what left is in other people's hands
        raw = path.read_bytes()
        mail = message_from_bytes(raw) if path.parent.name in ("new", "cur") else None
        is_coded = mail and any(part.get("Content-Transfer-Encoding", "").lower() == "base64" for part in mail.walk())
        yield path, BLANK_LINE.split(raw, maxsplit=1)[0] if is_coded else raw
        for part in mail.walk() if mail else ():
            if not part.is_multipart():
                yield path, unpacked(part.get_payload(decode=True) or b"")


def unpacked(content: bytes) -> bytes:
    """What was pressed, as the kept state is; anything else as it is."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content)
    except zlib.error:
        return content


CODED = re.compile(rb"[A-Za-z0-9+=]{24,}")
"""No name is as long; a code, or a letter's calendar in base64, may spell any short word by chance."""


def traces(chapter: Chapter, *words: str) -> list[str]:
    return [
        f"{path.relative_to(chapter.folder)}: {word}"
        for path, raw in everything_in(chapter.folder)
        for word in words
        if word.casefold().encode() in CODED.sub(b"", raw).lower()
    ]


def attachments(letter: Received) -> dict[str, bytes]:
    mail = message_from_bytes(letter.raw, policy=policy.default)
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments() if part.get_filename()}


def asked_to_be_forgotten(chapter: Chapter) -> None:
    chapter.deliver(written(MAYA, "Forget me"))
    chapter.reply(chapter.last(MAYA, "Shall I delete"), {1: "yes"})


def test_why_did_i_get_this_is_answered_at_once(chapter: Chapter) -> None:
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), "Why did I get this?")
    told = chapter.last(MAYA, "Why you get mail")
    assert "paired with Mona Ek" in told.parent.text
    assert MAYA in told.parent.text
    assert "Mon 12 January 2026" in told.parent.text
    assert "because you take part in" in told.parent.text
    assert "because you look after" not in told.parent.text


@pytest.mark.req("S-1")
def test_what_stands_beside_a_question_about_ones_data_is_taken_as_well(chapter: Chapter) -> None:
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, "1. yes\n2. 45\n\nneed: a lab coat\nWhy did I get this?")
    assert chapter.to(MAYA, "Why you get mail")
    said = {answer.field: answer.value for answer in chapter.pair.answers if answer.by == chapter.pair.mentee}
    assert said["met"] is True
    assert [need.text for need in chapter.pair.care.needs] == ["a lab coat"]
    assert not chapter.held()


def test_a_copy_comes_after_a_yes_to_the_registered_address_and_holds_nothing_of_the_other(chapter: Chapter) -> None:
    met(chapter)
    chapter.reply(chapter.last(MONA, "did you two talk".capitalize()), {1: "yes", 2: "45"})
    chapter.deliver(written(MAYA, "Hello,\nexport my data please\nMaya"))
    assert not chapter.to(MAYA, "Here is your copy")
    chapter.reply(chapter.last(MAYA, "A copy of your data?"), {1: "yes"})
    letter = chapter.last(MAYA, "Here is your copy")
    files = attachments(letter)
    data = json.loads(files["data.json"])
    text = json.dumps(data)
    assert data["person"]["address"] == MAYA
    assert "Pass the CHESP exam" in text
    assert "Twenty years in hospitals" not in text
    box = chapter.folder / "copy.mbox"
    box.write_bytes(files["mails.mbox"])
    assert len(mailbox.mbox(box)) >= 5
    again = len(chapter.to(MAYA, "Here is your copy"))
    chapter.reply(chapter.last(MAYA, "A copy of your data?"), {1: "yes"})
    chapter.reply(chapter.last(MAYA, "A copy of your data?"), {1: "yes"})
    assert len(chapter.to(MAYA, "Here is your copy")) == again, "a confirmation counts once"
    assert len(chapter.to(MAYA, "your yes to that mail has counted already")) == 1


def test_nobody_is_deleted_without_a_yes_from_the_registered_address(chapter: Chapter) -> None:
    met(chapter)
    chapter.deliver(written(MAYA, "Forget me"))
    asking = chapter.last(MAYA, "Shall I delete")
    chapter.deliver(chapter.answered(asking, {1: "yes"}, sender="eve@example.net"))
    chapter.wait(days=1)
    assert chapter.person(MAYA).status == "active"
    chapter.wait(days=3)
    chapter.reply(asking, {1: "yes"})
    assert chapter.person(MAYA).status == "active", "two days are over"


def test_whoever_asked_for_it_leaves_no_byte_behind_and_the_other_keeps_what_is_theirs(chapter: Chapter) -> None:
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), {1: "yes", 2: "45", 3: f"Ask {CANARY}"})
    chapter.reply(chapter.last(MONA, "Did you two talk"), {1: "yes", 2: "45 – Maya is good at this"})
    chapter.deliver(written("Maya Roy <other@example.net>", "I am Maya Roy, from another address."))
    assert run("--chapter", chapter.folder, "backup", chapter.folder / "kept.tar").code == 0
    assert traces(chapter, MAYA, "Maya Roy", CANARY)
    asked_to_be_forgotten(chapter)
    assert "You are being deleted" in chapter.last(MAYA).parent.text
    chapter.wait(days=2)
    assert traces(chapter, MAYA, "Maya", "Roy ", CANARY, "CHESP") == []
    mona = chapter.person(MONA)
    assert mona.first_name == "Mona"
    assert "Your partner takes part no longer" in chapter.last(MONA, "no longer").parent.text
    assert any(answer.by == mona.id for answer in chapter.pair.answers)
    assert all(answer.by == mona.id for answer in chapter.pair.answers)
    assert run("--chapter", chapter.folder, "check").code == 0
    before = len(chapter.letters)
    chapter.wait(days=40)
    assert all(letter.parent.recipient != MAYA for _, letter in chapter.letters[before:])


def wrapped(sender: str, text: str, *, subject: str = "About somebody", attached: str = "") -> bytes:
    """A mail in whose bytes no word of it can be read."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "mentoring@example.org", subject
    mail["Message-ID"], mail["Date"] = f"<{abs(hash((text, attached)))}@example.com>", "Mon, 09 Feb 2026 10:00:00 +0000"
    mail.set_content(text, cte="base64")
    if attached:
        mail.add_attachment(attached.encode(), maintype="application", subtype="octet-stream", filename="note.bin")
    return mail.as_bytes(policy=policy.SMTP)


@pytest.mark.req("S-2")
def test_a_name_is_found_in_whatever_a_mail_wraps_it_and_however_the_other_types_it(chapter: Chapter) -> None:
    met(chapter)
    chapter.reply(chapter.last(MONA, "Did you two talk"), "1. yes\n2. 45\n3. maya is great, and MAYA's talk too")
    for number, sender in enumerate(("Mona Ek <mona@example.com>", "Nobody <nobody@elsewhere.example>")):
        chapter.deliver(wrapped(sender, f"{number} What do I do about Maya Roy, who never answers me any more?"))
        chapter.deliver(wrapped(sender, f"{number} See the note beside this, please.", attached="Maya Roy came late."))
    assert chapter.held()
    asked_to_be_forgotten(chapter)
    chapter.wait(days=2)
    assert traces(chapter, MAYA, "Maya", "Roy ") == []


@pytest.mark.req("S-2")
def test_the_calendar_that_is_published_for_the_other_names_them_no_longer(chapter: Chapter) -> None:
    path = chapter.folder / "config.toml"
    path.write_text(path.read_text().replace("[meetings]", '[meetings]\nfeeds = "feeds"'))
    chapter.itself = True
    met(chapter)
    published = chapter.folder / "feeds"
    assert any("Maya" in file.read_text() for file in published.iterdir())
    asked_to_be_forgotten(chapter)
    chapter.wait(days=2)
    assert not any("Maya" in file.read_text() for file in published.iterdir())


@pytest.mark.req("S-2")
def test_a_mailbox_that_refuses_to_delete_a_copy_of_the_state_is_asked_again(
    chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(chapter)
    before = set((chapter.folder / "mail" / ".Snapshots" / "cur").iterdir())
    assert before
    real = MaildirInbox.remove

    def refused(inbox: MaildirInbox, folder: str, handles: Sequence[str]) -> None:
        if folder == "snapshots":
            raise BackendError("the mailbox cannot be written to")
        real(inbox, folder, handles)

    with monkeypatch.context() as patched:
        patched.setattr(MaildirInbox, "remove", refused)
        asked_to_be_forgotten_though(chapter)
    chapter.tick(chapter.now + timedelta(hours=1))
    assert not before & set((chapter.folder / "mail" / ".Snapshots" / "cur").iterdir())
    chapter.tick(chapter.now + timedelta(hours=1))
    assert len(list((chapter.folder / "mail" / ".Snapshots" / "cur").iterdir())) >= 1


def asked_to_be_forgotten_though(chapter: Chapter) -> None:
    """The same, while the tick that deletes them fails."""
    chapter.deliver(written(MAYA, "Forget me"))
    with pytest.raises(BackendError):
        chapter.reply(chapter.last(MAYA, "Shall I delete"), {1: "yes"})


@pytest.mark.req("S-2")
def test_copies_of_the_state_go_from_the_mailbox_also_where_no_more_are_to_be_kept(chapter: Chapter) -> None:
    met(chapter)
    assert list((chapter.folder / "mail" / ".Snapshots" / "cur").iterdir())
    path = chapter.folder / "config.toml"
    path.write_text(path.read_text().replace("[retention]", "[retention]\nstate = false"))
    asked_to_be_forgotten(chapter)
    chapter.wait(days=2)
    assert not list((chapter.folder / "mail" / ".Snapshots" / "cur").iterdir())


@pytest.mark.req("S-2")
def test_of_an_advisor_who_is_deleted_no_letter_to_their_pairs_keeps_the_name(chapter: Chapter) -> None:
    met(chapter)
    chapter.wait_for(ADAM, "Answer with a line such as")
    chapter.reply(chapter.last(ADAM, "Answer with a line such as"), "tell Maya: I have a coat for you")
    assert chapter.to(MAYA, "Adam writes to you")
    chapter.deliver(written(ADAM, "Forget me"))
    chapter.reply(chapter.last(ADAM, "Shall I delete"), {1: "yes"})
    chapter.wait(days=1)
    assert traces(chapter, ADAM, "Adam") == []


def test_an_old_list_brings_nobody_back_who_asked_to_be_deleted(chapter: Chapter) -> None:
    met(chapter)
    asked_to_be_forgotten(chapter)
    chapter.wait(days=1)
    roster = chapter.folder.parent / "old.csv"
    roster.write_text(f"email,first_name,roles,consent\n{MAYA},Maya,mentee,yes\n")
    at = ("--now", (chapter.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    refused = run("--chapter", chapter.folder, "people", "import", roster, *at)
    assert refused.code == 65
    assert "asked to be deleted" in refused.err
    assert run("--chapter", chapter.folder, "people", "import", roster, "--even-so", *at).code == 0


def test_a_volunteer_deletes_somebody_and_prints_a_copy(chapter: Chapter) -> None:
    met(chapter)
    printed = run("--chapter", chapter.folder, "people", "data", MAYA)
    assert json.loads(printed.out)["person"]["first_name"] == "Maya"
    at = ("--now", chapter.now.strftime("%Y-%m-%dT%H:%M"))
    assert run("--chapter", chapter.folder, "people", "forget", MAYA, "--yes", *at).code == 0
    chapter.wait(days=1)
    assert traces(chapter, MAYA, "Maya Roy") == []


@pytest.mark.server
def test_no_folder_of_a_real_mailbox_holds_them_any_more(everywhere: Chapter) -> None:
    met(everywhere)
    everywhere.deliver(written(MONA, "called 10 min"))
    asked_to_be_forgotten(everywhere)
    everywhere.wait(days=1)
    assert len(everywhere.mail.processed()) == 1, "what Mona wrote about something else stays"
    kept = [*everywhere.mail.processed(), *everywhere.mail.quarantined(), *everywhere.mail.waiting(), *sent(everywhere)]
    for raw in kept:
        parts = [part.get_payload(decode=True) or b"" for part in message_from_bytes(raw).walk()]
        assert not [part for part in (raw, *parts) if MAYA.encode() in part or b"Maya" in part]


def sent(chapter: Chapter) -> list[bytes]:
    """The copies of what went out, in the mailbox."""
    if isinstance(chapter.mail, ServerMail):
        return chapter.mail.server.mails(chapter.mail.user, "Sent")
    return [path.read_bytes() for path in (chapter.folder / "mail" / ".Sent" / "cur").glob("*")]


def test_mails_go_from_the_mailbox_once_they_are_old_and_those_of_others_stay(chapter: Chapter) -> None:
    met(chapter)
    foreign = written("grandma@example.net", "Not for the program at all.", subject="Cake")
    (chapter.folder / "mail" / ".Processed" / "cur" / "1.cake:2,S").write_bytes(foreign)
    before = len(chapter.mail.processed())
    assert before > 3
    chapter.wait(days=5)
    assert len(chapter.mail.processed()) == before
    later = chapter.now + timedelta(days=88)
    chapter.tick(later, confirm_gap=True)
    chapter.reply(chapter.last(MONA), "STOP")
    kept = [raw for raw in chapter.mail.processed() if b"Cake" not in raw]
    assert len(kept) <= 2, "what came in the last days"
    assert [raw for raw in chapter.mail.processed() if b"Cake" in raw]
