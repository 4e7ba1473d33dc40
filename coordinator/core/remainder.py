"""What of a reply went into no answer and no command: told apart from greetings, thanks and names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from coordinator.core.answers import without_commands
from coordinator.core.answers_polite import is_kind_word, is_pleasantry, politeness_removed
from coordinator.core.answers_text import LONGEST, Tokens, sentences, tokens, unwrapped
from coordinator.core.fields import KINDS
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

MOST = 200
"""Sentences that are looked at; what stands behind them counts as one."""
LEAST_ASKED = 4
"""Fewer words with a question mark ask for nothing: such as “is that right?”."""
_LEAST_TOLD = 3
"""Fewer words beside a yes or a number tell nothing."""
_LONGEST_TOLD = 400
"""Characters of an answer in which remarks are looked for."""
_SHUT = frozenset({"yes_no", "scale", "number", "rating", "duration", "date"})
"""Kinds of answer that keep no word of what stands beside them."""
_NUMBER = re.compile(r"\A\d{1,3}\.\s+(?=\S)")
"""The number of a line of a list: the question's, and no word of theirs."""
_CLAUSE = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[.!?](?=\s|\Z)|[;()\n]|\s[-–—](?=\s)")


def left_over(
    text: str, answers: Mapping[int, Value | Unclear], context: Context, questions: Sequence[Question]
) -> tuple[str, ...]:
    """The sentences of the newly written text of which some word stands in the evidence of no answer."""
    said = unwrapped(politeness_removed(without_commands(text[:LONGEST], context, questions), context))
    scan, taken = tokens(said), _Taken(answers, questions, context)
    ranges = list(sentences(scan))
    if len(ranges) > MOST:
        ranges[MOST:] = [(ranges[MOST][0], len(scan))]
    written = ((_NUMBER.sub("", scan.written(*each).strip()), each) for each in ranges)
    return tuple(
        sentence
        for sentence, (start, end) in written
        if taken.lacks(scan, start, end) and not is_pleasantry(sentence, context)
    )


def asks_for_something(sentence: str, context: Context) -> bool:
    """Whether somebody is to answer or to act: a question, or a "please" that is not the one of "yes, please"."""
    scan = tokens(sentence)
    return "?" in scan.texts or any(_begs(scan, words_of(context, language)) for language in languages(context))


def _begs(scan: Tokens, words: Words) -> bool:
    agrees = words.phrases("yes"), words.phrases("no")
    opening = max(list_.length(scan.texts, 0) for list_ in agrees)
    begs = words.phrases("begs")
    at = next((i for i in range(len(scan)) if begs.length(scan.texts, i)), None)
    if at is None or at < opening:
        return False
    return not (at and any(list_.length(scan.texts, at - 1) for list_ in agrees))


class _Taken:
    """The words of all evidence: alone, and each with the one behind it.

    Those of the questions themselves name what is answered.
    """

    def __init__(self, found: Mapping[int, Value | Unclear], questions: Sequence[Question], context: Context) -> None:
        labels = words_of(context).phrases("question_word").first_words
        self._words: set[str] = {"q", *labels}
        for question in questions:
            self._words.update(tokens(f"{question.field.ask} {question.field.name}").said)
        self._pairs: set[tuple[str, str]] = set()
        asked = {question.number: question for question in questions}
        for number, answer in found.items():
            for text in _explained(answer, asked.get(number), context):
                said = tokens(text).said
                self._words.update(said)
                self._pairs.update(pairwise(said))

    def lacks(self, scan: Tokens, start: int, end: int) -> bool:
        """Whether a word of this sentence is in no evidence; numbers may be those of questions."""
        said = [text for text in tokens(scan.written(start, end)).said if text[0].isalpha()]
        if not said:
            return False
        if len(said) == 1:
            return said[0] not in self._words
        for at, word in enumerate(said):
            before = at > 0 and (said[at - 1], word) in self._pairs
            behind = at + 1 < len(said) and (word, said[at + 1]) in self._pairs
            if not (before or behind) and word not in self._words:
                return True
        return False


def _explained(answer: Value | Unclear, question: Question | None, context: Context) -> Iterator[str]:
    """The words that an answer accounts for.

    A yes or a number says nothing about a question of theirs that stands behind it on the same line, nor about what is
    remarked beside it; an open answer holds them, and what is unclear is asked again with them.
    """
    kind = question.field.kind if question else ""
    if isinstance(answer, Unclear):
        yield answer.evidence
    elif kind == "text" and isinstance(answer.value, str):
        yield from (answer.evidence, answer.value)
    elif question and kind in _SHUT and len(answer.evidence) <= _LONGEST_TOLD:
        yield from _less_remarks(answer, question, context)
    else:
        yield from _told(answer.evidence)


def _less_remarks(answer: Value, question: Question, context: Context) -> Iterator[str]:
    """Its clauses but for those without which the same is said: "yes, but she seemed tired"."""
    clauses = [clause.strip() for clause in _clauses(answer.evidence, context)]
    yield from (clause for clause in clauses if not _is_remark(clause, answer, question, context))


def _clauses(text: str, context: Context) -> Iterator[str]:
    """Parts between stops, and from a "but" on."""
    scan = tokens(text)
    but = words_of(context).phrases("but")
    turns = {scan.items[at].start for at in range(1, len(scan)) if but.length(scan.texts, at)}
    places = sorted({0, len(text), *turns, *(found.end() for found in _CLAUSE.finditer(text))})
    return (text[start:end] for start, end in pairwise(places))


def _is_remark(clause: str, answer: Value, question: Question, context: Context) -> bool:
    words = sum(text[0].isalpha() for text in tokens(clause).texts)
    if words < _LEAST_TOLD or is_pleasantry(clause, context) or is_kind_word(clause, context):
        return False
    says, less = (_read(text, question, context) for text in (clause, answer.evidence.replace(clause, " ", 1)))
    return bool(says != answer.value and less == answer.value)


def _read(text: str, question: Question, context: Context) -> object:
    """The value of a text that answers this question alone, None where it has none."""
    found = KINDS[question.field.kind].read(text.strip(), question, context) if text.strip() else None
    return found.value if isinstance(found, Value) else None


def _told(evidence: str) -> Iterator[str]:
    """Its sentences but for questions of some words behind the first one."""
    scan = tokens(evidence)
    for place, (start, end) in enumerate(sentences(scan)):
        words = sum(text[0].isalpha() for text in scan.texts[start:end])
        if place == 0 or scan.texts[end - 1] != "?" or words < LEAST_ASKED:
            yield scan.written(start, end)
