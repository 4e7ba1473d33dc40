"""Lines that say themselves which question they answer: "1: yes", "2) 45", "lesson: …", "G2 stuck"."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordinator.core.answers_inline import INNER, Reads, is_word, split
from coordinator.core.answers_one import is_open, reads_at_all
from coordinator.core.answers_text import tokens
from coordinator.core.fields.text import is_nothing
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of

_NUMBER = re.compile(
    r"[ \t>*•·_-]{0,6}(?:\(|\[|#|[Qq](?=\d)|[Nn]o\.? ?|[Nn]r\.? ?)?(?P<number>\d{1,2})\ufe0f?(?P<keycap>\u20e3)?\ufe0f?"
    r"(?P<sign>[ \t]{0,3}(?:[:=)\]：）]|->|→|[.．](?!\d)|[-–—](?=[ \t])))?(?P<space>[*_]{0,2}[ \t]*)(?P<rest>.*)\Z",
    re.DOTALL,
)
LABEL = re.compile(r"^[ \t]*(?:\d{1,2}[ \t]*[.:)\-]|\d{1,2}[ \t]+\S|[Gg]\d)", re.MULTILINE)
"""The beginning of a line that names its question."""
STRONG_LABEL = re.compile(r"(?:^|[\s,;])(?:\d{1,2}[ \t]*[.:)](?!\d)|[Qq]\d|#\d)|^[ \t]*\d{1,2}[ \t]+\d", re.MULTILINE)
"""The same, where the number can hardly be an answer."""
_OPENING = 40
_OFFERS = frozenset({"slots", "choice", "choices"})
_LABELLED = frozenset({"smart"})
"""Facts whose answer is lines with labels of their own, which the question names: "by when: October"."""
_LONG_WORD = 4
"""Letters of a word by which a question is known again."""
MOST_LABELS = 100
"""Lines of a reply that may name a question; what comes later is a story."""
_DASHES = frozenset({"-", "–", "—"})
_TIMES = re.compile(r"[x×*] ?\d")
_SMILE = re.compile(r"-?[)(DP](?:\s|\Z)")
_NAME = re.compile(r"[ \t>*•·_-]{0,6}(?P<name>[^\n:=]{1,60}?)[ \t*_]{0,4}[:=](?P<rest>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block.

    text: what it says, without the label. number: the question that it names, None when it names none.
    blank_before: a paragraph begins.
    """

    text: str
    number: int | None = None
    blank_before: bool = False


def labelled(text: str, questions: Mapping[int, Question], context: Context, reads: Reads) -> tuple[Line, ...]:
    """The lines of a block with the questions that they name."""
    written = _written_lines(text, questions, reads)
    bare = _bare_labels([line for line, _ in written], questions, context, reads)
    lines = []
    for place, (line, blank) in enumerate(written):
        number, rest = _label(line, questions, context, bare.get(place)) if place < MOST_LABELS else (None, line)
        lines.append(Line(rest, number, blank))
    numbers = Counter(line.number for line in lines if line.number is not None)
    return tuple(
        Line(said, None, blank) if _is_answer_itself(line, said, numbers, questions, context, reads) else line
        for line, (said, blank) in zip(lines, written, strict=True)
    )


def _is_answer_itself(
    line: Line,
    written: str,
    numbers: Counter[int],
    questions: Mapping[int, Question],
    context: Context,
    reads: Reads,
) -> bool:
    """Whether "4.", "(4)" or "4. It was great" is a four rather than the name of question 4."""
    match = _NUMBER.match(written)
    if (
        line.number is None
        or not match
        or not match["sign"]
        or match["sign"].strip() not in {".", ")", "．", "）", "]"}
    ):
        return False
    if not line.text.strip():
        return numbers.total() == 1 or numbers[line.number] > 1
    question = questions[line.number]
    if any(char.isdecimal() for char in line.text):
        return False  # "1. I would say 4": a four could not be named twice.
    if question.field.kind in _OFFERS and reads_at_all(line.text, question, context):
        return False  # "1. Friday afternoons": it speaks of times, if not of those that were offered.
    if "@" in line.text and reads_at_all(line.text, question, context):
        return False  # "1. Lena Sommer, lena@example.com": no mark on a scale has an address.
    return numbers.total() == 1 and not is_open(question) and not reads(line.text, question)


