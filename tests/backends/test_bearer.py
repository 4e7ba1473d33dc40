"""Servers that take access tokens and nothing else: a real Dovecot, and an SMTP server, for each mechanism."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coordinator.backends import SendError, imap, open_inbox, open_outbox, smtp
from coordinator.backends.oauth import access_token
from coordinator.backends.secrets import Secret
from coordinator.errors import LoginError
from tests.backends.mailboxes import bodies, everything, mail
from tests.backends.signing_in import bearer, signed_in
from tests.servers import dovecot, oauth, scripted, smtp_sink
from tests.servers.oauth import USER

pytestmark = pytest.mark.server


@dataclass(frozen=True, kw_only=True)
class Servers:
    provider: oauth.Provider
    imap: dovecot.Dovecot
    smtp: smtp_sink.Sink


@pytest.fixture(scope="module", params=["XOAUTH2", "OAUTHBEARER"])
def all_servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    known = "xoauth2" if request.param == "XOAUTH2" else "oauthbearer xoauth2"
    folder = tmp_path_factory.mktemp("bearer")
    with (
        oauth.running() as provider,
        dovecot.running(folder, introspection=f"{provider.url}/introspect", mechanisms=known) as server,
        smtp_sink.running(folder, login=True, bearer=request.param) as sink,
    ):
        yield Servers(provider=provider, imap=server, smtp=sink)


@pytest.fixture
def servers(all_servers: Servers) -> Servers:
    all_servers.provider.reset()
    all_servers.smtp.reset()
    all_servers.smtp.judge = all_servers.provider.is_good
    return all_servers


def inbox_settings(servers: Servers, secret: Secret) -> imap.Settings:
    place = servers.imap
    return imap.Settings(host=place.host, port=place.port, plaintext=True, username=USER, secret=secret)


def outbox_settings(servers: Servers, secret: Secret) -> smtp.Settings:
    place = servers.smtp
    return smtp.Settings(host=place.host, port=place.port, plaintext=True, username=USER, secret=secret)


def test_mail_is_read_and_sent_with_a_token_alone(servers: Servers, tmp_path: Path) -> None:
    secret = bearer(signed_in(servers.provider, tmp_path))
    with open_inbox("imap", inbox_settings(servers, secret)) as inbox:
        for message in everything(inbox):
            inbox.put_away([message.handle], "processed")
    servers.imap.deliver(USER, mail(1))
    with open_inbox("imap", inbox_settings(servers, secret)) as inbox:
        assert bodies(everything(inbox)) == [mail(1)]
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    with open_outbox("smtp", outbox_settings(servers, secret)) as outbox:
        outbox.prove()
        outbox.send(sender=USER, recipient="ada@example.com", raw=mail(2))
    assert [raw for _, _, raw in servers.smtp.accepted] == [mail(2)]


def test_a_token_that_was_revoked_is_renewed_once_without_a_word(servers: Servers, tmp_path: Path) -> None:
    given = signed_in(servers.provider, tmp_path)
    for settings, opening in (
        (inbox_settings(servers, bearer(given)), "inbox"),
        (outbox_settings(servers, bearer(given)), "outbox"),
    ):
        before = access_token(given)
        servers.provider.tokens.clear()
        if opening == "inbox":
            open_inbox("imap", settings).close()
        else:
            with open_outbox("smtp", settings) as outbox:
                outbox.prove()
        assert access_token(given) != before


def test_a_sign_in_that_was_revoked_asks_for_another(servers: Servers, tmp_path: Path) -> None:
    given = signed_in(servers.provider, tmp_path)
    servers.provider.tokens.clear()
    servers.provider.refresh.clear()
    with pytest.raises(LoginError, match="expired or was revoked – run coordinator login"):
        open_inbox("imap", inbox_settings(servers, bearer(given)))
    with open_outbox("smtp", outbox_settings(servers, bearer(given))) as outbox, pytest.raises(LoginError):
        outbox.prove()


def test_a_token_of_somebody_else_is_refused_and_explained(servers: Servers, tmp_path: Path) -> None:
    given = signed_in(servers.provider, tmp_path)
    servers.provider.user = "somebody.else@example.org"
    with pytest.raises(LoginError, match="login refused: the token"):
        open_inbox("imap", inbox_settings(servers, bearer(given)))


def test_a_password_is_of_no_use_there(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COORDINATOR_TEST_PASSWORD", "correct-horse")
    with pytest.raises(LoginError):
        open_inbox("imap", inbox_settings(servers, Secret(env="COORDINATOR_TEST_PASSWORD")))
    with (
        open_outbox("smtp", outbox_settings(servers, Secret(env="COORDINATOR_TEST_PASSWORD"))) as outbox,
        pytest.raises((LoginError, SendError)),
    ):
        outbox.prove()


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
         "SMTP AUTH switched off .* – an administrator"),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "takes no passwords any more"),
        ("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated",
         "a security policy"),
        ("534 5.7.9 Application-specific password required.", "make an app password"),
        ("534 5.7.14 Please log in via your web browser and then try again.", "sign in to the mailbox in a browser"),
    ],
)  # fmt: skip
def test_each_refusal_of_an_smtp_server_says_what_to_do(
    servers: Servers, tmp_path: Path, reply: str, told: str
) -> None:
    servers.smtp.refusal = reply
    given = signed_in(servers.provider, tmp_path)
    with (
        open_outbox("smtp", outbox_settings(servers, bearer(given))) as outbox,
        pytest.raises(LoginError, match=told) as caught,
    ):
        outbox.prove()
    assert caught.value.exit_code == 77
    assert len(str(caught.value).splitlines()) == 1


def jwt(**claims: object) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({}, claims))
    return ".".join((*parts, "signature"))


@pytest.mark.parametrize(
    ("token", "challenge", "no", "told"),
    [
        (jwt(aud="https://graph.microsoft.com"), b"", b"AUTHENTICATE failed.", "for Microsoft Graph, not for mail"),
        (jwt(aud="https://outlook.office.com", exp=1), b"", b"AUTHENTICATE failed.", "the token has expired"),
        (jwt(aud="https://outlook.office.com", nbf=4e9), b"", b"AUTHENTICATE failed.", "clock of this machine is slow"),
        (jwt(scp="User.Read"), b"", b"AUTHENTICATE failed.", "no permission for mail"),
        (jwt(scp="IMAP.AccessAsUser.All", upn="x@example.org"), b"", b"AUTHENTICATE failed.", "somebody else than"),
        ("opaque", b"", b"User is authenticated but not connected.", "may not open this one"),
        ("opaque", b'{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}',
         b"[AUTHENTICATIONFAILED] Invalid credentials", "it wants https://mail.google.com/"),
        ("opaque", b'{"status":"insufficient_scope","scope":"imap"}', b"no", "scope does not reach mail"),
        ("opaque", b'{"status":"invalid_token"}', b"no", "the token has expired, was revoked"),
        ("opaque", b"", b"[ALERT] IMAP access is disabled for your domain.", "IMAP is switched off"),
        ("opaque", b"\xff\xfe nonsense", b"no", "check username and token"),
    ],
)  # fmt: skip
def test_each_refusal_of_an_imap_server_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, token: str, challenge: bytes, no: bytes, told: str
) -> None:
    tags: list[bytes] = []

    def answer(line: bytes) -> bytes:
        words = line.split()
        if b"CAPABILITY" in line:
            return b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + words[0] + b" OK done\r\n"
        if b"AUTHENTICATE" in line:
            tags.append(words[0])
            return b"+ \r\n"
        if b"LOGOUT" in line:
            return b"* BYE\r\n" + words[0] + b" OK done\r\n" + scripted.HANG_UP
        if line.strip() and challenge:
            return b"+ " + base64.b64encode(challenge) + b"\r\n"
        return tags[0] + b" NO " + no + b"\r\n"

    monkeypatch.setenv("COORDINATOR_TEST_TOKEN", token)
    with scripted.running(b"* OK ready\r\n", answer) as server:
        secret = Secret(kind="token", env="COORDINATOR_TEST_TOKEN")
        settings = imap.Settings(host=server.host, port=server.port, plaintext=True, username=USER, secret=secret)
        with pytest.raises(LoginError, match=told) as caught:
            open_inbox("imap", settings)
    assert token not in str(caught.value)
    assert USER not in str(caught.value)
