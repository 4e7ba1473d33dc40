"""Sending through Exchange: the mail as it was written, to one recipient."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from exchangelib import Mailbox, Message
from exchangelib import errors as ews
from exchangelib.folders import SentItems

from coordinator.backends import SendError
from coordinator.backends.addresses import address_fault
from coordinator.backends.exchange import Settings
from coordinator.backends.exchange.account import Connection
from coordinator.backends.exchange.faults import RefusedStatusError
from coordinator.backends.portions import Closing
from coordinator.errors import BackendError
from coordinator.faults import point

_NO_SUCH_PERSON = (ews.ErrorInvalidRecipients, ews.ErrorMailRecipientNotFound, ews.ErrorInvalidSmtpAddress)
_NOT_OURS = (ews.ErrorSendAsDenied,)


class ExchangeOutbox(Closing):
    """The first mail connects."""

    def __init__(self, settings: Settings, connect: Callable[[], Connection]) -> None:
        self._settings = settings
        self._connect = connect
        self._on: Connection | None = None

    def prove(self) -> None:
        on = self._connected()
        with on.told():
            list(on.folder(SentItems).all().only("size")[:1])

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        """A sender of "" cannot be said to Exchange: the mailbox is always the sender."""
        for address in (recipient, sender):
            fault = address_fault(address) if address or address is recipient else None
            if fault:
                raise SendError(f"an address {fault}", scope="recipient", status="5.1.3", later=False)
        on = self._connected()
        message = Message(account=on.account, mime_content=raw, to_recipients=[Mailbox(email_address=recipient)])
        with _send_errors(), on.told(), _outcome(self._settings.place):
            point("exchange.send")
            message.send(save_copy=False)
            point("exchange.accepted")

    def close(self) -> None:
        if self._on is not None:
            self._on.close()
            self._on = None

    def _connected(self) -> Connection:
        if self._on is None:
            self._on = self._connect()
        return self._on


@contextmanager
def _outcome(place: str) -> Iterator[None]:
    """Whether a mail may have gone although nobody said so."""
    try:
        yield
    except _NO_SUCH_PERSON as error:
        said = f"{place}: the recipient is refused ({type(error).__name__})"
        raise SendError(said, scope="recipient", status="5.1.1", later=False) from None
    except ews.ErrorMessageSizeExceeded:
        raise SendError(f"{place}: the mail is too large", scope="recipient", status="5.3.4", later=False) from None
    except _NOT_OURS as error:
        way = "have an administrator give the right to send as the program's address"
        raise SendError(
            f"{place}: sending is refused ({type(error).__name__}) – {way}", scope="server", later=False
        ) from None
    except ews.ErrorTimeoutExpired as error:
        if any(word in str(error) for word in ("NewConnectionError", "ConnectTimeout", "NameResolution")):
            raise SendError(
                f"{place}: the server cannot be reached – the next run tries again", scope="server"
            ) from None
        raise _unknown(place) from None
    except RefusedStatusError as error:
        if error.status < 500:
            raise
        raise _unknown(place) from None
    except (ews.RateLimitError, ews.UnauthorizedError, ews.ResponseMessageError):
        raise
    except ews.EWSError as error:
        said = str(error).casefold()
        if "certificate" in said or said.startswith("soap error code"):
            raise
        raise _unknown(place) from None


def _unknown(place: str) -> SendError:
    said = f"{place}: the connection broke while the mail was handed over – it may have been sent"
    return SendError(said, scope="uncertain")


@contextmanager
def _send_errors() -> Iterator[None]:
    try:
        yield
    except SendError:
        raise
    except BackendError as error:
        raise SendError(str(error), scope="server", later=error.later) from error
