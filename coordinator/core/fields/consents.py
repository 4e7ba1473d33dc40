"""What makes less of a yes in its own sentence: a later day, a restriction, somebody's "no", a wish to stay."""

from coordinator.core.answers_clock import clocks
from coordinator.core.answers_numbers import number_at, numbers
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.fields.lengths import lengths
from coordinator.core.fields.reports import AROUND
from coordinator.core.fields.yes_no_signs import Sign, greeted
from coordinator.core.words import Words

_UNITS = ("day_units", "week_units", "month_units", "year_units")
_EXPLAINED = (
    *("please", "closing", "greeting", "lead", "turn", "together", "slot_fillers", "wish", "me_us"),
    *("yes", "yes_alone", "yes_whole", "consent_free", "consent_plain"),
    *("weekdays", "months", "day_joins", "at_time", "pm", "ordinal_signs", "numbers", "times", "oclock", "clock"),
)
"""What may stand behind a yes and leaves it one; days, hours and numbers are looked at by themselves."""
_AGREES = ("yes", "yes_alone", "yes_whole")
_UNDOES = (
    *("negation", "denial", "condition", "condition_time", "consent_less", "but", "either", "doubt", "maybe"),
    *("correction", "only_said", "limits", "preference", "hedges", "except_for", "later", "sooner", "next_week"),
    *("other_person", "refusal", "comes_not", "weekdays", "months", "relative_days", "stays", "no_inside"),
)
"""What takes something back where it stands in a remark behind a yes."""
_BEFORE_MONTH = ("day_joins", "at_time", "next_day", "until", "in_time", "last_of")


