"""Whom a server's refusal concerns: the one recipient, or everything that we send."""

import re

from coordinator.backends import Scope, SendError
from coordinator.backends.wire import tidy

_STATUS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")

_OUR_CODES = {530, 534, 535, 538}
"""Whatever the step: "log in first" (RFC 4954)."""

_OUR_STATUSES = {
    "5.1.7",
    "5.1.8",
    "5.4.5",
    "5.7.3",
    "5.7.8",
    "5.7.9",
    "5.7.14",
    "5.7.57",
    "5.7.60",
    "5.7.64",
    "5.7.708",
}
"""Permanent refusals that large providers give at RCPT or DATA and that mean our account, not the recipient."""

_OUR_WORDS = re.compile(
    rb"relay|not permitted to send|authenticat|(sending|daily|hourly|submission)\W?(user )?(sending )?(quota|limit)",
    re.IGNORECASE,
)
_QUOTA_WORDS = re.compile(rb"quota|limit|5\.4\.5|5\.7\.708", re.IGNORECASE)


def refusal(place: str, step: str, code: int, text: bytes) -> SendError:
    """The error for a reply that was not the one hoped for. step: "MAIL", "RCPT", "DATA" or "message"."""
    status = status_of(text)
    scope = _scope(step, code, status, text)
    later = not 500 <= code < 600 or (scope == "server" and bool(_QUOTA_WORDS.search(text)))
    return SendError(f"{place}: {step} refused: {code} {tidy(text)}", scope=scope, status=status, later=later)


def status_of(text: bytes) -> str:
    """The enhanced status code (RFC 3463) at the beginning of a reply, "" when there is none."""
    found = _STATUS.match(text)
    return found.group(1).decode() if found else ""


def _scope(step: str, code: int, status: str, text: bytes) -> Scope:
    if not 400 <= code < 600:
        # Neither yes nor no: after the mail was complete, nobody knows.
        return "uncertain" if step == "message" else "server"
    if code == 552 or status == "5.3.4":
        return "recipient"  # too large: this mail, at whatever step
    if step == "MAIL" or code in {421, *_OUR_CODES}:
        return "server"
    if code < 500:
        return "server" if status.startswith("4.3.") else "recipient"
    if status in _OUR_STATUSES or _OUR_WORDS.search(text):
        return "server"
    return "recipient"
