"""What of a reply went into no answer and no command: told apart from greetings, thanks and names."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from coordinator.core.answers import without_commands
from coordinator.core.answers_polite import is_pleasantry, politeness_removed
from coordinator.core.answers_text import LONGEST, Tokens, sentences, tokens, unwrapped
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

MOST = 200
"""Sentences that are looked at; what stands behind them counts as one."""
LEAST_ASKED = 4
"""Fewer words with a question mark ask for nothing: such as “is that right?”."""


def left_over(
    text: str, answers: Mapping[int, Value | Unclear], context: Context, questions: Sequence[Question]
) -> tuple[str, ...]:
    """The sentences of the newly written text of which some word stands in the evidence of no answer."""
    said = unwrapped(politeness_removed(without_commands(text[:LONGEST], context, questions), context))
    scan, taken = tokens(said), _Taken(answers, questions, context)
    ranges = list(sentences(scan))
    if len(ranges) > MOST:
        ranges[MOST:] = [(ranges[MOST][0], len(scan))]
    written = ((scan.written(*each).strip(), each) for each in ranges)
    return tuple(
        sentence
        for sentence, (start, end) in written
        if taken.lacks(scan, start, end) and not is_pleasantry(sentence, context)
    )


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
        kinds = {question.number: question.field.kind for question in questions}
        for number, answer in found.items():
            for text in _explained(answer, kinds.get(number, "")):
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


def _explained(answer: Value | Unclear, kind: str) -> Iterator[str]:
    """The words that an answer accounts for.

    A yes or a number says nothing about a question of theirs that stands behind it on the same line; an open answer
    holds it, and what is unclear is asked again with it.
    """
    if isinstance(answer, Unclear):
        yield answer.evidence
    elif kind == "text" and isinstance(answer.value, str):
        yield from (answer.evidence, answer.value)
    else:
        yield from _told(answer.evidence)


def _told(evidence: str) -> Iterator[str]:
    """Its sentences but for questions of some words behind the first one."""
    scan = tokens(evidence)
    for place, (start, end) in enumerate(sentences(scan)):
        words = sum(text[0].isalpha() for text in scan.texts[start:end])
        if place == 0 or scan.texts[end - 1] != "?" or words < LEAST_ASKED:
            yield scan.written(start, end)
