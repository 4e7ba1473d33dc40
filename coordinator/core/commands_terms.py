"""What a pair agrees on (length, cadence, rhythm, place, methods), corrections, visibility, and a plain "ok"."""

from collections.abc import Sequence

from coordinator.core.answers_clock import clocks
from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.fields import KINDS
from coordinator.core.fields.reports import asks_for_meeting, asks_for_touch
from coordinator.core.program import Field
from coordinator.core.reading import Command, Context, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, languages_in, words_of

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NTH = ("1st", "2nd", "3rd", "4th")


def correction(scan: Tokens, words: Words, _: Context, __: Sequence[Question]) -> Command | None:
    """ "fix 2: 45 min"; args: number, text."""
    length = words.phrases("fix").length(scan.texts, 0)
    if (
        not length
        or not scan.texts[length : length + 1]
        or not scan.texts[length].isdecimal()
        or len(scan.texts[length]) > 2
    ):
        return None
    at = length + 1
    while at < len(scan) and scan.texts[at] in {":", "-", "=", ")", ">", "."}:
        at += 1
    to = words.phrases("change_to").length(scan.texts, at)
    text = scan.written(at + to, len(scan))
    return Command(name="fix", words="", args={"number": int(scan.texts[length]), "text": text}) if text else None


def visibility(scan: Tokens, words: Words, _: Context, questions: Sequence[Question]) -> Command | None:
    """ "2 private", "keep 2 private"; args: number, visibility."""
    keep = words.phrases("keep").length(scan.texts, 0)
    if not scan.texts[keep : keep + 1] or not scan.texts[keep].isdecimal() or len(scan.texts[keep]) > 2:
        return None
    at = keep + 1 + (scan.texts[keep + 1 : keep + 2] in {(":",), ("-",), ("=",)})
    found = words.phrases("visibilities").at(scan.texts, at)
    if not found or any(not is_stop(text) for text in scan.texts[at + found[0] :]):
        return None
    number = int(scan.texts[keep])
    if found[1] == "program" and any(question.number == number and _has_choices(question) for question in questions):
        return None
    return Command(name="visibility", words="", args={"number": number, "visibility": found[1]})


def _has_choices(question: Question) -> bool:
    """Whether "all" is an answer to it."""
    return bool(question.field.options or question.slots)


def agreed(scan: Tokens, words: Words, context: Context, questions: Sequence[Question]) -> Command | None:
    """A plain "ok" or "not agreed", left to a question of this letter that asks for yes or no.

    The words that sign an agreement are no answer to whether the two met.
    """
    said = scan.signed
    while len(said) > 1 and words.phrases("please").length(said, len(said) - 1) == 1:
        said = said[:-1]
    if "?" in scan.texts or not said:
        return None
    if said in words.phrases("connected"):
        return Command(name="connected", words="")
    shut = [question for question in questions if question.field.kind == "yes_no"]
    if shut and not (said in words.phrases("signs") and all(_is_beside(question, context) for question in shut)):
        return None
    names = [name for name in ("agree", "disagree") if said in words.phrases(name)]
    return Command(name=names[0], words="") if len(names) == 1 else None


def _is_beside(question: Question, context: Context) -> bool:
    """Whether "agreed" says nothing to this question but that the agreement is signed."""
    is_met = asks_for_meeting(question, context) or asks_for_touch(question, context)
    return is_met or question.field.fills == "signed"


def terms(scan: Tokens, words: Words, context: Context, _: Sequence[Question]) -> Command | None:
    """One of the terms that a pair may set, behind its name and a colon; cadence and rhythm also alone."""
    label, rest = _label(scan)
    if label in words.phrases("length"):
        return _length(rest, context)
    if label in words.phrases("place") and rest:
        return Command(name="place", words="", args={"place": rest})
    if label in words.phrases("methods") and rest:
        return Command(name="methods", words="", args={"methods": methods_of(rest, context)})
    body = tokens(rest) if label and (label in words.phrases("cadence") or label in words.phrases("rhythm")) else scan
    every, rhythm = _every(body, words), _rhythm(body, words)
    if every:
        return Command(name="every", words="", args={"every": every})
    return Command(name="rhythm", words="", args={"rhythm": rhythm}) if rhythm else None


