"""Access tokens: how they are got, kept and renewed, and what a refusal says."""

import json
import multiprocessing
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.backends.oauth import Grant, access_token
from coordinator.backends.oauth.cache import keep
from coordinator.backends.oauth.flows import come_back, invited, sent_off, signed_in
from coordinator.backends.oauth.tokens import Tokens
from coordinator.errors import BackendError, ConfigurationError, LoginError
from tests.backends.signing_in import grant, service_account
from tests.backends.signing_in import signed_in as already
from tests.servers import oauth, scripted
from tests.servers.oauth import Provider
from tests.servers.ports import free_port

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def shared_provider() -> Iterator[Provider]:
    with oauth.running() as provider:
        yield provider


@pytest.fixture
def provider(shared_provider: Provider) -> Provider:
    shared_provider.reset()
    return shared_provider


def patience(_: float) -> None:
    """No need to wait for a script."""


def test_somebody_signs_in_with_a_code_and_the_token_is_good(provider: Provider, tmp_path: Path) -> None:
    provider.pending = 3
    given = grant(provider, tmp_path)
    invitation = invited(given)
    assert invitation.code == "ABCD-EFGH"
    keep(given, signed_in(given, invitation, patience))
    assert provider.is_good(access_token(given))
    assert len(provider.asked) == 5, "one for the code, three while it was not entered, one when it was"


def test_a_sign_in_that_is_declined_says_what_to_do(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path)
    invitation = invited(given)
    provider.refuse["urn:ietf:params:oauth:grant-type:device_code"] = (400, "authorization_declined", "")
    with pytest.raises(LoginError, match="declined – run coordinator login and agree"):
        signed_in(given, invitation, patience)


def test_a_code_that_nobody_enters_runs_out(provider: Provider, tmp_path: Path) -> None:
    provider.pending = 10_000
    given = grant(provider, tmp_path)
    invitation = replace(invited(given), interval=20.0)
    with pytest.raises(LoginError, match="nobody entered the code in time"):
        signed_in(given, invitation, patience)


def test_a_provider_that_asks_for_patience_gets_it(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path)
    invitation = invited(given)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        script = {"urn:ietf:params:oauth:grant-type:device_code": (400, "slow_down", "")}
        provider.refuse = script if len(waits) < 3 else {}

    signed_in(given, invitation, wait)
    assert waits == [0, 5, 10]


def test_somebody_signs_in_with_a_browser_that_comes_back(provider: Provider, tmp_path: Path) -> None:
    import urllib.parse

    given = grant(provider, tmp_path, "browser")
    journey = sent_off(given, "http://127.0.0.1:1/")
    end = provider.authorize(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(journey.address).query)))
    keep(given, come_back(given, journey, end))
    assert provider.is_good(access_token(given))


def test_a_browser_that_comes_back_from_elsewhere_is_sent_away(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path, "browser")
    journey = sent_off(given, "http://127.0.0.1:1/")
    with pytest.raises(LoginError, match="not the address at the end"):
        come_back(given, journey, "http://127.0.0.1:1/?code=code-1&state=forged")
    assert provider.asked == []


def test_a_program_signs_in_by_itself(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path, "app")
    assert provider.is_good(access_token(given))
    assert access_token(given) == access_token(given)
    assert len(provider.asked) == 1, "the token is kept"


def test_a_service_account_signs_for_the_mailbox(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path, "app", key_file=service_account(provider, tmp_path), client_secret=None)
    assert provider.is_good(access_token(given))
    assert provider.user == "mentoring@example.org"


@pytest.mark.parametrize("content", ["", "{}", '{"client_email": "a", "private_key": "x", "private_key_id": "k"}'])
def test_a_key_file_that_holds_no_key_is_told(provider: Provider, tmp_path: Path, content: str) -> None:
    path = service_account(provider, tmp_path)
    path.write_text(content)
    with pytest.raises(ConfigurationError, match="key_file"):
        access_token(grant(provider, tmp_path, "app", key_file=path))


