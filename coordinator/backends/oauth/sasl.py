"""Logging in with a token: XOAUTH2 and OAUTHBEARER (RFC 7628), and what a refusal says about the token."""

import base64
import contextlib
import json
from collections.abc import Collection
from typing import Any

from coordinator.backends.oauth.tokens import real_now

MECHANISMS = ("OAUTHBEARER", "XOAUTH2")


def mechanism(offered: Collection[str]) -> str:
    """The standard one where a server knows it; Microsoft knows XOAUTH2 only."""
    return "OAUTHBEARER" if "OAUTHBEARER" in offered else "XOAUTH2"


def opening(name: str, *, user: str, token: str, host: str, port: int) -> str:
    if name == "XOAUTH2":
        return f"user={user}\1auth=Bearer {token}\1\1"
    # "=" and "," have a meaning in the name (RFC 5801 §4).
    escaped = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={escaped},\1host={host}\1port={port}\1auth=Bearer {token}\1\1"


def ending(name: str) -> str:
    """What a client answers to the challenge that carries a refusal."""
    return "\1" if name == "OAUTHBEARER" else ""


def token_fault(token: str, challenge: bytes | str, user: str) -> tuple[str, str] | None:
    """(what is wrong with a token that was refused, next step), as far as it or the challenge tell; else None."""
    return _of_claims(_claims(token), user) or _of_challenge(_json(challenge))


def _of_claims(claims: dict[str, Any], user: str) -> tuple[str, str] | None:
    """Microsoft's tokens can be looked into."""
    audience = str(claims.get("aud", ""))
    if "graph.microsoft.com" in audience or audience.startswith("00000003-0000-0000-c000"):
        return "the token is for Microsoft Graph, not for mail", "leave scopes out of [oauth] and sign in again"
    if isinstance(expires := claims.get("exp"), int | float) and expires < real_now():
        return "the token has expired", "check the clock of this machine, then run coordinator login"
    if isinstance(starts := claims.get("nbf"), int | float) and starts > real_now() + 300:
        return "the token is not valid yet: the clock of this machine is slow", "set it right, then try again"
    allowed = f"{claims.get('scp', '')} {' '.join(map(str, claims.get('roles') or ()))}".split()
    mail = ("IMAP.", "SMTP.", "EWS.", "full_access_as_app", "POP.")
    if ("scp" in claims or "roles" in claims) and not any(one.startswith(mail) for one in allowed):
        return "the token carries no permission for mail", "add the permissions to the registration and grant consent"
    owner = str(claims.get("upn") or claims.get("preferred_username") or "")
    if owner and user and owner.casefold() != user.casefold():
        way = "sign in as the mailbox, or give whoever signed in full access to it"
        return "the token belongs to somebody else than username", way
    return None


def _of_challenge(said: dict[str, Any]) -> tuple[str, str] | None:
    status, scope = str(said.get("status", "")), str(said.get("scope", ""))
    wanted = f" (it wants {scope})" if scope and len(scope) < 100 and scope.isprintable() else ""
    if status in {"insufficient_scope", "403"}:
        return f"the token's scope does not reach mail{wanted}", "leave scopes out of [oauth] and sign in again"
    if status in {"invalid_token", "401"}:
        return "the token has expired, was revoked or is for another service", "run coordinator login"
    if status == "400":
        return f"the token is not for this mailbox or lacks the scope for mail{wanted}", "sign in again as the mailbox"
    return None


def _claims(token: str) -> dict[str, Any]:
    parts = token.split(".")
    return _json(parts[1] + "=" * (-len(parts[1]) % 4)) if len(parts) == 3 else {}


def _json(text: bytes | str) -> dict[str, Any]:
    """JSON, plain or in base64; nothing where it is neither."""
    raw = text.encode() if isinstance(text, str) else text
    candidates = [raw]
    for altchars in (b"+/", b"-_"):
        with contextlib.suppress(ValueError):
            candidates.append(base64.b64decode(raw, altchars, validate=True))
    for candidate in candidates:
        with contextlib.suppress(ValueError):
            found = json.loads(candidate)
            if isinstance(found, dict):
                return found
    return {}
