"""What only Exchange can do wrong: logins, patience, strange answers, and how many requests a tick costs."""

import logging
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coordinator.backends import SendError, exchange, imap, open_inbox, open_outbox
from coordinator.backends.oauth import access_token
from coordinator.backends.secrets import Secret
from coordinator.errors import BackendError, ConfigurationError, LoginError, RefusedError
from tests.backends.mailboxes import bodies, everything, mail, on_exchange, on_server
from tests.backends.signing_in import bearer, grant, signed_in
from tests.servers import oauth
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import Double, Fault
from tests.servers.exchange import running as exchange_running
from tests.servers.exchange.door import APP
from tests.servers.exchange.soap import schema_folder

pytestmark = pytest.mark.server
OURS = "mentoring@example.org"


@pytest.fixture
def ours(exchange_server: Double) -> exchange.Settings:
    return on_exchange(exchange_server, "mentoring").settings


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> Any:
    def of(value: str) -> Secret:
        monkeypatch.setenv("COORDINATOR_TEST_ANOTHER", value)
        return Secret(env="COORDINATOR_TEST_ANOTHER")

    return of


def test_the_schema_of_microsoft_is_at_hand() -> None:
    if schema_folder() is None:
        pytest.skip("the schema of Exchange Web Services is not here: requests and answers go unchecked")