def is_own_list(text: str, question: Question) -> bool:
    """Whether lines under an open question are a list of its own, numbered from 1."""
    if question.field.kind != "text":
        return False
    found = [_NUMBER.match(line) for line in text.splitlines() if line.strip()]
    numbers = [int(match["number"]) for match in found if match and match["sign"]]
    if len(found) == 1 and numbers == [1]:
        numbers = [int(match["number"]) for match in INNER.finditer(text)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _written_lines(text: str, questions: Mapping[int, Question], reads: Reads) -> list[tuple[str, bool]]:
    """Non-empty lines with whether a blank line stands before; several labels on one line are several lines."""
    lines: list[tuple[str, bool]] = []
    blank = False
    for line in text.splitlines():
        if not line.strip():
            blank = True
            continue
        parts = split(line, questions, reads) if len(lines) < MOST_LABELS else [line]
        for place, part in enumerate(parts):
            lines.append((part, blank and place == 0))
        blank = False
    return lines


def _bare_labels(
    lines: Sequence[str], questions: Mapping[int, Question], context: Context, reads: Reads
) -> dict[int, tuple[int, str]]:
    """Place of a line → (number, rest) for weak labels such as "1 yes", "2 - 45", "2:45".

    The rest must answer that question, and either begin with a letter or stand in a rising row of such lines.
    """
    found: dict[int, tuple[int, str]] = {}
    weak: dict[int, tuple[int, str]] = {}
    signed: set[int] = set()
    for place, line in enumerate(lines[:MOST_LABELS]):
        match = _NUMBER.match(line)
        if match and int(match["number"]) in questions and _is_weak(match) and not _goes_on(match, context):
            number, rest = int(match["number"]), match["rest"]
            weak[place] = (number, rest)
            if reads(rest, questions[number]):
                found[place] = (number, rest)
                signed.update((place,) if match["sign"] else ())
    numbers = [number for number, _ in found.values()]
    if len(found) >= 2 and all(a < b for a, b in pairwise(numbers)):
        return weak if _counts_up(weak, len(lines)) else found
    if _is_row(lines, found, questions):
        return {place: entry for place, entry in found.items() if not is_open(questions[entry[0]])}
    return {
        place: (number, rest)
        for place, (number, rest) in found.items()
        if is_word(rest)
        and (place in signed or not is_open(questions[number]) or is_nothing(rest, context))
        and not _is_whole(lines[place], questions, reads, number)
    }


def _goes_on(match: re.Match[str], context: Context) -> bool:
    """Whether the number is an answer itself: the first of several, "1 and 3", or a point of a scale, "4 out of 5"."""
    said = tokens(match["rest"][:_OPENING]).texts if match["space"] else ()
    tables = [words_of(context, name) for name in dict.fromkeys((context.spoken or context.language, "en"))]
    out_of = (words.phrases("out_of").length(said, 0) for words in tables)
    if any(length and length < len(said) and said[length].isdecimal() for length in out_of):
        return True
    joins = (words.phrases(name).length(said, 0) for words in tables for name in ("together", "either"))
    return any(0 < length < len(said) for length in joins)  # The "e" of "2 e" is a letter.


def _counts_up(weak: Mapping[int, tuple[int, str]], lines: int) -> bool:
    """Whether the numbers go up, by one or on every line, so that those count whose answers read badly."""
    steps = [after - before for (before, _), (after, _) in pairwise(weak.values())]
    rising = all(step == 1 for step in steps) or (len(weak) == lines and all(step > 0 for step in steps))
    return rising and all(is_word(rest) or rest.strip()[:1].isdecimal() for _, rest in weak.values())


def _is_row(lines: Sequence[str], found: Mapping[int, tuple[int, str]], questions: Mapping[int, Question]) -> bool:
    """Whether the weak labels rise among strong ones: "1: yes", "2:45"."""
    matches = ((place, _NUMBER.match(line)) for place, line in enumerate(lines[:MOST_LABELS]))
    strong = {place: int(m["number"]) for place, m in matches if m and m["sign"] and not _is_weak(m)}
    row = sorted({**strong, **{place: number for place, (number, _) in found.items()}}.items())
    numbers = [number for _, number in row if number in questions]
    return (
        bool(found) and len(row) > len(found) and len(numbers) == len(row) and all(a < b for a, b in pairwise(numbers))
    )


def _is_weak(match: re.Match[str]) -> bool:
    """Whether the number could be the answer itself: no sign behind it, a dash, or a colon in front of digits."""
    rest = match["rest"]
    if not rest.strip() or _TIMES.match(rest):
        return False
    digits = rest[:1].isdigit() and not match["space"]
    if match["sign"]:
        return digits or match["sign"].strip() in _DASHES
    return not digits or bool(match["keycap"])


def _is_whole(line: str, questions: Mapping[int, Question], reads: Reads, number: int) -> bool:
    """Whether the line with its number also answers another question: "1 hour"."""
    others = [question for n, question in questions.items() if n != number and not is_open(question)]
    return any(reads(line, question) for question in others)


def _label(
    line: str, questions: Mapping[int, Question], context: Context, bare: tuple[int, str] | None
) -> tuple[int | None, str]:
    if bare:
        return bare
    match = _NUMBER.match(line)
    strong = (
        match and match["sign"] and not _is_weak(match) and not (_SMILE.match(match["rest"]) and not match["space"])
    )
    if match and strong and int(match["number"]) in questions:
        return int(match["number"]), match["rest"]
    return _by_name(line, questions, context)


def _by_name(line: str, questions: Mapping[int, Question], context: Context) -> tuple[int | None, str]:
    """ "lesson: …", "Question 2: …", and the question's own words copied in front of the answer."""
    match = _NAME.match(line)
    if match:
        said = tokens(match["name"]).texts
        named = named_question(said, questions)
        if named is not None:
            return named, line if questions[named].field.fills in _LABELLED else match["rest"]
        number = _worded_number(said, context)
        if number in questions:
            return number, match["rest"]
    return after_question(line, questions)


def opens_with_name(line: str, questions: Mapping[int, Question]) -> bool:
    """Whether a line begins with a question's name, or with words of its own, and a colon."""
    match = _NAME.match(line)
    return match is not None and named_question(tokens(match["name"]).texts, questions) is not None


def named_question(said: Sequence[str], questions: Mapping[int, Question]) -> int | None:
    """The only question with that name, or with these words of its own: "what helped" of "What helped?"."""
    named = [n for n, question in questions.items() if said == tokens(question.field.name.replace("_", " ")).texts]
    if len(named) == 1:
        return named[0]
    options = (option for question in questions.values() for option in question.field.options)
    if (said and said[-1].isdecimal()) or any(said == tokens(option).texts for option in options):
        return None  # The hour of "first Tuesday 12:00"; an option is an answer itself.
    if any(f"`{' '.join(said)}:" in question.field.ask.casefold() for question in questions.values()):
        return None  # The question itself says that an answer may begin with these words: "`waive: ` and a name".
    asked = {n: set(tokens(question.field.ask).texts) for n, question in questions.items()}
    long_words = [word for word in said if len(word) >= _LONG_WORD]
    repeated = [n for n, words in asked.items() if long_words and words.issuperset(said)]
    own = any(sum(word in words for words in asked.values()) == 1 for word in long_words)
    return repeated[0] if len(repeated) == 1 and own else None


def _worded_number(said: tuple[str, ...], context: Context) -> int:
    """2 of "Question 2", "Frage 2", "answer 2"."""
    for language in languages(context):
        length = words_of(context, language).phrases("question_word").length(said, 0)
        if length and len(said) == length + 1 and said[length].isdecimal() and len(said[length]) <= 2:
            return int(said[length])
    return 0


def after_question(line: str, questions: Mapping[int, Question]) -> tuple[int | None, str]:
    """The rest of a line that begins with the question as it was asked."""
    for number, question in questions.items():
        ask = " ".join(question.field.ask.split())
        at = line.find(ask) if len(ask) > 8 else -1
        if 0 <= at <= 8 and not any(char.isalpha() for char in line[:at]):
            return number, line[at + len(ask) :]
    return None, line
