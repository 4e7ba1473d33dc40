"""Providers by name, and the table [oauth]."""

from pathlib import Path
from typing import Any

import pytest

from coordinator import config
from coordinator.backends import imap, smtp
from coordinator.backends.providers import PROVIDERS
from tests.config.test_config import chapter, problems

CHAPTER = """program = "six-month"
[chapter]
name = "Elm"
address = "mentoring@example.org"
coordinator = "chief@example.org"
"""
MAILBOX = 'username = "mentoring@example.org"\noauth = true\n'


def text(provider: str, *oauth: str, doors: str = MAILBOX) -> str:
    named = f'provider = "{provider}"\n'
    table = "[oauth]\n" + "\n".join(oauth) + "\n" if oauth else ""
    return f"{CHAPTER}[inbox]\n{named}{doors}[outbox]\n{named}{doors}{table}"


def loaded(folder: Path, source: str) -> Any:
    return config.load(chapter(folder, source))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_fills_in_its_servers(tmp_path: Path, provider: str) -> None:
    settings = loaded(tmp_path, text(provider, doors='username = "m"\npassword_command = ["pass", "m"]\n'))
    (inbox, reads), (outbox, sends) = settings.inbox, settings.outbox
    assert (inbox, outbox) == ("imap", "smtp")
    assert isinstance(reads, imap.Settings)
    assert isinstance(sends, smtp.Settings)
    assert (reads.port, reads.starttls, reads.plaintext) == (993, False, False)
    assert (sends.port, sends.starttls) in {(465, False), (587, True)}


def test_what_somebody_writes_wins_over_the_provider(tmp_path: Path) -> None:
    doors = 'host = "proxy.example.org"\nusername = "m"\npassword_command = ["pass", "m"]\n'
    settings = loaded(tmp_path, text("gmail", doors=doors))
    assert settings.inbox[1].host == "proxy.example.org"


def test_microsoft_needs_a_client_id_and_nothing_else(tmp_path: Path) -> None:
    grant = loaded(tmp_path, text("microsoft365", 'client_id = "c1"')).grant
    assert grant.flow == "device"
    assert grant.user == "mentoring@example.org"
    assert grant.token_url == "https://login.microsoftonline.com/organizations/oauth2/v2.0/token"
    assert "https://outlook.office.com/IMAP.AccessAsUser.All" in grant.scopes
    assert "offline_access" in grant.scopes


def test_a_program_at_microsoft_signs_in_by_itself_in_its_tenant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ('client_id = "c1"', 'flow = "app"', 'tenant = "elm.example.org"', 'client_secret_env = "ELM_SECRET"')
    monkeypatch.setenv("ELM_SECRET", "hidden")
    grant = loaded(tmp_path, text("microsoft365", *lines)).grant
    assert "/elm.example.org/" in grant.token_url
    assert grant.scopes == ("https://outlook.office365.com/.default",)
    assert grant.client_secret.read() == "hidden"


def test_personal_mailboxes_at_microsoft_have_a_tenant_of_their_own(tmp_path: Path) -> None:
    assert "/consumers/" in loaded(tmp_path, text("outlook.com", 'client_id = "c1"')).grant.token_url


def test_google_is_asked_in_a_browser(tmp_path: Path) -> None:
    grant = loaded(tmp_path, text("gmail", 'client_id = "c1"', 'flow = "browser"')).grant
    assert grant.scopes == ("https://mail.google.com/",)
    assert dict(grant.extra)["access_type"] == "offline"


@pytest.mark.parametrize(
    ("provider", "lines", "told"),
    [
        ("microsoft365", (), "oauth needs a table [oauth]"),
        ("microsoft365", ('tenant = "x"',), "client_id is missing"),
        ("microsoft365", ('client_id = "c"', 'flow = "devise"'), 'flow is unknown "devise"'),
        ("microsoft365", ('client_id = "c"', 'flow = "app"'), "app needs a secret"),
        ("microsoft365", ('client_id = "c"', 'client_secret = "hunter2"'), "a secret must not stand in this file"),
        ("microsoft365", ('client_id = "c"', 'client_secret_command = "pass"'), "must be a list"),
        ("microsoft365", ('client_id = "c"', 'client_secret_env = "A"', 'client_secret_file = "b"'), "cannot be read"),
        ("microsoft365", ('clientid = "c"',), 'did you mean "client_id"?'),
        ("microsoft365", ('client_id = "c"', 'token_url = "http://example.org"'), "must begin with https://"),
        ("gmail", ('client_id = "c"',), "device is not open to mail at Google"),
        ("gmail", ('client_id = "c"', 'flow = "app"', 'key_file = "missing.json"'), "key_file names a file that"),
        ("fastmail", ('client_id = "c"',), 'gives out no tokens "fastmail"'),
        ("gmial", (), 'unknown provider "gmial" – did you mean "gmail"?'),
    ],
)
def test_a_sign_in_that_cannot_work_is_refused_at_its_line(
    tmp_path: Path, provider: str, lines: tuple[str, ...], told: str
) -> None:
    found = problems(tmp_path, text(provider, *lines))
    assert any(told in problem for problem in found), found
    assert all("hunter2" not in problem for problem in found)


def test_oauth_is_true_or_left_out(tmp_path: Path) -> None:
    doors = 'username = "m"\noauth = "yes"\n'
    assert any("oauth must be true" in one for one in problems(tmp_path, text("gmail", 'client_id = "c"', doors=doors)))


def test_a_password_and_a_sign_in_are_one_too_many(tmp_path: Path) -> None:
    doors = MAILBOX + 'password_command = ["pass"]\n'
    found = problems(tmp_path, text("microsoft365", 'client_id = "c"', doors=doors))
    assert any("oauth is one too many beside password_command" in one for one in found)
