"""Meetings told with words in between: "we had our chat", "wir haben am Dienstag nach der Schicht telefoniert"."""

from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.fields.lengths import length_at
from coordinator.core.words import Words

_LONGEST = 14
"""Tokens from the first word to the verb."""
_BETWEEN = ("met_gap", "weekdays", "relative_days", "articles", "about")
_AFTERWARDS = 2
"""Words behind an "after": "nach meiner Schicht"."""


def told_at(scan: Tokens, at: int, words: Words) -> int:
    """How many words tell here that two people talked; 0 where a word between them is not known to change nothing."""
    day = _behind_day(scan, at, words)
    for begin, end in (("met_begin", "met_end"), ("met_had", "met_talks"), ("met_praise", "met_talks")):
        length = words.phrases(begin).length(scan.texts, at)
        first = at + length
        if not length and day > at and begin == "met_begin":
            first = day + words.phrases("met_turned").length(scan.texts, day)
            length = first - day
        found = _end(scan, at, first, words, end) if length else 0
        if found and not is_undone(scan, found, words) and _is_of_two(scan, found, words, bare=begin == "met_praise"):
            return found - at
    first = words.phrases("met_first").length(scan.texts, at) if at == 0 or scan.ends_at(at - 1) else 0
    return first or int(scan.written(at, at + 1).casefold() in words.data.get("met_written", ()))


def is_undone(scan: Tokens, end: int, words: Words) -> bool:
    """Whether the clause goes on with a "planned": "we had a call planned"."""
    stop = next((i for i in range(end, min(len(scan), end + _LONGEST)) if is_stop(scan.texts[i])), end + _LONGEST)
    return words.phrases("met_undone").anywhere(scan.texts[end:stop]) is not None


def is_of_others(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a report is of somebody else: "we had a chat, my sister and I", "I met Grace's assistant"."""
    whose = scan.written(end, end + 1)
    if whose[-2:] in {"'s", "’s"} and not scan.ends_at(end + 1):
        return True
    near = range(end, min(len(scan), end + _LONGEST))
    stop = next((at for at in near if scan.texts[at] in {".", "!", "?", "\n"}), near.stop)
    return any(_names_another(scan, at, stop, words) for at in range(start, stop))


def _names_another(scan: Tokens, at: int, stop: int, words: Words) -> bool:
    """ "My sister and I" and "me and my sister", and not "my mentor and I"."""
    mine, nouns = words.phrases("mine"), words.phrases("pair_nouns")
    joined = words.phrases("i_and").length(scan.texts, at)
    if joined:
        owner = mine.length(scan.texts, at + joined)
        return owner > 0 and not nouns.length(scan.texts, at + joined + owner)
    owner = mine.length(scan.texts, at)
    if not owner or nouns.length(scan.texts, at + owner):
        return False
    behind = range(at + owner + 1, min(stop, at + owner + _AFTERWARDS + 1))
    return any(words.phrases("and_i").length(scan.texts, i) for i in behind)


def _behind_day(scan: Tokens, at: int, words: Words) -> int:
    """Behind the day in front of a verb: "am Dienstag haben wir …"."""
    while step := max(words.phrases(name).length(scan.texts, at) for name in ("met_day", "weekdays", "relative_days")):
        at += step
    return at


def _is_of_two(scan: Tokens, at: int, words: Words, *, bare: bool) -> bool:
    """Whether a "with" that follows names one of the two: not "good call with the reminder". bare: one must follow."""
    behind = at + words.phrases("with_met").length(scan.texts, at)
    if behind == at:
        return not bare
    if behind >= len(scan) or is_stop(scan.texts[behind]):
        return False
    if words.phrases("pair_words").length(scan.texts, behind):
        return True
    day = any(words.phrases(name).length(scan.texts, behind + 1) for name in ("met_day", "weekdays", "relative_days"))
    return scan.written(behind, behind + 1)[:1].isupper() and (day or scan.ends_at(behind + 1))


def _end(scan: Tokens, start: int, at: int, words: Words, ends: str) -> int:
    """Behind the verb or noun that ends it, 0 for none."""
    afterwards = 0
    while at < min(len(scan), start + _LONGEST) and not is_stop(scan.texts[at]):
        found = words.phrases(ends).length(scan.texts, at)
        if found:
            return at + found
        step = max(words.phrases(name).length(scan.texts, at) for name in _BETWEEN)
        after = words.phrases("met_after").length(scan.texts, at)
        if after:
            afterwards = _AFTERWARDS
        elif not step and (not afterwards or words.phrases("negation").length(scan.texts, at)):
            return 0
        else:
            afterwards = max(0, afterwards - 1)
        at += after or step or 1
    return 0


def is_told_with_length(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a verb that is alike in the past goes on with how long it was: "hablamos el jueves, unos 40 minutos"."""
    if not words.phrases("met_both").length(scan.texts, start):
        return False
    near = range(end, min(len(scan), end + _LONGEST))
    stop = next((at for at in near if scan.texts[at] in {".", "!", "?", "\n"}), near.stop)
    length = next((found for at in range(end, stop) if (found := length_at(scan, at, words))), None)
    planned = words.phrases("met_plans").anywhere(scan.texts[start:stop]) is not None
    if length is None or length.minutes is None or planned:
        return False
    about = words.phrases("about").length(scan.texts, length.start)
    return scan.texts[length.start - 1] == "," or about > 0 or _has_about_before(scan, length.start, words)


def _has_about_before(scan: Tokens, at: int, words: Words) -> bool:
    about = words.phrases("about")
    return any(about.length(scan.texts, at - back) == back for back in (1, 2, 3) if at >= back)