def test_whoever_has_a_password_logs_in_by_basic_or_by_ntlm(
    exchange_server: Double, ours: exchange.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = tmp_path / "users"
    users.write_text(f"EXAMPLE:mentoring:{exchange_server.passwords[OURS]}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(users))
    exchange_server.deliver(OURS, mail(1))
    exchange_server.rights[OURS] = {"mentoring"}
    for auth, user in (("basic", OURS), ("ntlm", "EXAMPLE\\mentoring")):
        exchange_server.auths = (auth,)
        with open_inbox("exchange", replace(ours, auth=auth, username=user)) as inbox:
            assert bodies(everything(inbox)) == [mail(1)]


def test_a_wrong_password_is_refused_once_and_shown_nowhere(
    exchange_server: Double, ours: exchange.Settings, password: Any
) -> None:
    wrong = replace(ours, secret=password("hunter2"))
    with pytest.raises(LoginError, match="check username and password") as caught:
        open_inbox("exchange", wrong)
    assert caught.value.exit_code == 77
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert exchange_server.requests == [], "trying again and again would lock the account"


def test_a_delegate_opens_a_mailbox_that_it_may_open(exchange_server: Double, ours: exchange.Settings) -> None:
    exchange_server.add("service@example.org")
    exchange_server.deliver(OURS, mail(1))
    settings = replace(ours, username="service@example.org")
    with pytest.raises(LoginError, match=r"may not open the mailbox .* have an administrator give full access"):
        open_inbox("exchange", settings)
    exchange_server.rights[OURS] = {"service@example.org"}
    with open_inbox("exchange", settings) as inbox:
        assert bodies(everything(inbox)) == [mail(1)]


def test_a_service_account_acts_in_the_name_of_the_mailbox(exchange_server: Double, ours: exchange.Settings) -> None:
    exchange_server.add("service@example.org")
    exchange_server.deliver(OURS, mail(1))
    settings = replace(ours, username="service@example.org", access="impersonation")
    with pytest.raises(LoginError, match="may not open the mailbox"):
        open_inbox("exchange", settings)
    exchange_server.impersonators = {"service@example.org"}
    with open_inbox("exchange", settings) as inbox:
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    with open_outbox("exchange", settings) as outbox:
        outbox.send(sender=OURS, recipient="ada@example.com", raw=mail(2))
    assert exchange_server.mails(OURS, "Processed") == [mail(1)]
    assert exchange_server.sent == [(OURS, "ada@example.com", mail(2))]


@pytest.fixture
def provider() -> Iterator[oauth.Provider]:
    with oauth.running() as provider:
        yield provider


def test_a_token_logs_in_and_is_renewed_when_it_expires_half_way(
    exchange_server: Double, ours: exchange.Settings, provider: oauth.Provider, tmp_path: Path
) -> None:
    exchange_server.auths, exchange_server.judge = ("bearer",), provider.is_good
    given = signed_in(provider, tmp_path)
    for number in range(4):
        exchange_server.deliver(OURS, mail(number))
    with open_inbox("exchange", replace(ours, secret=bearer(given))) as inbox:
        batches = inbox.fetch(mark="", limit=10, largest=10_000, batch=2)
        first = next(batches)
        before = access_token(given)
        provider.tokens.clear()
        rest = next(batches)
        assert access_token(given) != before
        inbox.put_away([message.handle for message in (*first, *rest)], "processed")
    assert len(exchange_server.mails(OURS, "Processed")) == 4


def test_a_program_signs_in_by_itself_and_acts_in_the_name_of_the_mailbox(
    exchange_server: Double, ours: exchange.Settings, provider: oauth.Provider, tmp_path: Path
) -> None:
    exchange_server.auths, exchange_server.judge = ("bearer",), provider.is_good
    exchange_server.is_app = provider.is_good
    exchange_server.deliver(OURS, mail(1))
    secret = bearer(grant(provider, tmp_path, "app"))
    with pytest.raises(LoginError, match="may not open the mailbox"):
        open_inbox("exchange", replace(ours, secret=secret))
    in_its_name = replace(ours, secret=secret, access="impersonation")
    with pytest.raises(LoginError, match="may not open the mailbox"):
        open_inbox("exchange", in_its_name)
    exchange_server.impersonators = {APP}
    with open_inbox("exchange", in_its_name) as inbox:
        assert bodies(everything(inbox)) == [mail(1)]
    with open_outbox("exchange", in_its_name) as outbox:
        outbox.send(sender=OURS, recipient="ada@example.com", raw=mail(2))
    assert exchange_server.sent == [(OURS, "ada@example.com", mail(2))]
    assert len(provider.asked) == 1, "one token serves the whole run"


def test_a_command_is_asked_for_another_token_when_the_first_expires(
    exchange_server: Double, ours: exchange.Settings, tmp_path: Path
) -> None:
    counter = tmp_path / "count"
    counter.write_text("0")
    code = f"p=open({str(counter)!r},'r+');n=int(p.read())+1;p.seek(0);p.write(str(n));print(f'token-{{n}}')"
    exchange_server.auths = ("bearer",)
    exchange_server.judge = lambda token: token == "token-2"
    exchange_server.deliver(OURS, mail(1))
    secret = Secret(kind="token", command=(sys.executable, "-S", "-c", code))
    with open_inbox("exchange", replace(ours, secret=secret)) as inbox:
        assert bodies(everything(inbox)) == [mail(1)]


def test_a_token_that_no_renewal_makes_good_is_a_refused_login(
    exchange_server: Double, ours: exchange.Settings, provider: oauth.Provider, tmp_path: Path
) -> None:
    exchange_server.auths = ("bearer",)
    with pytest.raises(LoginError, match="the token is not accepted – run coordinator login"):
        open_inbox("exchange", replace(ours, secret=bearer(signed_in(provider, tmp_path))))


def test_tls_is_verified_against_the_chapters_own_authority(tmp_path: Path) -> None:
    with exchange_running(tmp_path, tls=True) as double:
        mailbox = on_exchange(double, "mentoring", plaintext=False)
        double.deliver(OURS, mail(1))
        with pytest.raises(LoginError, match="the certificate cannot be trusted"):
            mailbox.open()
        trusted = replace(mailbox.settings, ca_file=double.ca)
        with open_inbox("exchange", trusted) as inbox:
            assert bodies(everything(inbox)) == [mail(1)]


@pytest.mark.parametrize(("status", "body"), [(403, ""), (410, ""), (403, "EWS is disabled for tenant"), (401, "")])
def test_a_server_that_refuses_exchange_web_services_says_when_and_what_else(
    exchange_server: Double, ours: exchange.Settings, status: int, body: str
) -> None:
    exchange_server.faults.append(Fault(how=str(status), body=body))
    with pytest.raises(LoginError) as caught:
        open_inbox("exchange", ours)
    assert caught.value.exit_code == 77
    assert len(str(caught.value).splitlines()) == 1
    if status != 401:
        assert isinstance(caught.value, RefusedError)
        for words in ("1 April 2027", "IMAP with OAuth", 'calendar = "imip"'):
            assert words in str(caught.value)


def test_a_server_that_asks_for_a_pause_gets_it_and_then_everything(
    exchange_server: Double, ours: exchange.Settings
) -> None:
    exchange_server.deliver(OURS, mail(1))
    exchange_server.faults.extend(
        [
            Fault(how="ErrorServerBusy", back_off=30),
            Fault(how="503"),
            Fault(how="ErrorServerBusy", on="GetItem", back_off=20),
            Fault(how="ErrorInternalServerTransientError", on="MoveItem"),
        ]
    )
    with open_inbox("exchange", ours) as inbox:
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    assert exchange_server.mails(OURS, "Processed") == [mail(1)]


@pytest.mark.parametrize("fault", [Fault(how="ErrorServerBusy", back_off=600_000), Fault(how="503", retry_after=600)])
def test_a_pause_longer_than_our_patience_ends_the_run(
    exchange_server: Double, ours: exchange.Settings, fault: Fault
) -> None:
    exchange_server.faults.append(fault)
    with pytest.raises(BackendError, match="left alone for 600 seconds") as caught:
        open_inbox("exchange", ours)
    assert caught.value.later


def test_a_server_that_is_busy_for_ever_is_left_alone_in_the_end(
    exchange_server: Double, ours: exchange.Settings
) -> None:
    exchange_server.faults.extend(Fault(how="ErrorServerBusy", back_off=100) for _ in range(50))
    with pytest.raises(BackendError):
        open_inbox("exchange", replace(ours, patience=1))
    assert len(exchange_server.faults) > 30
    exchange_server.faults.clear()
    exchange_server.deliver(OURS, mail(1))
    with open_inbox("exchange", replace(ours, patience=1)) as inbox:
        assert bodies(everything(inbox)) == [mail(1)]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(how="cut"), "cannot be understood"),
        (Fault(how="cut", after=True), "cannot be understood"),
        (Fault(how="drop"), "no answer"),
        (Fault(how="404"), "no Exchange Web Services there"),
        (Fault(how="500", body="<html>oops secret"), "the next run tries again"),
        (Fault(how="ErrorMailboxStoreUnavailable"), "busy .ErrorMailboxStoreUnavailable."),
        (Fault(how="ErrorInvalidSyncStateData"), "refused .ErrorInvalidSyncStateData."),
        (Fault(how="ErrorNonExistentMailbox"), "no such mailbox"),
        (Fault(how="ErrorNewAndUnheardOf"), "the next run tries again"),
    ],
)
def test_whatever_a_server_answers_becomes_one_sentence(
    exchange_server: Double,
    ours: exchange.Settings,
    fault: Fault,
    told: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    exchange_server.faults.append(fault)
    with pytest.raises((BackendError, LoginError), match=told) as caught:
        open_inbox("exchange", ours)
    assert len(str(caught.value).splitlines()) == 1
    assert "secret" not in str(caught.value)
    assert capfd.readouterr().err == "", "the library would log whole mails"


def test_a_server_that_hangs_is_given_up_after_a_while(
    exchange_server: Double, ours: exchange.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exchangelib.protocol import BaseProtocol

    import coordinator.backends.exchange.account  # noqa: F401 - sets the usual time

    monkeypatch.setattr(BaseProtocol, "TIMEOUT", 0.2)
    exchange_server.faults.append(Fault(how="hang"))
    with pytest.raises(BackendError, match="none in time"):
        open_inbox("exchange", ours)


def test_an_item_that_is_gone_is_passed_over(exchange_server: Double, ours: exchange.Settings) -> None:
    for number in range(3):
        exchange_server.deliver(OURS, mail(number))
    box = exchange_server.mailboxes[OURS]
    with open_inbox("exchange", ours) as inbox:
        batches = inbox.fetch(mark="", limit=10, largest=10_000, batch=1)
        first = next(batches)
        second = box.known("inbox").items.pop(1)
        rest = [message for batch in batches for message in batch]
        assert bodies((*first, *rest)) == [mail(0), mail(2)]
        box.known("inbox").items.insert(0, second)
        inbox.put_away([message.handle for message in (*first, *rest)], "processed")
    assert exchange_server.mails(OURS) == [mail(1)]


def test_a_mail_that_the_server_cannot_show_is_put_aside_with_its_headers(
    exchange_server: Double, ours: exchange.Settings
) -> None:
    exchange_server.deliver(OURS, mail(1))
    exchange_server.deliver(OURS, mail(2))
    exchange_server.unreadable.add(mail(1))
    with open_inbox("exchange", ours) as inbox:
        first, second = everything(inbox)
    assert first.raw is None
    assert b"Message-ID: <1@example.org>" in first.head
    assert first.fault == "the server cannot show it as a mail"
    assert second.raw == mail(2)


def test_a_mail_of_thirty_megabytes_is_not_loaded(exchange_server: Double, ours: exchange.Settings) -> None:
    exchange_server.deliver(OURS, mail(1, size=30_000_000))
    with open_inbox("exchange", ours) as inbox:
        (large,) = everything(inbox, largest=10_000_000)
    assert large.raw is None
    assert large.size > 30_000_000
    assert large.head.endswith(b"<1@example.org>\r\n\r\n")


def test_a_full_mailbox_says_so_and_takes_no_copy(exchange_server: Double, ours: exchange.Settings) -> None:
    exchange_server.mailboxes[OURS].full = True
    with open_inbox("exchange", ours) as inbox, pytest.raises(BackendError, match="the mailbox is full") as caught:
        inbox.append("sent", mail(1))
    assert caught.value.later


def test_a_mailbox_may_be_reached_by_imap_after_it_began_on_exchange(
    exchange_server: Double, ours: exchange.Settings, imap_server: Dovecot
) -> None:
    other = on_server(imap_server, "from-exchange@example.org")
    imap_server.deliver(other.settings.username, mail(1), when='"01-Nov-2026 10:00:00 +0000"')
    imap_server.deliver(other.settings.username, mail(2), when='"02-Nov-2026 10:00:00 +0000"')
    from datetime import UTC, datetime

    exchange_server.deliver(OURS, mail(1), at=datetime(2026, 11, 1, 10, tzinfo=UTC))
    exchange_server.deliver(OURS, mail(2), at=datetime(2026, 11, 2, 10, tzinfo=UTC))
    with open_inbox("exchange", ours) as inbox:
        mark = inbox.mark()
    exchange_server.deliver(OURS, mail(3), at=datetime(2026, 11, 2, 10, 0, 5, tzinfo=UTC))
    imap_server.deliver(other.settings.username, mail(3), when='"02-Nov-2026 10:00:05 +0000"')
    for backend, settings in (("exchange", ours), ("imap", other.settings)):
        with open_inbox(backend, settings) as inbox:
            assert bodies(everything(inbox, mark=mark)) == [mail(3)], backend
    assert isinstance(other.settings, imap.Settings)


def test_two_hundred_messages_cost_few_requests(
    exchange_server: Double, ours: exchange.Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(200):
        exchange_server.deliver(OURS, mail(number))
    with open_inbox("exchange", ours) as inbox:
        for batch in inbox.fetch(mark="", limit=2000, largest=10_000_000):
            inbox.put_away([message.handle for message in batch], "processed")
            inbox.put_away([], "quarantine")
    each = len(exchange_server.requests) / 200
    with capsys.disabled():
        sys.stdout.write(f"\n{len(exchange_server.requests)} requests for 200 messages: {each:.3f} each ")
    assert len(exchange_server.mails(OURS, "Processed")) == 200
    assert each < 1.2
    assert each < 0.1


def test_a_look_at_an_empty_mailbox_is_two_requests(exchange_server: Double, ours: exchange.Settings) -> None:
    with open_inbox("exchange", ours) as inbox:
        assert everything(inbox) == []
    assert len(exchange_server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "scope"),
    [
        (Fault(how="drop", on="CreateItem", after=True), "uncertain"),
        (Fault(how="cut", on="CreateItem", after=True), "uncertain"),
        (Fault(how="500", on="CreateItem", body="oops"), "uncertain"),
        (Fault(how="ErrorServerBusy", on="CreateItem", back_off=600_000), "server"),
        (Fault(how="ErrorSendAsDenied", on="CreateItem"), "server"),
        (Fault(how="ErrorMessageSizeExceeded", on="CreateItem"), "recipient"),
        (Fault(how="ErrorInvalidRecipients", on="CreateItem"), "recipient"),
        (Fault(how="ErrorQuotaExceeded", on="CreateItem"), "server"),
    ],
)
def test_a_mail_that_is_not_accepted_says_whom_it_concerns(
    exchange_server: Double, ours: exchange.Settings, fault: Fault, scope: str
) -> None:
    exchange_server.faults.append(fault)
    with open_outbox("exchange", ours) as outbox, pytest.raises(SendError) as caught:
        outbox.send(sender=OURS, recipient="ada@example.com", raw=mail(1))
    assert caught.value.scope == scope
    assert len(exchange_server.sent) == (1 if fault.after else 0)


def test_a_server_that_is_not_there_has_certainly_sent_nothing(ours: exchange.Settings) -> None:
    from tests.servers.ports import free_port

    gone = replace(ours, endpoint=f"http://127.0.0.1:{free_port()}/EWS/Exchange.asmx")
    with open_outbox("exchange", gone) as outbox, pytest.raises(SendError) as caught:
        outbox.send(sender=OURS, recipient="ada@example.com", raw=mail(1))
    assert caught.value.scope == "server"


def test_nothing_of_exchange_is_loaded_before_it_is_configured() -> None:
    code = (
        "import sys, coordinator.cli.ticking, coordinator.config; print([m for m in sys.modules if 'exchangelib' in m])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_without_its_library_the_way_to_get_it_is_told(
    ours: exchange.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("coordinator.backends.exchange.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "exchangelib", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'coordinator\[exchange\]'"):
        open_inbox("exchange", ours)


def test_the_library_writes_nothing_into_any_log() -> None:
    assert not logging.getLogger("exchangelib").propagate
