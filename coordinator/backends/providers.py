"""Well-known mail providers: where their servers are, and how one signs in there.

A table of facts; what somebody writes into the configuration always wins over it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """Where a provider gives out access tokens. `{tenant}` stands for the organisation.

    mail, exchange: scopes of IMAP and SMTP, and of Exchange Web Services, for somebody who signs in. app: the scope of
    a program that signs in by itself, "" = the same as `mail`. extra: words that make a sign-in last.
    """

    token: str
    authorize: str
    device: str
    mail: tuple[str, ...]
    exchange: tuple[str, ...] = ()
    app: str = ""
    extra: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Provider:
    """imap, smtp: host and port; an SMTP port of 587 begins in the clear and insists on TLS (STARTTLS)."""

    imap: tuple[str, int]
    smtp: tuple[str, int]
    endpoints: Endpoints | None = None

    def settings(self, door: str) -> Mapping[str, object]:
        """What this provider fills into the table of that name."""
        host, port = self.imap if door == "inbox" else self.smtp
        starttls = {"starttls": True} if port in {143, 587} else {}
        return {"backend": "imap" if door == "inbox" else "smtp", "host": host, "port": port, **starttls}


_OUTLOOK = "https://outlook.office.com/"
_MICROSOFT = Endpoints(
    token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106 - an address
    authorize="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    device="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
    mail=(f"{_OUTLOOK}IMAP.AccessAsUser.All", f"{_OUTLOOK}SMTP.Send", "offline_access"),
    exchange=(f"{_OUTLOOK}EWS.AccessAsUser.All", "offline_access"),
    app="https://outlook.office365.com/.default",
    extra={},
)
_GOOGLE = Endpoints(
    token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    device="https://oauth2.googleapis.com/device/code",
    mail=("https://mail.google.com/",),
    extra={"access_type": "offline", "prompt": "consent"},
)
PROVIDERS: Mapping[str, Provider] = {
    "microsoft365": Provider(
        imap=("outlook.office365.com", 993), smtp=("smtp.office365.com", 587), endpoints=_MICROSOFT
    ),
    "outlook.com": Provider(
        imap=("outlook.office365.com", 993), smtp=("smtp-mail.outlook.com", 587), endpoints=_MICROSOFT
    ),
    "gmail": Provider(imap=("imap.gmail.com", 993), smtp=("smtp.gmail.com", 465), endpoints=_GOOGLE),
    "fastmail": Provider(imap=("imap.fastmail.com", 993), smtp=("smtp.fastmail.com", 465)),
    "icloud": Provider(imap=("imap.mail.me.com", 993), smtp=("smtp.mail.me.com", 587)),
    "yahoo": Provider(imap=("imap.mail.yahoo.com", 993), smtp=("smtp.mail.yahoo.com", 465)),
    "zoho": Provider(imap=("imappro.zoho.com", 993), smtp=("smtppro.zoho.com", 465)),
    "gmx": Provider(imap=("imap.gmx.net", 993), smtp=("mail.gmx.net", 587)),
    "web.de": Provider(imap=("imap.web.de", 993), smtp=("smtp.web.de", 587)),
    "mailbox.org": Provider(imap=("imap.mailbox.org", 993), smtp=("smtp.mailbox.org", 465)),
    "posteo": Provider(imap=("posteo.de", 993), smtp=("posteo.de", 465)),
    "infomaniak": Provider(imap=("mail.infomaniak.com", 993), smtp=("mail.infomaniak.com", 465)),
}
