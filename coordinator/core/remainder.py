"""What of a reply went into no answer and no command: told apart from greetings, thanks and names."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from coordinator.core.answers import without_commands
from coordinator.core.answers_polite import is_pleasantry, politeness_removed
from coordinator.core.answers_text import LONGEST, Tokens, sentences, tokens, unwrapped
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

MOST = 200
"""Sentences that are looked at; what stands behind them counts as one."""


def left_over(
    text: str, answers: Mapping[int, Value | Unclear], context: Context, questions: Sequence[Question]
) -> tuple[str, ...]:
    """The sentences of the newly written text of which some word stands in the evidence of no answer."""
    said = unwrapped(politeness_removed(without_commands(text[:LONGEST], context, questions), context))
    scan, taken = tokens(said), _Taken(answers.values(), questions, context)
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

    def __init__(self, found: Iterable[Value | Unclear], questions: Sequence[Question], context: Context) -> None:
        labels = words_of(context).phrases("question_word").first_words
        self._words: set[str] = {"q", *labels}
        for question in questions:
            self._words.update(tokens(f"{question.field.ask} {question.field.name}").said)
        self._pairs: set[tuple[str, str]] = set()
        for answer in found:
            texts = [answer.evidence]
            if isinstance(answer, Value):
                texts += [answer.value] if isinstance(answer.value, str) else []
            for text in texts:
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
