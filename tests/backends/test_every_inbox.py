"""What holds for every mailbox, on a folder and on a real server alike."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from coordinator.errors import BackendError
from tests.backends.mailboxes import Mailbox, bodies, everything, mail

pytestmark = pytest.mark.server


def test_an_empty_mailbox_is_read_to_its_end(mailbox: Mailbox) -> None:
    with mailbox.open() as inbox:
        assert everything(inbox) == []
        assert inbox.complete


def test_mail_comes_oldest_first_and_whole(mailbox: Mailbox) -> None:
    for number in range(5):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        messages = everything(inbox)
    assert bodies(messages) == [mail(number) for number in range(5)]
    assert [message.size for message in messages] == [len(mail(number)) for number in range(5)]
    assert all(message.received and message.received.utcoffset() is not None for message in messages)


def test_mail_comes_in_batches(mailbox: Mailbox) -> None:
    for number in range(5):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        assert [len(group) for group in inbox.fetch(mark="", limit=100, largest=1000, batch=2)] == [2, 2, 1]


def test_a_limit_leaves_the_newest_and_says_so(mailbox: Mailbox) -> None:
    for number in range(3):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        assert bodies(everything(inbox, limit=2)) == [mail(0), mail(1)]
        assert not inbox.complete
        assert bodies(everything(inbox, limit=3)) == [mail(0), mail(1), mail(2)]
        assert inbox.complete


def from_ada(lines: Sequence[bytes]) -> list[int]:
    return [position for position, line in enumerate(lines) if b"ada@example.org" in line]


def test_of_more_mail_than_is_taken_at_once_what_is_preferred_comes_first(mailbox: Mailbox) -> None:
    for number in range(6):
        sender = {2: b"Ada\r\n <ada@example.org>", 5: b"ada@example.org"}.get(number, b"ada@example.com")
        before = b"Received: from here\r\n by there\r\n"
        mailbox.deliver(before + mail(number).replace(b"From: ada@example.org", b"From: " + sender))
    with mailbox.open() as inbox:
        for limit, expected in ((1, [2]), (2, [2, 5]), (4, [2, 5, 0, 1]), (6, [0, 1, 2, 3, 4, 5])):
            batches = inbox.fetch(mark="", limit=limit, largest=1000, batch=2, first=from_ada)
            found = [int((it.raw or b"").split()[-1]) for group in batches for it in group]
            assert found == expected
            assert inbox.complete == (limit == 6)


def test_mail_from_before_the_mark_is_not_preferred_either(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(0))
    with mailbox.open() as inbox:
        mark = inbox.mark()
    for number in range(1, 4):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        batches = inbox.fetch(mark=mark, limit=2, largest=1000, first=lambda lines: range(len(lines)))
        assert [it.raw for group in batches for it in group] == [mail(1), mail(2)]


def test_a_mail_without_a_from_line_is_nobodys(mailbox: Mailbox) -> None:
    seen: list[bytes] = []
    for raw in (b"Subject: x\r\n\r\nFrom: ada@example.org\r\n", mail(1), b"no headers at all\r\n"):
        mailbox.deliver(raw)
    with mailbox.open() as inbox:
        list(inbox.fetch(mark="", limit=1, largest=1000, first=lambda lines: seen.extend(lines) or []))
    assert [b"ada" in line for line in seen] == [False, True, False]


def test_nothing_is_complete_before_the_last_batch_was_taken(mailbox: Mailbox) -> None:
    for number in range(3):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        batches = inbox.fetch(mark="", limit=10, largest=1000, batch=1)
        next(batches)
        assert not inbox.complete


def test_mail_from_before_the_mark_is_never_shown(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        mark = inbox.mark()
        assert everything(inbox, mark=mark) == []
    mailbox.deliver(mail(2))
    with mailbox.open() as inbox:
        assert bodies(everything(inbox, mark=mark)) == [mail(2)]


def test_a_mark_in_an_empty_mailbox_hides_nothing(mailbox: Mailbox) -> None:
    with mailbox.open() as inbox:
        mark = inbox.mark()
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        assert bodies(everything(inbox, mark=mark)) == [mail(1)]


def test_looking_changes_nothing(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    for _ in range(2):
        with mailbox.open() as inbox:
            assert bodies(everything(inbox)) == [mail(1)]
    assert mailbox.mails() == [mail(1)]


def test_of_a_mail_that_is_too_large_only_the_headers_come(mailbox: Mailbox) -> None:
    large = mail(1, size=5000)
    mailbox.deliver(large)
    mailbox.deliver(mail(2))
    with mailbox.open() as inbox:
        first, second = everything(inbox, largest=1000)
    assert first.raw is None
    assert first.size == len(large)
    assert first.head == large[: large.index(b"\r\n\r\n") + 4]
    assert second.raw == mail(2)


def test_a_mail_of_exactly_the_largest_size_is_read(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        assert bodies(everything(inbox, largest=len(mail(1)))) == [mail(1)]


def test_mail_without_a_body_or_without_headers_is_fetched(mailbox: Mailbox) -> None:
    odd = [b"Subject: only headers\r\n\r\n", b"\r\nonly a body\r\n", bytes(range(1, 256)) + b"\r\n\r\n\xff\xfe"]
    for raw in odd:
        mailbox.deliver(raw)
    with mailbox.open() as inbox:
        assert [len(raw or b"") > 0 for raw in bodies(everything(inbox))] == [True, True, True]


@pytest.mark.parametrize("folder", ["Processed", "Quarantine"])
def test_mail_is_put_away_into_a_folder_that_was_missing(mailbox: Mailbox, folder: str) -> None:
    for number in range(4):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        messages = everything(inbox)
        inbox.put_away([messages[0].handle, messages[2].handle], folder.lower())
    assert mailbox.mails() == [mail(1), mail(3)]
    assert mailbox.mails(folder) == [mail(0), mail(2)]


def test_putting_away_twice_does_no_harm(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    mailbox.deliver(mail(2))
    with mailbox.open() as inbox:
        first, second = everything(inbox)
        inbox.put_away([first.handle], "processed")
        inbox.put_away([first.handle, second.handle], "processed")
        inbox.put_away([], "processed")
        assert everything(inbox) == []
    assert mailbox.mails("Processed") == [mail(1), mail(2)]


def test_two_mails_with_the_same_bytes_are_two_mails(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        messages = everything(inbox)
        assert len({message.handle for message in messages}) == 2
        inbox.put_away([message.handle for message in messages], "processed")
    assert mailbox.mails("Processed") == [mail(1), mail(1)]


def test_mail_that_comes_while_another_is_put_away_stays(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        messages = everything(inbox)
        mailbox.deliver(mail(2))
        inbox.put_away([messages[0].handle], "processed")
    assert mailbox.mails() == [mail(2)]


def test_a_copy_goes_into_a_folder_of_its_own(mailbox: Mailbox) -> None:
    with mailbox.open() as inbox:
        inbox.append("sent", mail(1))
        inbox.append("sent", mail(1))
        inbox.append("snapshots", mail(2))
        assert everything(inbox) == []
    assert mailbox.mails("Sent") == [mail(1), mail(1)]
    assert mailbox.mails("Snapshots") == [mail(2)]


def test_many_copies_go_in_at_once_and_in_order(mailbox: Mailbox) -> None:
    copies = [mail(number) for number in range(7)]
    with mailbox.open() as inbox:
        inbox.append_all("sent", [])
        inbox.append_all("sent", copies)
        inbox.append_all("sent", copies)
    assert mailbox.mails("Sent") == copies + copies


def test_it_says_which_copies_it_holds_and_goes_on_reading(mailbox: Mailbox) -> None:
    for number in range(3):
        mailbox.deliver(mail(number))
    kept = b"Message-ID: <kept@example.org>\r\nSubject: a copy\r\n\r\n<quoted@example.org>\r\n"
    asked = ("<kept@example.org>", "<quoted@example.org>", "<missing@example.org>")
    with mailbox.open() as inbox:
        assert inbox.holding("sent", asked) == frozenset(), "there is no such folder yet"
        batches = inbox.fetch(mark="", limit=10, largest=1_000, batch=1)
        first = next(batches)
        inbox.append_all("sent", [kept])
        assert inbox.holding("sent", asked) == {"<kept@example.org>"}
        assert inbox.holding("sent", ()) == frozenset()
        rest = [message for batch in batches for message in batch]
        inbox.put_away([message.handle for message in (*first, *rest)], "processed")
    assert mailbox.mails("Processed") == [mail(0), mail(1), mail(2)]


def test_setting_up_twice_is_the_same_as_once(mailbox: Mailbox) -> None:
    for _ in range(2):
        with mailbox.open() as inbox:
            inbox.prepare()
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    assert mailbox.mails("Processed") == [mail(1)]


def test_a_mark_of_another_kind_of_mailbox_is_refused(mailbox: Mailbox) -> None:
    with mailbox.open() as inbox, pytest.raises(BackendError, match="another kind") as caught:
        everything(inbox, mark='{"pop3": 1}')
    assert not caught.value.later


def test_waiting_ends_when_something_comes(mailbox: Mailbox) -> None:
    import threading

    with mailbox.open() as inbox:
        timer = threading.Timer(0.2, mailbox.deliver, [mail(1)])
        timer.start()
        try:
            assert inbox.idle(20)
        finally:
            timer.join()
        assert bodies(everything(inbox)) == [mail(1)]


def test_waiting_ends_when_nothing_comes(mailbox: Mailbox) -> None:
    with mailbox.open() as inbox:
        assert not inbox.idle(0.1)
        assert everything(inbox) == []


def test_what_was_put_away_can_be_looked_at_and_removed_while_new_mail_is_fetched(mailbox: Mailbox) -> None:
    for number in range(6):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        batches = inbox.fetch(mark="", limit=100, largest=1000, batch=3)
        first = next(batches)
        inbox.put_away([message.handle for message in first], "processed")
        kept = {fetched.raw: fetched for fetched in inbox.look("processed")}
        assert set(kept) == {mail(0), mail(1), mail(2)}
        assert all(fetched.received and fetched.size == len(fetched.raw or b"") for fetched in kept.values())
        inbox.remove("processed", [kept[mail(0)].handle, kept[mail(2)].handle])
        inbox.remove("processed", [kept[mail(0)].handle])
        assert bodies(list(next(batches))) == [mail(3), mail(4), mail(5)]
    assert mailbox.mails("Processed") == [mail(1)]
    assert len(mailbox.mails()) == 3


def test_a_look_that_is_broken_off_never_moves_what_lies_there(mailbox: Mailbox) -> None:
    """Messages of two folders may have the same number."""
    for number in range(4):
        mailbox.deliver(mail(number))
    with mailbox.open() as inbox:
        inbox.append_all("snapshots", [mail(number) for number in range(10, 14)])
        first, second = inbox.fetch(mark="", limit=100, largest=1000, batch=2)
        assert next(iter(inbox.look("snapshots"))).size == len(mail(10))
        inbox.put_away([message.handle for message in first], "processed")
        assert next(iter(inbox.look("snapshots"))).size == len(mail(10))
        inbox.put_away([message.handle for message in second], "quarantine")
        assert len(list(inbox.look("snapshots"))) == 4
    assert mailbox.mails() == []
    assert mailbox.mails("Processed") == [mail(0), mail(1)]
    assert mailbox.mails("Quarantine") == [mail(2), mail(3)]


def test_a_folder_that_is_missing_is_empty_and_the_inbox_can_be_looked_at_itself(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        assert list(inbox.look("elsewhere")) == []
        inbox.remove("elsewhere", [])
        assert [fetched.raw for fetched in inbox.look("inbox")] == [mail(1)]


def test_only_what_came_before_a_day_is_shown(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with mailbox.open() as inbox:
        assert list(inbox.look("inbox", before=datetime(1969, 1, 1, tzinfo=UTC))) == []
        assert len(list(inbox.look("inbox", before=datetime(2100, 1, 1, tzinfo=UTC)))) == 1
