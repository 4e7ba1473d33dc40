"""What an answer about the agreement changes: a clause is proposed, a text is signed, a pair is blocked."""

from collections.abc import Callable, Mapping
from datetime import date

from coordinator.core.agreement.clauses import hours, normal, own
from coordinator.core.agreement.drawn import signed
from coordinator.core.answered import Said
from coordinator.core.dates import when
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.proposals import sheet_key
from coordinator.core.reading import Context
from coordinator.core.records import Pairing
from coordinator.core.terms import proposed

CONFLICT = "conflict of interest"
_SETTLE = "settle_"


def clause(name: str) -> Callable[[Situation, Said], Pairing]:
    """Proposed; it holds as soon as the other says the same."""

    def fold(where: Situation, said: Said) -> Pairing:
        return proposed(where, name, str(said.value), said.by)

    return fold


def own_hours(where: Situation, said: Said) -> Pairing:
    """One's own evening needs nobody's consent; "any time" takes the limit away."""
    name = own("hours", where.pairing.role_of(said.by) or "")
    window = hours(str(said.value))
    others = {k: v for k, v in where.pairing.terms.items() if k != name}
    return replace(where.pairing, terms={**others, name: window} if window else others)


def _months(where: Situation, said: Said) -> Pairing:
    """So many months from the beginning; the end is a date, so that nobody counts."""
    return proposed(where, "until", months_after(where.pairing.start, int(said.value)).isoformat(), said.by)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in any month")


def _settled(where: Situation, said: Said) -> Pairing:
    """One of the wishes that were offered; "let us talk about it" leaves both as they are."""
    name, pairing = said.question.field.name.removeprefix(_SETTLE), where.pairing
    *wishes, talk = said.question.field.options
    role = pairing.role_of(said.by) or ""
    seen = filter(None, (_wish(where, said, name, wish) for wish in wishes))
    shown = {sheet_key(pairing, name, role, value): said.now for value in seen}
    where = replace(where, pairing=replace(pairing, decided={**pairing.decided, **shown}))
    value = None if said.value == talk else _wish(where, said, name, str(said.value))
    return proposed(where, name, value, said.by) if value else where.pairing


def _wish(where: Situation, said: Said, name: str, option: str) -> str | None:
    """The canonical value that an option says in words: a last day is "Sat 11 July 2026" there."""
    value = normal(name, option)
    if value is not None or name != "until":
        return value
    language, words = where.person(said.by).language or where.chapter.language, where.program.words
    # Without its weekday: "mar" is a month as well.
    found = when(option.partition(" ")[2], Context(language=language, timezone=where.zone, now=said.now, words=words))
    return found.day.isoformat() if found and found.day else None


def _signed(where: Situation, said: Said) -> Pairing:
    asked = where.pairing.asked.get(said.question.key)
    return signed(where.pairing, said.by, asked.at if asked else said.now, said.now) if said.value else where.pairing


def _declared(where: Situation, said: Said) -> Pairing:
    """Nothing goes on until an advisor has had a look (AAHA-10)."""
    return replace(where.pairing, blocked=CONFLICT) if said.value else where.pairing


def _cleared(where: Situation, _said: Said) -> Pairing:
    """The advisor has decided; a no ends it as any wish to end it does."""
    return replace(where.pairing, blocked="")


AGREEMENT: Mapping[str, Callable[[Situation, Said], Pairing]] = {
    **{
        name: clause(name)
        for name in (
            "type", "roles", "reply_days", "notice", "confidentiality", "ethics", "conflict", "help", "virtual",
            "vision",
        )
    },
    "until": clause("until"),
    "months": _months,
    "hours": own_hours,
    "settle": _settled,
    "signed": _signed,
    "coi": _declared,
    "clear_coi": _cleared,
}  # fmt: skip
