"""The ways to an access token: renewed, by the program itself, or after somebody signed in."""

import base64
import hashlib
import json
import secrets
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coordinator.backends.oauth import Grant
from coordinator.backends.oauth.endpoint import asked
from coordinator.backends.oauth.tokens import Tokens, real_now
from coordinator.backends.refusals import token_refusal
from coordinator.backends.secrets import file_fault
from coordinator.errors import BackendError, ConfigurationError, LoginError

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def refreshed(grant: Grant, known: Tokens) -> Tokens:
    """The next token of somebody who signed in before (RFC 6749 §6)."""
    form = {"grant_type": "refresh_token", "refresh_token": known.refresh, "scope": " ".join(grant.scopes)}
    return _tokens(asked(grant, grant.token_url, _named(grant, form)), known)


def by_itself(grant: Grant) -> Tokens:
    """A token for a program without anybody: client credentials (RFC 6749 §4.4), or a service account's key."""
    scope = " ".join(grant.scopes)
    if grant.key_file is not None:
        form = {"grant_type": BEARER, "assertion": _assertion(grant, scope)}
        return _tokens(asked(grant, grant.token_url, form))
    form = _named(grant, {"grant_type": "client_credentials", "scope": scope})
    return _tokens(asked(grant, grant.token_url, form))


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What somebody is shown who is to sign in. seconds: how long the code lasts; interval: between two looks."""

    code: str
    address: str
    device_code: str
    interval: float
    seconds: int


def invited(grant: Grant) -> Invitation:
    """The beginning of a sign-in on any machine with a browser (RFC 8628)."""
    form = {"client_id": grant.client_id, "scope": " ".join(grant.scopes)}
    answer = asked(grant, grant.device_url, form)
    try:
        return Invitation(
            code=str(answer["user_code"]),
            address=str(answer.get("verification_uri") or answer["verification_url"]),
            device_code=str(answer["device_code"]),
            interval=float(answer.get("interval", 5)),
            seconds=int(answer.get("expires_in", 900)),
        )
    except (KeyError, ValueError, TypeError):
        raise LoginError("the provider gave no code to sign in with – check device_url in [oauth]") from None


def signed_in(grant: Grant, invitation: Invitation, wait: Callable[[float], None]) -> Tokens:
    """Asks until somebody has entered the code. wait: sleeps so many seconds. LoginError when they do not agree."""
    interval, waited = invitation.interval, 0.0
    form = _named(grant, {"grant_type": DEVICE, "device_code": invitation.device_code})
    while waited <= invitation.seconds:
        wait(interval)
        waited += max(interval, 0.1)
        try:
            answer = asked(grant, grant.token_url, form, patient=True)
        except BackendError:
            continue
        match answer.get("error"):
            case None:
                return _tokens(answer)
            case "authorization_pending":
                continue
            case "slow_down":
                interval += 5
            case _:
                raise _declined(answer)
    raise LoginError("nobody entered the code in time – run coordinator login again")


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A sign-in in a browser that comes back to this machine (RFC 8252). verifier: proves that it is ours (PKCE)."""

    address: str
    redirect: str
    state: str
    verifier: str


def sent_off(grant: Grant, redirect: str) -> Journey:
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    query = {
        "client_id": grant.client_id,
        "response_type": "code",
        "redirect_uri": redirect,
        "scope": " ".join(grant.scopes),
        "state": state,
        "code_challenge": _urlsafe(hashlib.sha256(verifier.encode()).digest()),
        "code_challenge_method": "S256",
        "login_hint": grant.user,
        **dict(grant.extra),
    }
    address = f"{grant.authorize_url}?{urllib.parse.urlencode(query)}"
    return Journey(address=address, redirect=redirect, state=state, verifier=verifier)


def come_back(grant: Grant, journey: Journey, address: str) -> Tokens:
    """address: where the browser was sent at the end. LoginError when it is not the end of this journey."""
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address.strip()).query))
    if query.get("error"):
        raise _declined(query)
    if query.get("state") != journey.state or not query.get("code"):
        raise LoginError("that is not the address at the end of this sign-in – run coordinator login again")
    form = {
        "grant_type": "authorization_code",
        "code": query["code"],
        "redirect_uri": journey.redirect,
        "code_verifier": journey.verifier,
    }
    return _tokens(asked(grant, grant.token_url, _named(grant, form)))


def _declined(answer: Mapping[str, Any]) -> LoginError:
    known = token_refusal(f"{answer.get('error', '')} {answer.get('error_description', '')}")
    meaning, way = known or ("the sign-in failed", "run coordinator login again")
    return LoginError(f"{meaning} – {way}")


def _named(grant: Grant, form: Mapping[str, str]) -> dict[str, str]:
    secret = {"client_secret": grant.client_secret.read()} if grant.client_secret else {}
    return {"client_id": grant.client_id, **{key: value for key, value in form.items() if value}, **secret}


def _tokens(answer: Mapping[str, Any], before: Tokens | None = None) -> Tokens:
    try:
        return Tokens.of(answer, before)
    except (KeyError, ValueError, TypeError):
        raise BackendError("the provider's answer holds no access token – the next run tries again") from None


def _assertion(grant: Grant, scope: str) -> str:
    """A signed statement of the service account that it acts for the mailbox (RFC 7523)."""
    # Here, because only Google's service accounts sign anything.
    from coordinator.backends.oauth.signing import signature

    key = _service_key(grant)
    now = real_now()
    claims = {
        "iss": key["client_email"],
        "sub": grant.user,
        "scope": scope,
        "aud": grant.token_url,
        "iat": now,
        "exp": now + 3600,
    }
    head = {"alg": "RS256", "typ": "JWT", "kid": key.get("private_key_id", "")}
    signed = ".".join(_urlsafe(json.dumps(part).encode()) for part in (head, claims))
    return f"{signed}.{_urlsafe(signature(key['private_key'], signed.encode()))}"


def _service_key(grant: Grant) -> Mapping[str, str]:
    assert grant.key_file is not None
    fault = file_fault(grant.key_file)
    if fault:
        raise ConfigurationError(f"key_file: names a file that {fault}")
    try:
        key = json.loads(grant.key_file.read_bytes())
        return {name: str(key[name]) for name in ("client_email", "private_key", "private_key_id")}
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError("key_file: is not the JSON key of a service account – download it again") from None


def _urlsafe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
