"""The text of an agreement: drawn up from what holds for a pair, compared with the version before, signed, named."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from coordinator.core.agreement.clauses import CLAUSES, COLUMNS, ROLES
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.records import Answer, Pairing, Version
from coordinator.core.said_by import said_by

Change = tuple[str, str, str]
"""(clause, what held before, what holds now); "" = nothing."""


def joint(where: Situation) -> dict[str, str]:
    """Clause → what holds for both: what they agreed, else what the program says for every pair."""
    standing = where.program.agreement.get("en", {})
    terms = {name: text for name, text in where.pairing.terms.items() if name in CLAUSES and name != "place"}
    known = {**standing, "minutes": str(where.minutes), "every": where.every, **terms}
    known["until"] = where.pairing.end.isoformat()
    return {name: known[name] for name in CLAUSES if name in known}


def columns(where: Situation) -> dict[str, str]:
    """ "expectations/mentee" → what the mentee said, as far as both may read it."""
    return {
        f"{name}/{role}": _plain(answer)
        for role in ROLES
        for name in COLUMNS
        if (answer := said_by(where, name, *where.in_role(role))) and answer.visibility in ("pair", "program")
    }


def _plain(answer: Answer) -> str:
    value = answer.value
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else " ".join(str(value).split())


def drawn(where: Situation, now: datetime) -> Pairing:
    """The pairing with a new version, where there is none yet or where something else was agreed since.

    Signatures go over to it as long as only the two changed something; a new text of the program is signed anew.
    """
    before = where.pairing.agreement
    if before and not is_outdated(where):
        return where.pairing
    clauses = {**joint(where), **columns(where)}
    carried = dict(before[-1].signed) if before and not _program_changed(where, before[-1]) else {}
    version = Version(number=len(before) + 1, at=now, clauses=clauses, signed=carried)
    return replace(where.pairing, agreement=(*before, version))


def is_outdated(where: Situation) -> bool:
    """Whether something else holds now than the newest version says. What only one of the two said is no change."""
    latest = where.pairing.agreement[-1].clauses
    return joint(where) != {name: text for name, text in latest.items() if "/" not in name}


def _program_changed(where: Situation, before: Version) -> bool:
    terms, now = where.pairing.terms, joint(where)
    standing = where.program.agreement.get("en", {})
    return any(now.get(name) != before.clauses.get(name) for name in standing if name not in terms)


def changes(new: Mapping[str, str], old: Mapping[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*CLAUSES, *new, *old)):
        if "/" not in name and new.get(name, "") != old.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")


def signed(pairing: Pairing, by: str, since: datetime, at: datetime) -> Pairing:
    """Signed by one of the two: the version that was shown to them, and each newer one that both made of it."""
    shown = max((v.number for v in pairing.agreement if v.at <= since), default=0)
    latest = pairing.agreement[-1] if pairing.agreement else None
    if latest is None or shown == 0:
        return pairing
    later = [v for v in pairing.agreement if v.number >= shown]
    reset = next((v.number for v in later[1:] if not set(v.signed) >= set(later[0].signed)), latest.number + 1)
    versions = tuple(
        replace(v, signed={**v.signed, by: at}) if shown <= v.number < reset and by not in v.signed else v
        for v in pairing.agreement
    )
    return replace(pairing, agreement=versions)


def status(pairing: Pairing) -> str:
    """ "none", "drawn", "half-signed" or "signed"."""
    if not pairing.agreement:
        return "none"
    count = len({pairing.mentee, pairing.mentor} & set(pairing.agreement[-1].signed))
    return ("drawn", "half-signed", "signed")[count]


def fingerprint(version: Version) -> str:
    """Eight characters that tell one text from another; the same on both sides."""
    text = "\n".join(f"{name}: {version.clauses[name]}" for name in sorted(version.clauses))
    return sha256(text.encode()).hexdigest()[:8]
