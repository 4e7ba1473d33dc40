"""The prose that is left, for the one open question, or for the one of several whose words it repeats."""

from collections.abc import Sequence

from coordinator.core.answers_one import LONGEST_CLOSED, Answers, answer
from coordinator.core.answers_order import takes_lines
from coordinator.core.answers_text import is_stop, tokens
from coordinator.core.fields.kind import unclear
from coordinator.core.prose.led import topics_of
from coordinator.core.prose.units import without
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Phrases, words_of

_SHORTEST_TEXT = 3
"""Words that must be left of prose before it is taken for the one open question."""
_COMMON, _TWICE = 4, 2


def free_text(spare: Sequence[str], left: Sequence[Question], context: Context, *, alone: bool) -> Answers:
    """The prose that is left, for the one open question, or for the one of several whose words it repeats."""
    asked = [question for question in left if question.field.kind == "text"]
    if not spare or not asked:
        return {}
    words = sum(not is_stop(text) for unit in spare for text in tokens(unit[:LONGEST_CLOSED]).texts)
    if len(asked) == 1 and asked[0].field.optional:
        spare = _from_what_speaks(spare, asked[0], context)
        if not spare:
            return {}
    if len(asked) == 1 and alone and words >= _SHORTEST_TEXT:
        whole = _as_written(spare, asked[0], context)
        found = answer(whole, asked[0], context)
        return {asked[0].number: found} if found else {}
    known = _by_own_words(spare, asked, context)
    if alone and not known and len(asked) > 1:
        known = _about_themselves(spare, asked, context)
    wanted = [question for question in without(left, known) if not question.field.optional]
    if alone and not known and len(wanted) == 1 and wanted[0] in asked:
        said = _as_written(spare, wanted[0], context)
        # The letter asks for this one and leaves the others to the person; a number in front may name another.
        found = None if said[:1].isdigit() or words < _SHORTEST_TEXT else answer(said, wanted[0], context)
        return {wanted[0].number: found or unclear(said, words_of(context), "which")}
    return known


def _about_themselves(spare: Sequence[str], asked: Sequence[Question], context: Context) -> Answers:
    """Sentences in which people tell of themselves, in several words for it, for the only question that wants that."""
    wanted = [question for question in asked if "about" in topics_of(question.field.ask, context)]
    if len(wanted) != 1:
        return {}
    words = words_of(context).phrases("topic_prose")
    told = [unit for unit in spare if _words_of_topic(tokens(unit).texts, words, "about") >= _TWICE]
    found = answer(" ".join(told), wanted[0], context) if told else None
    return {wanted[0].number: found} if found else {}


def _words_of_topic(texts: Sequence[str], words: Phrases, topic: str) -> int:
    return sum(found is not None and found[1] == topic for found in (words.at(texts, at) for at in range(len(texts))))


def _from_what_speaks(spare: Sequence[str], question: Question, context: Context) -> Sequence[str]:
    """The prose from the first sentence on that has to do with what is asked, where it is known what that is.

    "Happy to! I'm away until Monday" says nothing of what a mentor would like to get out of it.
    """
    topics = topics_of(question.field.ask, context)
    if not topics:
        return spare
    first = next((place for place, unit in enumerate(spare) if _speaks_of(unit, topics, question, context)), None)
    return spare[first:] if first is not None else ()


def _speaks_of(unit: str, topics: frozenset[str], question: Question, context: Context) -> bool:
    words, said = words_of(context), tokens(unit).texts
    tables = [words.phrases(name) for name in ("topics", "topic_verbs", "topic_prose")]
    found = (table.at(said, at) for table in tables for at in range(len(said)))
    return any(each and each[1] in topics for each in found) or near(unit, [question], context) is not None


def _as_written(spare: Sequence[str], question: Question, context: Context) -> str:
    """Sentences side by side, and lines below each other where the question asks for lines."""
    return ("\n" if takes_lines(question, context) else " ").join(spare)


def _by_own_words(spare: Sequence[str], asked: Sequence[Question], context: Context) -> Answers:
    """ "The role play helped" answers "What helped?", when no other open question has that word."""
    told: dict[int, list[str]] = {}
    for unit in spare:
        question = near(unit, asked, context)
        if question:
            told.setdefault(question.number, []).append(unit)
    by_number = {question.number: question for question in asked}
    return {n: found for n, texts in told.items() if (found := answer(" ".join(texts), by_number[n], context))}


def near(text: str, asked: Sequence[Question], context: Context) -> Question | None:
    """The only open question of which the text repeats a word of its own."""
    said = set(tokens(text).texts)
    found = [question for question in asked if said & _own_words(question, asked, context)]
    return found[0] if len(found) == 1 and len(tokens(text)) >= _SHORTEST_TEXT else None


def _own_words(question: Question, asked: Sequence[Question], context: Context) -> set[str]:
    """Longer words of a question that no other open question has; the "right" of "right now" says nothing."""
    words = {text for text in tokens(question.field.ask).texts if len(text) > _COMMON}
    for language in dict.fromkeys((context.language, context.spoken or "en", "en")):
        words -= set(words_of(context, language).data.get("common", ()))  # The "about" of "a few lines about you".
    words -= set(words_of(context).phrases("no_rest").first_words)
    words -= set(words_of(context).phrases("topic_fillers").first_words)  # Any sentence may speak of a "thing".
    for other in asked:
        if other is not question:
            words -= set(tokens(other.field.ask).texts)
    return words
