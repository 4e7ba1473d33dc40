"""What makes less of a consent in its own sentence: a later day, a restriction, somebody's "no", a wish to stay."""

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.words import Words

_UNITS = ("day_units", "week_units", "month_units", "year_units")
_BEFORE_MONTH = ("day_joins", "at_time", "next_day", "until", "in_time", "last_of")


def is_narrowed(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether it goes on with a "without" or an "only", or says no more than that one would like to say yes."""
    free, less, said = (words.phrases(name) for name in ("consent_free", "consent_less", "only_said"))
    return any(
        (less.length(scan.texts, at) and not free.length(scan.texts, at)) or said.length(scan.texts, at)
        for at in range(start, end)
    )


def is_later(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether it names a time that the question does not: "in a year", "next month", "from September on"."""
    return any(_is_time(scan, at, words) and scan.texts[at] not in asked.texts for at in range(start, end))


def _is_time(scan: Tokens, at: int, words: Words) -> bool:
    """A month behind an "in" or beside its day; a unit of time behind a "next", an "in" or a number."""
    before = scan.texts[at - 1] if at else ""
    if words.phrases("months").length(scan.texts, at):
        beside = scan.texts[at + 1][0].isdecimal() if at + 1 < len(scan) else False
        return beside or before[:1].isdecimal() or any(words.phrases(n).length((before,), 0) for n in _BEFORE_MONTH)
    if not any(words.phrases(name).length(scan.texts, at) for name in _UNITS):
        return False
    counted = words.phrases("articles").length((before,), 0) > 0 or number_at(scan, max(at - 1, 0), words) is not None
    if counted:
        return at > 1 and words.phrases("in_time").length((scan.texts[at - 2],), 0) > 0
    return any(words.phrases(name).length((before,), 0) for name in ("next_day", "in_time"))


def is_another_day(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether it names another day of the week than the question: "yes, Friday" of a Thursday."""
    week = words.phrases("weekdays")
    said = {found[1] for at in range(start, end) if (found := week.at(scan.texts, at))}
    meant = {found[1] for at in range(len(asked)) if (found := week.at(asked.texts, at))}
    return bool(said and meant) and not said <= meant


def is_gainsaid(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a bare "no" ends a clause that begins with other words: "yes (she says no)"."""
    return any(
        scan.ends_at(at + 1) and not is_stop(scan.texts[at - 1]) and words.phrases("no_inside").length(scan.texts, at)
        for at in range(max(start, 1), end)
    )


def stays(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a yes to an end goes on with a wish to stay."""
    if words.phrases("end_asked").anywhere(asked.texts) is None:
        return False
    return words.phrases("stays").anywhere(scan.texts[start:end]) is not None