def is_narrowed(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether it goes on with a "without", an "only" or an "as", or says only that one would like to say yes."""
    free, less, said = (words.phrases(name) for name in ("consent_free", "consent_less", "only_said"))
    return any(
        (less.length(scan.texts, at) and not free.length(scan.texts, at)) or said.length(scan.texts, at)
        for at in range(start, end)
    )


def is_for_another(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a "suits" goes on with somebody else: "it suits Grace"."""
    said = scan.texts[start:end]
    if words.phrases("suits_whom").length(said, 0) < len(said) or scan.ends_at(end):
        return False
    around = ("me_us", "closing", "please", "lead", "turn", "together", "at_time", "day_joins")
    return not any(words.phrases(name).length(scan.texts, end) for name in around)


def is_later(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether it names a time that the question does not: "in a year", "tomorrow", "from September on"."""
    days = words.phrases("relative_days")
    return any(
        (_is_time(scan, at, words) or days.length(scan.texts, at)) and scan.texts[at] not in asked.texts
        for at in range(start, end)
    )


def _is_time(scan: Tokens, at: int, words: Words) -> bool:
    """A month behind an "in" or beside its day; a unit of time behind a "next", or behind "in" and a number."""
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
    """Whether it names another day of the week than the question, or another hour: "yes, Friday" of a Thursday."""
    week = words.phrases("weekdays")
    said = {found[1] for at in range(start, end) if (found := week.at(scan.texts, at))}
    meant = {found[1] for at in range(len(asked)) if (found := week.at(asked.texts, at))}
    if said and meant and not said <= meant:
        return True
    hours = {clock.minute % 720 for clock in clocks(scan, words) if start <= clock.start < end}
    known = {clock.minute % 720 for clock in clocks(asked, words)}
    return bool(hours and known) and hours.isdisjoint(known)


def names_another(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a yes goes on with another number than asked, or with a length of time where none was asked."""
    known = {int(text) for text in asked.texts if text.isdecimal()}
    known |= {number - 12 for number in known if 12 < number < 24}
    if not known:
        return any(start <= length.start < end for length in lengths(scan, words))
    free = less_plain(scan.texts, start, end, words)
    said = {found.value for found in numbers(scan, words) if start <= found.start < end and free[found.start] != "·"}
    return bool(said) and said.isdisjoint(known)


def less_plain(texts: tuple[str, ...], start: int, end: int, words: Words) -> tuple[str, ...]:
    """With "·" for each word from start to end of a longer phrase that leaves a yes one: "gladly, nog een keer"."""
    plain, found, at = words.phrases("consent_plain"), list(texts), start
    while at < end:
        length = plain.length(texts, at)
        if length > 1:
            found[at : at + length] = ["·"] * length
        at += length or 1
    return tuple(found)


def is_gainsaid(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether the sentence holds a no, too: "yes (she says no)", "yes to her, no to him", "I agree to disagree"."""
    no, to = words.phrases("no_inside"), words.phrases("to_for")
    for at in range(max(start, 1), end):
        fresh = is_stop(scan.texts[at - 1])
        if no.length(scan.texts, at) and (to.length(scan.texts, at + 1) if fresh else scan.ends_at(at + 1)):
            return True
    return words.phrases("disagree").anywhere(scan.texts[start:end]) is not None


def is_quoted(scan: Tokens, start: int, end: int) -> bool:
    """Whether the yes stands in quotation marks and more follows: "Yes", as my son would say."""
    return scan.texts[start - 1 : start] == ('"',) and '"' in scan.texts[end : end + 2] and not scan.ends_at(end + 3)


def stays(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a yes to an end goes on with a wish to stay."""
    if words.phrases("end_asked").anywhere(asked.texts) is None:
        return False
    return words.phrases("stays").anywhere(scan.texts[start:end]) is not None


def is_another_wish(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a "gladly" says yes to something else: it tells of no conflict of interest."""
    if words.phrases("conflict_asked").anywhere(asked.texts) is None:
        return False
    return words.phrases("wish").anywhere(scan.texts[start:end]) is not None


def denies_a_bond(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a yes to a conflict of interest goes on as if there were none: "yes, no problem"."""
    if words.phrases("conflict_asked").anywhere(asked.texts) is None:
        return False
    return words.together(("no", "no_alone", "denial")).anywhere(scan.texts[start:end]) is not None


def is_disclosed(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether a yes tells of a conflict of interest and what it is: "yes, her sister teaches at my school"."""
    if words.phrases("conflict_asked").anywhere(asked.texts) is None:
        return False
    undoes = ("negation", "condition", "doubt", "maybe", "correction", "no_inside")
    said = scan.texts[start:end]
    return words.phrases("bonds").anywhere(said) is not None and words.together(undoes).anywhere(said) is None


def remark_behind(scan: Tokens, first: int, start: int, end: int, words: Words, asked: Tokens) -> int:
    """Where a harmless remark begins behind a yes that was said twice or with a verb; the end where none does.

    "Yes, Thursday suits me fine, I'm working from home that day", "that works, I'll move my dentist". first, start:
    of the yes and behind it. Of a question that would end something only the former.
    """
    suits = words.phrases("comes").anywhere(scan.texts[first:start]) is not None
    agreed = suits and words.phrases("end_asked").anywhere(asked.texts) is None
    for at in range(start, end):
        agreed = agreed or any(words.phrases(name).length(scan.texts, at) for name in _AGREES)
        if agreed and scan.texts[at] in {",", "-", "("}:
            return at if _is_harmless(scan.texts[at + 1 : end], words) else end
    return end


def agrees_before(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether what stands in front of a yes says the same: "sounds like a great match, yes please"."""
    return not says_more(scan, start, end, words, asked) and _is_harmless(scan.texts[start:end], words)


def _is_harmless(said: tuple[str, ...], words: Words) -> bool:
    numbered = "?" in said or any(text[0].isdecimal() for text in said)
    return not numbered and words.together(_UNDOES).anywhere(said) is None


def says_more(scan: Tokens, start: int, end: int, words: Words, asked: Tokens) -> bool:
    """Whether it goes on with a word that nothing explains: "yes, I know how to leave", "I agree with most of it".

    What is told of the other is an opinion: "absolutely, she was great in my class". What follows thanks is what for.
    """
    at, opinions, kind = start, words.phrases("opinion"), words.phrases("pleasantry")
    while at < end:
        text = scan.texts[at]
        if is_stop(scan.texts[at - 1]) and (opinions.length(scan.texts, at) or kind.length(scan.texts, at)):
            return False
        step = max(words.phrases(name).length(scan.texts, at) for name in _EXPLAINED)
        known = is_stop(text) or text[0].isdecimal() or text in asked.texts or _is_name_thanked(scan, at, words)
        if not step and not known:
            return True
        at += step or 1
    return False


def _is_name_thanked(scan: Tokens, at: int, words: Words) -> bool:
    """The name in "thanks Carol" and "sorry, Grace"."""
    before = at - 1 - (scan.texts[at - 1] == ",")
    polite = any(words.phrases(name).length((scan.texts[before],), 0) for name in ("please", "closing"))
    return polite and scan.raw[scan.items[at].start].isupper()


def less_than_consent(scan: Tokens, first: Sign, within: tuple[int, int], words: Words, asked: Tokens) -> str:
    """Why a yes to anything but whether two people met is less than one; within: its sentence."""
    start, end = within
    end = remark_behind(scan, first.start, first.end, end, words, asked)
    behind = (scan, first.end, end, words)
    if stays(*behind, asked) or denies_a_bond(*behind, asked):
        return "both"
    if is_disclosed(*behind, asked):
        return ""
    bound = (
        words.phrases("condition_time").anywhere(scan.texts[first.end : end]) is not None
        or not (is_filling(scan, start, first.start, words) or agrees_before(scan, start, first.start, words, asked))
        or is_narrowed(*behind)
        or is_for_another(scan, first.start, first.end, words)
        or is_later(*behind, asked)
        or is_another_day(*behind, asked)
        or names_another(scan, start, end, words, asked)
        or says_more(*behind, asked)
    )
    return "condition" if bound else ""


def is_filling(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether these words say nothing, such as a greeting with its name."""
    at = greeted(scan, words) if start == 0 else start
    while at < end:
        step = max(words.phrases(name).length(scan.texts, at) for name in (*AROUND, "pleasantry", "sighs"))
        if not step and not is_stop(scan.texts[at]):
            return False
        at += step or 1
    return True
