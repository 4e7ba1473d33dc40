"""What an answer repeats of its question: the day that was asked for, the boxes of a form."""

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.frozen import replace
from coordinator.core.reading import Context
from coordinator.core.words import Words, languages, words_of


def less_of_question(scan: Tokens, asked: Tokens, context: Context) -> Tokens:
    """Without the day that the question names, where an answer begins with it: "Thu 12 works for me"."""
    if not any(text.isdecimal() for text in asked.texts):
        return scan
    hours = {str(int(text) - 12) for text in asked.texts if text.isdecimal() and 12 < int(text) < 24}
    own, days_of_week = (
        {*asked.texts, *hours},
        [words_of(context, name).phrases("weekdays") for name in languages(context)],
    )
    meant = {found[1] for week in days_of_week for at in range(len(asked)) if (found := week.at(asked.texts, at))}
    words = words_of(context)
    joins = [words.phrases(name) for name in ("day_joins", "at_time", "ordinal_signs", "pm", "oclock")]

    def step(at: int) -> int:
        counted = number_at(scan, at, words)
        is_own = scan.texts[at] in own or (counted is not None and counted.spelled and str(counted.value) in own)
        is_day = any((found := week.at(scan.texts, at)) and found[1] in meant for week in days_of_week)
        return 1 if is_own or is_day else max(join.length(scan.texts, at) for join in joins)

    at = 0
    while at < len(scan) - 1 and (taken := step(at)) and at + taken < len(scan):
        at += taken
    named = any(text.isdecimal() or any(week.at((text,), 0) for week in days_of_week) for text in scan.texts[:at])
    return Tokens(scan.raw, scan.items[at:], scan.texts[at:]) if named else scan


def with_days(asked: Tokens, context: Context, words: Words) -> Tokens:
    """The question with its days of the week in the writer's words, too: "Thu" of an English letter as "donnerstag"."""
    if not any(text.isdecimal() for text in asked.texts):
        return asked
    printed = (words_of(context, language).phrases("weekdays") for language in (context.language, "en"))
    meant = {found[1] for week in printed for at in range(len(asked)) if (found := week.at(asked.texts, at))}
    names = [name for day in sorted(meant) for name in tokens(words.name("weekdays", day)).items]
    end = len(asked.raw)
    items = (*asked.items, *(replace(name, start=end, end=end) for name in names))
    return Tokens(asked.raw, items, tuple(item.text for item in items)) if names else asked


def ticked(text: str) -> str:
    """Of a form with ticked and empty boxes, what stands after the ticked ones; any other text as it is."""
    marks = (
        text.translate({ord("☑"): "[x]", ord("☒"): "[x]", ord("☐"): "[ ]"}).replace("[X]", "[x]").replace("[]", "[ ]")
    )
    if "[ ]" not in marks or "[x]" not in marks:
        return text
    return ", ".join(part.split("[ ]")[0].strip() for part in marks.split("[x]")[1:])
