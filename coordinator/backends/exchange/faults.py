"""What Exchange refuses, translated: does it pass by itself, must somebody log in anew, or is it over for good?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from exchangelib import errors as ews
from requests.exceptions import RequestException

from coordinator.errors import BackendError, LoginError, RefusedError

WAYS = (
    'read the mailbox by IMAP with OAuth (docs/mailboxes/microsoft365.md), and set calendar = "imip"'
    " so that invitations go by mail"
)
_DAY = "Exchange Online ends Exchange Web Services on 1 April 2027 and blocks it since October 2026"
_BLOCKED = re.compile(
    rb"ews (is |has been )?(disabled|blocked|retired)|exchange web services .{0,40}(disabled|blocked|retired)"
    rb"|ewsenabled|not enabled for ews|application access.{0,30}(blocked|denied)",
    re.IGNORECASE,
)


class RefusedStatusError(Exception):
    """An answer of HTTP that no repeating changes. said: without anything but the status."""

    def __init__(self, status: int, *, blocked: bool = False) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.blocked = blocked


def is_blocked(status: int, content: bytes) -> bool:
    """Whether EWS as such is refused, for everybody or for this program."""
    return status in {403, 410} or bool(_BLOCKED.search(content[:20_000]))


LATER = (
    ews.ErrorServerBusy,
    ews.RateLimitError,
    ews.ErrorMailboxStoreUnavailable,
    ews.ErrorMailboxMoveInProgress,
    ews.ErrorInternalServerError,
    ews.ErrorInternalServerTransientError,
    ews.ErrorExceededConnectionCount,
    ews.ErrorTooManyObjectsOpened,
    ews.ErrorInsufficientResources,
    ews.ErrorConnectionFailed,
)
_NO_RIGHT = (
    ews.ErrorAccessDenied,
    ews.ErrorImpersonateUserDenied,
    ews.ErrorImpersonationDenied,
    ews.ErrorImpersonationFailed,
    ews.ErrorAccountDisabled,
)
_NO_MAILBOX = (ews.ErrorNonExistentMailbox, ews.ErrorMissingEmailAddress, ews.ErrorInvalidSmtpAddress)
_FULL = (ews.ErrorQuotaExceeded,)


@contextmanager
def exchange_faults_told(place: str, *, oauth: bool = False) -> Iterator[None]:
    """Whatever goes wrong becomes a `LoginError` or a `BackendError` without a word of any mail."""
    try:
        yield
    except RefusedStatusError as error:
        raise _of_status(place, error, oauth=oauth) from None
    except ews.UnauthorizedError:
        raise LoginError(f"{place}: login refused: {_who(oauth=oauth)}") from None
    except ews.ErrorTimeoutExpired:
        raise BackendError(f"{place}: no answer, or none in time – the next run tries again") from None
    except ews.RateLimitError as error:
        text = f"{place}: the server asks to be left alone for {int(error.wait)} seconds – the next run tries again"
        raise BackendError(text) from None
    except LATER as error:
        raise BackendError(f"{place}: the server is busy ({_name(error)}) – the next run tries again") from None
    except _NO_RIGHT as error:
        way = "have an administrator give full access to the mailbox, or the right to impersonate"
        raise LoginError(f"{place}: this account may not open the mailbox ({_name(error)}) – {way}") from None
    except _NO_MAILBOX as error:
        raise LoginError(f"{place}: there is no such mailbox ({_name(error)}) – check address in [exchange]") from None
    except _FULL:
        way = "delete something in it, or have an administrator raise its limit; nothing is lost"
        raise BackendError(f"{place}: the mailbox is full – {way}") from None
    except (ews.ResponseMessageError, RequestException) as error:
        raise BackendError(f"{place}: the server refused ({_name(error)}) – the next run tries again") from None
    except ews.EWSError as error:
        raise _of_transport(place, error) from None


def _of_status(place: str, error: RefusedStatusError, *, oauth: bool) -> Exception:
    if error.blocked:
        return RefusedError(f"{place}: Exchange Web Services is refused ({error.status}): {_DAY} – {WAYS}")
    if error.status == 401:
        return LoginError(f"{place}: login refused: {_who(oauth=oauth)}")
    if error.status in {301, 302, 307, 308, 404, 405}:
        way = "check endpoint in [exchange]: it ends in /EWS/Exchange.asmx"
        return BackendError(f"{place}: no Exchange Web Services there ({error.status}) – {way}", later=False)
    return BackendError(f"{place}: the server refused ({error.status}) – the next run tries again")


def _who(*, oauth: bool) -> str:
    if oauth:
        return "the token is not accepted – run coordinator login, or check scopes and access in [oauth] and [exchange]"
    return "check username and password; where two-step verification is on, passwords do not work – set oauth = true"


def _of_transport(place: str, error: Exception) -> Exception:
    said = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in said or "certificate" in said.casefold():
        way = "nothing was sent; check endpoint, clock and ca_file"
        return LoginError(f"{place}: the certificate cannot be trusted – {way}")
    return BackendError(f"{place}: the answer was cut or cannot be understood – the next run tries again")


def _name(error: Exception) -> str:
    return type(error).__name__
