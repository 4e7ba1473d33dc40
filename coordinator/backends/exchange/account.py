"""One connection to Exchange: who logs in and how, how long a run waits, and every fault told plainly."""

import contextlib
import logging
import ssl
from typing import Any, ClassVar

from exchangelib import DELEGATE, IMPERSONATION, UTC, Account, Build, Configuration, Credentials, Version
from exchangelib import errors as ews
from exchangelib.folders import BaseFolder, MsgFolderRoot, Root
from exchangelib.properties import DistinguishedFolderId
from exchangelib.protocol import BaseProtocol, FaultTolerance
from exchangelib.transport import AUTH_TYPE_MAP, BASIC, NTLM
from oauthlib.oauth2 import TokenExpiredError
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from coordinator.backends.exchange import Settings
from coordinator.backends.exchange.faults import RefusedStatusError, exchange_faults_told, is_blocked
from coordinator.backends.secrets import Secret
from coordinator.backends.wire import READ_SECONDS, tls
from coordinator.faults import point

BEARER = "bearer"
CLOUD = "https://outlook.office365.com/EWS/Exchange.asmx"
# What goes wrong is told by our own errors; the library would write whole mails into the log.
logging.getLogger("exchangelib").addHandler(logging.NullHandler())
logging.getLogger("exchangelib").propagate = False

BaseProtocol.TIMEOUT = READ_SECONDS
BaseProtocol.USERAGENT = "coordinator"


class _Bearer(AuthBase):  # type: ignore[misc]
    def __init__(self, username: str, password: str) -> None:  # noqa: ARG002 - as the library calls it
        self._token = password

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


AUTH_TYPE_MAP[BEARER] = _Bearer


class _Verified(HTTPAdapter):  # type: ignore[misc]
    """TLS as everywhere in the program: verified, 1.2 at least, with the chapter's own authority where there is one."""

    contexts: ClassVar[dict[str, ssl.SSLContext]] = {}

    def send(self, request: Any, **options: Any) -> Any:
        point("exchange.request")
        return super().send(request, **options)

    def init_poolmanager(self, *args: Any, **options: Any) -> Any:
        return super().init_poolmanager(*args, ssl_context=tls(None), **options)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        chosen = self.contexts.get(f"{host['host']}:{host['port']}")
        if chosen is not None:
            pool = {key: value for key, value in pool.items() if key not in {"ca_certs", "ca_cert_dir"}}
            pool["ssl_context"] = chosen
        return host, pool


BaseProtocol.HTTP_ADAPTER_CLS = _Verified


class _Pass(Credentials):  # type: ignore[misc]
    """A name and what proves it; each connection has one of its own."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Patience(FaultTolerance):  # type: ignore[misc]
    """Waits as the server asks, but in all no longer than the settings allow; a login is refused once, not tried on."""

    def __init__(self, settings: Settings, secret: Secret, credentials: _Pass) -> None:
        super().__init__(max_wait=settings.patience)
        self._left = float(settings.patience)
        self._secret = secret
        self._credentials = credentials
        self._renewed = False

    def back_off(self, seconds: float | None) -> None:
        seconds = float(seconds or 1)
        if seconds > self._left:
            raise ews.RateLimitError("the server asks for more patience than there is", wait=seconds)
        self._left -= seconds
        super().back_off(seconds)

    def raise_response_errors(self, response: Any) -> None:
        status = response.status_code
        if status == 200:
            self._renewed = False
            return
        content = response.content or b""
        if status == 500 and content.lstrip().startswith(b"<"):
            return
        if status == 401 and self._secret.kind == "token" and not self._renewed:
            # The token expired half-way or was revoked: one more try with a new one.
            self._renewed = True
            self._credentials.password = self._secret.read(fresh=True)
            raise TokenExpiredError
        if status in {429, 502, 503, 504}:
            raise ews.ErrorServerBusy("busy", back_off=_retry_after(response))
        raise RefusedStatusError(status, blocked=is_blocked(status, content))


def _retry_after(response: Any) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdigit() else None


class Connection:
    """An account that was not asked for anything yet. Folders by well-known name cost no request."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.secret or Secret()
        self.settings = settings
        self._oauth = settings.kind == "oauth"
        credentials = _Pass(settings.username or settings.address, secret.read())
        # Tokens are of the cloud, whose address is known; others are searched for.
        endpoint = settings.endpoint or (CLOUD if self._oauth else None)
        if settings.ca_file is not None:
            _Verified.contexts[_authority(settings)] = tls(settings.ca_file)
        configuration = Configuration(
            service_endpoint=endpoint,
            credentials=credentials,
            auth_type={"basic": BASIC, "ntlm": NTLM, "oauth": BEARER}[settings.kind],
            version=Version(build=Build(15, 1)),
            retry_policy=Patience(settings, secret, credentials),
            max_connections=1,
        )
        with self.told():
            self.account = Account(
                settings.address,
                config=configuration,
                autodiscover=endpoint is None,
                access_type=IMPERSONATION if settings.access == "impersonation" else DELEGATE,
                locale="en_US",
                default_timezone=UTC,
            )
        self.account.protocol.RETRY_WAIT = 1
        self.root = Root(account=self.account, _distinguished_id=DistinguishedFolderId(id="root"))
        # The library would ask the server for it, although nothing depends on the answer.
        vars(self.account)["root"] = self.root

    def told(self) -> contextlib.AbstractContextManager[None]:
        return exchange_faults_told(self.settings.place, oauth=self._oauth)

    def folder(self, kind: type[BaseFolder]) -> Any:
        """A folder that every mailbox has: Inbox, Calendar, SentItems, DeletedItems."""
        return kind(root=self.root, _distinguished_id=DistinguishedFolderId(id=kind.DISTINGUISHED_FOLDER_ID))

    @property
    def top(self) -> Any:
        """Where the folders that people see lie."""
        return self.folder(MsgFolderRoot)

    def close(self) -> None:
        self.account.protocol.close()


def _authority(settings: Settings) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(settings.endpoint)
    return f"{parts.hostname}:{parts.port}" if parts.port else f"{parts.hostname}:None"


def connection(settings: Settings) -> Connection:
    """LoginError or BackendError only where autodiscover must ask somebody."""
    return Connection(settings)