def test_a_token_is_renewed_before_it_expires(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    first = access_token(given)
    assert provider.asked == [], "an hour is long enough"
    cache = json.loads(given.cache.read_text())
    (kept,) = cache.values()
    kept["until"] = int(time.time()) + 300
    given.cache.write_text(json.dumps(cache))
    assert access_token(given) != first
    assert [form["grant_type"] for form in provider.asked] == ["refresh_token"]


def test_a_clock_that_was_set_back_makes_no_token_immortal(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    cache = json.loads(given.cache.read_text())
    (kept,) = cache.values()
    kept["until"] = int(time.time()) + 365 * 86400
    given.cache.write_text(json.dumps(cache))
    access_token(given)
    assert len(provider.asked) == 1


def test_while_the_provider_is_away_what_is_left_of_a_token_will_do(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    cache = json.loads(given.cache.read_text())
    (kept,) = cache.values()
    kept["until"] = int(time.time()) + 300
    given.cache.write_text(json.dumps(cache))
    provider.refuse["refresh_token"] = (503, "temporarily_unavailable", "")
    assert access_token(given) == kept["access"]
    with pytest.raises(BackendError) as caught:
        access_token(given, fresh=True)
    assert caught.value.later


def test_tokens_are_for_their_owner_alone_and_show_nowhere(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    assert stat.S_IMODE(given.cache.stat().st_mode) == 0o600
    token = access_token(given)
    assert token not in repr(given)
    assert token not in repr(Tokens.of({"access_token": token, "refresh_token": "refresh-9"}))
    given.cache.chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        access_token(given)


def test_a_cache_that_cannot_be_understood_asks_for_a_sign_in(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    for content in ("", "[]", "{", '{"x": 1}', "\x00"):
        given.cache.write_text(content)
        with pytest.raises(LoginError, match="run coordinator login"):
            access_token(given)


def test_tokens_of_other_settings_are_not_used(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    for other in (replace(given, user="b@example.org"), replace(given, scopes=("x",)), replace(given, client_id="z")):
        with pytest.raises(LoginError, match="run coordinator login"):
            access_token(other)
    assert access_token(given)


def renew(given: Grant) -> None:
    access_token(given)


def test_two_runs_at_once_renew_one_token_once(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    cache = json.loads(given.cache.read_text())
    (kept,) = cache.values()
    kept["until"] = int(time.time()) + 10
    given.cache.write_text(json.dumps(cache))
    runs = [multiprocessing.get_context("fork").Process(target=renew, args=(given,)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(30)
    assert [run.exitcode for run in runs] == [0, 0, 0]
    assert len(provider.asked) == 1, "a provider that takes back old refresh tokens would lock the others out"


@pytest.mark.parametrize(
    ("error", "description", "told"),
    [
        ("invalid_request", "AADSTS90002: Tenant 'nowhere' not found.", "no such organisation .* check tenant"),
        ("unauthorized_client", "AADSTS700016: Application with identifier", "not registered .* check client_id"),
        ("invalid_client", "AADSTS7000222: The provided client secret keys are expired", "secret has expired – make a"),
        ("invalid_client", "AADSTS7000215: Invalid client secret provided", "the client secret is wrong – use the"),
        ("invalid_client", "AADSTS7000218: must contain client_assertion or client_secret", "Allow public client"),
        ("invalid_grant", "AADSTS65001: The user or administrator has not consented", "nobody has consented"),
        ("invalid_scope", "AADSTS70011: The provided value for 'scope' is not valid", "the scope is wrong – leave"),
        ("invalid_grant", "AADSTS50076: you must use multi-factor authentication", "a policy of the organisation"),
        ("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity", "run coordinator login"),
        ("invalid_grant", "Token has been expired or revoked.", "expired or was revoked – run coordinator login"),
        ("invalid_grant", "AADSTS50020: User account from identity provider", "does not belong to this organisation"),
        ("invalid_grant", "Invalid JWT: Token must be a short-lived token", "the clock of this machine differs"),
        ("unauthorized_client", "Client is unauthorized to retrieve access tokens", "domain-wide delegation"),
        ("invalid_client", "The OAuth client was not found.", "client_id or client secret is wrong"),
        ("invalid_grant", "", "no longer valid – run coordinator login"),
        ("server_says_so", "something new", "server_says_so something new – check .oauth. in config.toml"),
    ],
)
def test_each_refusal_of_a_provider_says_what_it_means_and_what_to_do(
    provider: Provider, tmp_path: Path, error: str, description: str, told: str
) -> None:
    provider.refuse["client_credentials"] = (400, error, description)
    with pytest.raises(LoginError, match=told) as caught:
        access_token(grant(provider, tmp_path, "app"))
    assert "\n" not in str(caught.value)
    assert "s3cret-value" not in str(caught.value)


@pytest.mark.parametrize(("ahead", "told"), [(3600, "60 minutes slow"), (-3600, "60 minutes fast")])
def test_a_clock_that_is_off_by_an_hour_is_named_as_the_cause(
    provider: Provider, tmp_path: Path, ahead: int, told: str
) -> None:
    provider.ahead = ahead
    given = grant(provider, tmp_path, "app", key_file=service_account(provider, tmp_path), client_secret=None)
    with pytest.raises(LoginError, match=f"{told} – set it right"):
        access_token(given)


def test_a_clock_that_is_off_does_no_harm_where_it_does_not_matter(provider: Provider, tmp_path: Path) -> None:
    provider.ahead = 3600
    assert provider.is_good(access_token(grant(provider, tmp_path, "app")))


def test_a_provider_that_is_down_or_busy_is_worth_another_try(provider: Provider, tmp_path: Path) -> None:
    given = grant(provider, tmp_path, "app")
    with pytest.raises(BackendError) as caught:
        access_token(replace(given, token_url=f"http://127.0.0.1:{free_port()}/token"))
    assert caught.value.later
    for status in (429, 500, 503):
        provider.refuse["client_credentials"] = (status, "busy", "")
        with pytest.raises(BackendError):
            access_token(given)


def test_a_secret_goes_neither_out_in_the_clear_nor_after_a_redirect(provider: Provider, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="https only"):
        access_token(grant(provider, tmp_path, "app", token_url="http://example.org/token"))
    moved = f"HTTP/1.1 307 Moved\r\nLocation: {provider.url}/token\r\nContent-Length: 0\r\n\r\n".encode()

    def answer(line: bytes) -> bytes:
        return moved + scripted.HANG_UP if line == b"\r\n" else b""

    with scripted.running(b"", answer) as elsewhere:
        url = f"http://127.0.0.1:{elsewhere.port}/token"
        with pytest.raises(LoginError):
            access_token(grant(provider, tmp_path, "app", token_url=url))
    assert provider.asked == []


def test_an_answer_without_a_token_is_no_token(provider: Provider, tmp_path: Path) -> None:
    def answer(line: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + scripted.HANG_UP if line == b"\r\n" else b""

    with scripted.running(b"", answer) as strange:
        url = f"http://127.0.0.1:{strange.port}/token"
        with pytest.raises(BackendError, match="holds no access token"):
            access_token(grant(provider, tmp_path, "app", token_url=url))


def test_a_full_disk_keeps_the_tokens_that_were_there(provider: Provider, tmp_path: Path) -> None:
    given = already(provider, tmp_path)
    before = given.cache.read_bytes()
    (given.cache.parent / "tokens.json.new").mkdir()
    from coordinator.errors import DiskError

    with pytest.raises(DiskError):
        access_token(given, fresh=True)
    assert given.cache.read_bytes() == before


def test_the_page_that_a_browser_comes_back_to_hears_the_code() -> None:
    import urllib.request

    from coordinator.cli.returning import Landing

    def browse(address: str) -> None:
        for path in ("favicon.ico", "?code=abc&state=xyz"):
            with urllib.request.urlopen(address + path) as page:
                page.read()

    with Landing() as landing:
        visit = threading.Thread(target=browse, args=[landing.address])
        visit.start()
        assert landing.wait(10) == "/?code=abc&state=xyz"
        visit.join()
        landing._landed.clear()
        with pytest.raises(LoginError, match="did not come back"):
            landing.wait(0)