def _length(rest: str, context: Context) -> Command | None:
    """A length that cannot be read is told back: "length: 0 minutes" is no kind word."""
    found = KINDS["duration"].read(rest, _question("duration"), context)
    if isinstance(found, Value) and not rest.startswith("-"):
        return Command(name="minutes", words="", args={"minutes": found.value})
    return Command(name="clause", words="", args={"clause": "minutes", "value": rest}) if rest else None


def every_of(text: str, context: Context) -> str | None:
    """ "2 weeks" of "every other week"; None when it is no interval."""
    scan = tokens(text)
    return next((found for name in languages(context) if (found := _every(scan, words_of(context, name)))), None)


def methods_of(text: str, context: Context) -> list[str]:
    """Ways to communicate by their names in the tables ("phone", "email" …); an unknown one as it was written."""
    parts = [
        part.strip(" .!")
        for part in text.replace(";", ",").replace("/", ",").replace("&", ",").replace("+", ",").split(",")
    ]
    named: list[str] = []
    for part in parts:
        for method in _methods_in(part, context):
            if method and method not in named:
                named.append(method)
    return named


def _methods_in(part: str, context: Context) -> list[str]:
    scan = tokens(part)
    for language in languages_in(scan, context):
        words = words_of(context, language)
        found, rest, at = [], 0, 0
        while at < len(scan):
            known = words.phrases("known_methods").at(scan.texts, at)
            step = (
                known[0]
                if known
                else max(words.phrases(n).length(scan.texts, at) for n in ("together", "slot_fillers", "either"))
            )
            found += [str(known[1])] if known else []
            rest += not step
            at += step or 1
        if found and not rest:
            return found
    return [part]


def _label(scan: Tokens) -> tuple[tuple[str, ...], str]:
    if ":" not in scan.texts[1:6]:
        return (), ""
    place = scan.texts.index(":", 1)
    return scan.texts[:place], scan.written(place + 1, len(scan))


def _question(kind: str) -> Question:
    return Question(number=0, pairing="", prompt="", key="", field=Field(name=kind, kind=kind, ask=""))


def _every(scan: Tokens, words: Words) -> str | None:
    """ "2 weeks" or "1 month", when the whole text is an interval."""
    said = scan.said
    for name, value in (("weekly", "1 week"), ("fortnightly", "2 weeks"), ("monthly", "1 month")):
        if said in words.phrases(name):
            return value
    other = words.phrases("every_other").length(said, 0)
    lead = other or words.phrases("every").length(said, 0)
    if not lead:
        return None
    bare = tokens(" ".join(said))
    number = number_at(bare, lead, words)
    count, at = (number.value, number.end) if number else (2 if other else 1, lead)
    at += words.phrases("articles").length(bare.texts, at)
    for name, unit in (("week_units", "week"), ("month_units", "month")):
        length = words.phrases(name).length(bare.texts, at)
        if length and at + length == len(bare) and count in {1, 2, 3, 4, 6, 8}:
            return f"{int(count)} {unit}{'s' if count != 1 else ''}"
    return None


def _rhythm(scan: Tokens, words: Words) -> str | None:
    """ "1st tuesday 12:00", when the whole text is an ordinal, a weekday and a clock time."""
    at = 0
    while at < len(scan) and words.phrases("rhythm_fillers").length(scan.texts, at):
        at += words.phrases("rhythm_fillers").length(scan.texts, at)
    nth = words.phrases("ordinals").at(scan.texts, at)
    final = words.phrases("last_of").length(scan.texts, at)
    if not (nth and nth[1] < len(_NTH)) and not final:
        return None
    start = at + (nth[0] if nth else final)
    named = words.phrases("weekdays").at(scan.texts, start)
    if not named:
        return None
    end = start + named[0]
    times = tuple(clocks(scan, words, frozenset(range(end))))
    if len(times) != 1 or not times[0].sure or not _is_filling(scan, end, times[0].start, times[0].end, words):
        return None
    hour, minute = divmod(times[0].minute, 60)
    return f"{_NTH[nth[1]] if nth else 'last'} {_DAYS[named[1]]} {hour:02d}:{minute:02d}"


def _is_filling(scan: Tokens, start: int, clock: int, after: int, words: Words) -> bool:
    at = start
    while at < len(scan):
        if clock <= at < after:
            at = after
            continue
        step = max(words.phrases(name).length(scan.texts, at) for name in ("rhythm_fillers", "please", "closing"))
        if not step and not is_stop(scan.texts[at]):
            return False
        at += step or 1
    return True
