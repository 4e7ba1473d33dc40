"""imapclient on a connection that is logged in already; imported when there is something to fetch or to move."""

import imaplib

from imapclient import IMAPClient, SocketTimeout

from coordinator.backends.wire import CONNECT_SECONDS, READ_SECONDS


class Adopted(IMAPClient):
    """An `IMAPClient` that opens no connection of its own. Times are aware."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._given = connection
        timeout = SocketTimeout(CONNECT_SECONDS, READ_SECONDS)
        super().__init__(connection.host, ssl=False, timeout=timeout)  # type: ignore[arg-type] # as its manual says
        self.normalise_times = False
        # imapclient lets imaplib log every line; those lines are mail.
        connection.debug = 0

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - overrides imapclient's
        return self._given
