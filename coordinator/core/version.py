"""What a pair went through: the versions of its agreement, and the phases it reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Version:
    """The agreement of a pair as it was drawn up once; kept for good. number: 1, 2 …

    clauses: name → canonical text; "expectations/mentee" for what one of the two said. signed: participant id → when.
    """

    number: int
    at: datetime
    clauses: Mapping[str, str]
    signed: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A phase that a pair entered. number: from 1. by: the advisor who set it, "" = it came by itself."""

    number: int
    at: datetime
    by: str = ""
