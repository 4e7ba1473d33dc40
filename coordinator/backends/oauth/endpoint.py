"""One question to a token endpoint: a form goes out, JSON comes back, and every refusal is explained."""

import email.utils
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from coordinator.backends.oauth import Grant
from coordinator.backends.oauth.tokens import real_now
from coordinator.backends.refusals import token_refusal
from coordinator.backends.server import is_loopback
from coordinator.backends.wire import READ_SECONDS, faults_told, tidy, tls
from coordinator.errors import BackendError, ConfigurationError, LoginError
from coordinator.faults import point

LONGEST = 1_000_000
SKEW = 300
"""Seconds by which this machine's clock may differ from the provider's before that is worth a word."""


class _StandStill(urllib.request.HTTPRedirectHandler):
    """A secret is sent to the address that was configured and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def asked(grant: Grant, url: str, form: Mapping[str, str], *, patient: bool = False) -> dict[str, Any]:
    """What the endpoint answered. patient: a refusal is handed back as well, for whoever asks again and again.

    LoginError for a refusal; BackendError when it cannot be reached or is too busy.
    """
    place = urllib.parse.urlsplit(url).hostname or "the provider"
    status, answer, skew = _exchange(grant, url, form, place)
    if status == 200 and "error" not in answer:
        return answer
    if status == 429 or status >= 500:
        raise BackendError(f"{place}: gives out no tokens now ({status}) – the next run tries again")
    if patient and answer.get("error"):
        return answer
    raise _refused(place, status, answer, skew, form)


def _exchange(grant: Grant, url: str, form: Mapping[str, str], place: str) -> tuple[int, dict[str, Any], int]:
    """Status, answer, and by how many seconds our clock is ahead."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ConfigurationError(f"{place}: tokens are asked for over https only – correct the address in [oauth]")
    handlers: list[urllib.request.BaseHandler] = [_StandStill()]
    if parts.scheme == "https":
        handlers.append(urllib.request.HTTPSHandler(context=tls(grant.ca_file)))
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, urllib.parse.urlencode(form).encode(), {"Accept": "application/json"}
    )
    with faults_told(place):
        point("oauth.ask")
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=READ_SECONDS) as reply:
                return reply.status, _json(reply.read(LONGEST)), _skew(reply.headers.get("Date"))
        except urllib.error.HTTPError as reply:
            with reply:
                return reply.code, _json(reply.read(LONGEST)), _skew(reply.headers.get("Date"))
        except urllib.error.URLError as error:
            raise error.reason if isinstance(error.reason, OSError) else OSError(str(error.reason)) from error


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _skew(date: str | None) -> int:
    try:
        told = email.utils.parsedate_to_datetime(date or "")
    except ValueError:
        return 0
    return real_now() - int(told.replace(tzinfo=told.tzinfo or UTC).timestamp())


def _refused(place: str, status: int, answer: Mapping[str, Any], skew: int, form: Mapping[str, str]) -> LoginError:
    words = f"{answer.get('error', '')} {answer.get('error_description', '')}"
    known = token_refusal(words)
    if abs(skew) > SKEW and (known is None or "clock" in known[0] or "assertion" in form):
        known = (_clock(skew), "set it right (timedatectl set-ntp true), then try again")
    hidden = tuple(value for key, value in form.items() if key not in {"scope", "grant_type"} and len(value) > 3)
    said = tidy(words.strip() or f"status {status}", *hidden)[:120]
    if known is None:
        return LoginError(f"{place}: no access token: {said} – check [oauth] in config.toml")
    return LoginError(f"{place}: no access token: {known[0]} – {known[1]} ({said})")


def _clock(skew: int) -> str:
    minutes = max(1, abs(skew) // 60)
    return f"the clock of this machine is {minutes} minutes {'fast' if skew > 0 else 'slow'}"
