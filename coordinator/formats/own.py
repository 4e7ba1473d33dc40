"""What is ours: the program's mailbox, its Message-IDs, its tokens."""

import re
from dataclasses import dataclass
from typing import Final

from coordinator.formats.addresses import domain_of, without_plus

OWN_HEADER: Final = "x-coordinator-id"
_STAMP: Final = re.compile(rb"[!-~]{1,200}")
_ID: Final = re.compile(r"[a-z2-7]{32}@", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, kw_only=True)
class Own:
    """Who we are. address: the program's mailbox. domain: behind the @ of our Message-IDs.

    trusted_authserv_ids: names under which our own mail server writes Authentication-Results (RFC 8601); the word
    "m365" stands for Microsoft 365, which writes none. Empty: nothing is known about authenticity.
    """

    address: str
    domain: str
    trusted_authserv_ids: tuple[str, ...] = ()

    def is_mailbox(self, address: str | None) -> bool:
        """Whether mail to this address reaches us, a plus-address too."""
        return bool(address and self.address) and without_plus(address or "") == self.address.lower()

    def is_id(self, message_id: str | None) -> bool:
        """Whether we may have made this Message-ID. Without a configured domain any could be ours."""
        return bool(message_id) and self.domain.lower() in {"", domain_of((message_id or "").strip("<>"))}

    def has_made(self, message_id: str | None) -> bool:
        """Whether it looks like one of ours: people of the same domain have Message-IDs of their own there."""
        return self.is_id(message_id) and bool(_ID.match((message_id or "").strip("<>")))

    def token_in(self, address: str) -> str:
        """The token of one of our plus-addresses, "" for any other address."""
        local = address.rpartition("@")[0].lower()
        token = local.partition("+")[2]
        return token if _TOKEN.fullmatch(token) and self.is_mailbox(address) else ""


def is_stamp(value: bytes) -> bool:
    """Whether a field holds what we put into `X-Coordinator-Id`: one printable word."""
    return bool(_STAMP.fullmatch(value))
