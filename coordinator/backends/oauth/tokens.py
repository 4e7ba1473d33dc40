"""What a token endpoint answers, and when it was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """until: seconds of the real clock at which `access` expires. refresh: "" when there is none."""

    access: str = field(repr=False)
    until: int
    refresh: str = field(repr=False, default="")
    lifetime: int = 3600

    @classmethod
    def of(cls, answer: Mapping[str, Any], before: "Tokens | None" = None) -> Self:
        """Providers leave the refresh token out when the one before is still good."""
        lifetime = int(answer.get("expires_in") or 3600)
        refresh = str(answer.get("refresh_token") or (before.refresh if before else ""))
        return cls(access=str(answer["access_token"]), until=real_now() + lifetime, refresh=refresh, lifetime=lifetime)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            access=str(plain["access"]),
            until=int(plain["until"]),
            refresh=str(plain.get("refresh", "")),
            lifetime=int(plain.get("lifetime", 3600)),
        )

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_fresh(self) -> bool:
        """Whether it lasts longer than a tick does. A clock that was set back makes no token immortal."""
        left = self.until - real_now()
        return min(900, self.lifetime // 2) < left <= self.lifetime

    @property
    def is_good(self) -> bool:
        return 30 < self.until - real_now() <= self.lifetime


def real_now() -> int:
    """Seconds since 1970, whatever `--now` says: a token's life is measured by the clock on the wall."""
    return int(datetime.now(UTC).timestamp())  # noqa: TID251 - the provider's time, not the program's
