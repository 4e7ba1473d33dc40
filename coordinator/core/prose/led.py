"""Sentences that begin with what a question asks: "What helped was her notes", "Eine Anregung für Ada: …"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coordinator.core.answers_one import Answers, answer, plain_answer
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.frozen import replace
from coordinator.core.prose.conflicts import is_on_conflict
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Phrases, Words, languages, words_of

_SHUT = frozenset({"yes_no", "duration", "scale", "number", "rating", "choice", "choices"})
_POINTS = frozenset({"scale", "rating"})
_TABLES = ("topics", "topic_verbs", "topic_frames")
_OF_THE_OTHER = "well"
"""What the other does well is told with a name in front: "sa ascoltare" may be what somebody learned."""
_LONGEST = 14
"""Tokens of such a beginning."""
_ENDS = re.compile(r"[.!?]\s")
_STARTS = frozenset({",", ";", "-", "(", "\n"})


@dataclass(frozen=True, slots=True)
class Asked:
    """topics: topic → number of the only open question that asks for it. names: words with a capital in these."""

    topics: dict[str, int]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an answer begins. question: its number. start: of the words in front; end: behind them; tokens.

    colon: a colon parts the two, so that all sentences of the line belong to it.
    """

    question: int
    start: int
    end: int
    colon: bool


def led_taken(text: str, left: Sequence[Question], context: Context) -> tuple[str, Answers]:
    """The text without the sentences that begin with what an open question asks, and these as its answers."""
    words = words_of(context)
    said = tokens(text).texts
    if all(words.phrases(name).anywhere(said) is None for name in _TABLES):
        return text, {}
    asked = _by_topic(left, context)
    if not asked.topics:
        return text, {}
    told: dict[int, list[tuple[str, str]]] = {}
    shut = [question for question in left if question.field.kind in _SHUT]

    hourly = any("hour" in topics_of(question.field.ask, context) for question in left)

    def is_another(sentence: str) -> bool:
        if hourly and words.phrases("weekdays").anywhere(tokens(sentence).texts) is not None:
            return any(char.isdigit() for char in sentence)
        return any(
            plain_answer(sentence, question, context) or is_on_conflict(sentence, [question], context)
            for question in shut
        ) or (any(question.field.kind in _POINTS for question in shut) and _gives_points(sentence, words))

    kept = [_less_led(line, asked, words, told, is_another) for line in text.split("\n")]
    by_number = {question.number: question for question in left}
    known: Answers = {}
    for number, parts in told.items():
        found = answer("\n".join(said for said, _ in parts), by_number[number], context)
        if found is not None:
            known[number] = replace(found, evidence=" ".join(" ".join(whole.split()) for _, whole in parts))
    return ("\n".join(line for line in kept if line is not None), known) if known else (text, {})


def _gives_points(sentence: str, words: Words) -> bool:
    """Whether a verb of judging and a number stand in it: "von 1 bis 5 gebe ich eine 4"."""
    texts = tokens(sentence).texts
    return words.phrases("scale_verbs").anywhere(texts) is not None and any(text.isdecimal() for text in texts)


def _less_led(
    line: str,
    asked: Asked,
    words: Words,
    told: dict[int, list[tuple[str, str]]],
    is_another: Callable[[str], bool],
) -> str | None:
    """What is left of a line, None for nothing; what is led goes to `told` as (answer, whole sentence)."""
    scan = tokens(line)
    found = list(_leads(scan, asked, words, is_another))
    if not found:
        return line
    left, at = [], 0
    for lead, end in found:
        left.append(scan.written(at, lead.start).strip(" ,;-–"))
        said = scan.written(lead.end, end).strip(" ,;-–")
        is_one = not lead.colon or (lead.question != asked.topics.get("about") and not _ENDS.search(said))
        told.setdefault(lead.question, []).append(
            (said.removesuffix(".") if is_one else said, scan.written(lead.start, end))
        )
        at = end
    left.append(scan.written(at, len(scan)).strip())
    return "\n".join(part for part in left if part) or None


def _leads(scan: Tokens, asked: Asked, words: Words, is_another: Callable[[str], bool]) -> Iterator[tuple[Lead, int]]:
    """Each with the end of its answer: the next one, the end of its sentence, or behind a colon that of the line."""
    found: list[tuple[Lead, int]] = []
    for start, end in sentences(scan):
        before, count = found[-1] if found else (None, 0), len(found)
        starts = [start, *(i + 1 for i in range(start, end - 1) if scan.texts[i] in _STARTS)]
        for at in starts:
            if found and max(found[-1][0].end, found[-1][0].start + 1) > at:
                continue
            lead = lead_at(scan, at, end, asked, words)
            if lead is not None and _says_something(scan, lead.end, end, words):
                found.append((lead, end))
        lead, reached = before
        if (
            lead
            and lead.colon
            and count == len(found)
            and reached == start
            and not is_another(scan.written(start, end))
        ):
            found[-1] = (lead, end)
    limits = [*(lead.start for lead, _ in found[1:]), len(scan)]
    for (lead, end), limit in zip(found, limits, strict=False):
        yield lead, min(_less_another(scan, lead, end, is_another), limit)


def _less_another(scan: Tokens, lead: Lead, end: int, is_another: Callable[[str], bool]) -> int:
    """Before a clause that answers another question: "Ada listens well, score 4, nothing else"."""
    if lead.colon:
        return end
    ends = [*(at for at in range(lead.end, end) if scan.texts[at] == ","), end]
    return next((at for at, next_ in pairwise(ends) if is_another(scan.written(at + 1, next_))), end)


def _says_something(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether an answer stands there, and no "hard to say"."""
    unsure = words.phrases("maybe").length(scan.texts, start)
    return any(not is_stop(text) for text in scan.texts[start:end]) and not (unsure and scan.ends_at(start + unsure))


def lead_at(scan: Tokens, start: int, end: int, asked: Asked, words: Words) -> Lead | None:
    """The words from here that repeat what one question asks and go on with an "is" or a colon.

    Of a sentence with a verb for it ("me cuesta encontrar tiempo") none is in front of the answer.
    """
    topics, fillers, copulas = (words.phrases(name) for name in ("topics", "topic_fillers", "copulas"))
    frame = _frame_at(scan, start, end, asked, words)
    if frame:
        return frame
    subject = next((i for i in range(start, end) if scan.texts[i] not in asked.names), start)
    verb = words.phrases("topic_verbs").at(scan.texts, subject)
    if verb and verb[1] in asked.topics and (subject > start or verb[1] != _OF_THE_OTHER):
        return Lead(asked.topics[verb[1]], start, start, colon=False)
    at, number = start + words.phrases("together").length(scan.texts, start), 0
    while at < min(end, start + _LONGEST):
        topic = topics.at(scan.texts, at)
        copula = copulas.length(scan.texts, at)
        if number and scan.texts[at] == ":":
            return Lead(number, start, at + 1, colon=True)
        if number and copula:
            return Lead(number, start, _behind(scan, at + copula, words), colon=False)
        if topic and topic[1] in asked.topics:
            if number not in {0, asked.topics[topic[1]]}:
                return None
            number, at = asked.topics[topic[1]], at + topic[0]
            continue
        step = fillers.length(scan.texts, at) or copula or scan.texts[at] in asked.names
        step = step or (number > 0 and scan.texts[at] == ",")
        if not step:
            return None
        at += step
    return None


def _frame_at(scan: Tokens, start: int, end: int, asked: Asked, words: Words) -> Lead | None:
    """A beginning that says again what was asked and is no part of the answer: "I speak French", "ich spreche …"."""
    mostly = words.phrases("frame_mostly")
    at = start + words.phrases("together").length(scan.texts, start)
    at += words.phrases("frame_before").length(scan.texts, at)
    frame = words.phrases("topic_frames").at(scan.texts, at + (scan.texts[at : at + 1] == (",",)))
    if not frame or frame[1] not in asked.topics:
        return None
    at += (scan.texts[at] == ",") + frame[0]
    while at < end and (step := mostly.length(scan.texts, at) or int(scan.texts[at] in asked.names)):
        at += step
    told = at < end and not words.phrases("frame_stops").length(scan.texts, at)
    told = told and not (frame[1] == "place" and _is_day(scan, at, words))
    return Lead(asked.topics[frame[1]], start, at, colon=False) if told and not is_stop(scan.texts[at]) else None


def _is_day(scan: Tokens, at: int, words: Words) -> bool:
    """Whether a day or an hour follows, and no place: "we meet on Friday"."""
    while step := max(words.phrases(name).length(scan.texts, at) for name in ("day_joins", "at_time")):
        at += step
    timed = any(words.phrases(name).length(scan.texts, at) for name in ("weekdays", "relative_days", "months"))
    return timed or (scan.texts[at : at + 1] > ("",) and scan.texts[at][0].isdecimal())


def _behind(scan: Tokens, at: int, words: Words) -> int:
    """Behind the "right now" of "hard is right now the exam", and the "war" of "was geholfen hat, war"."""
    while at < len(scan):
        comma = scan.texts[at] == ","
        step = words.phrases("copulas").length(scan.texts, at + comma)
        step = step + comma if step else words.phrases("right_now").length(scan.texts, at)
        if not step:
            break
        at += step
    return at


def _by_topic(left: Sequence[Question], context: Context) -> Asked:
    asked = [question for question in left if question.field.kind == "text"]
    named = [(topic, q.number) for q in asked for topic in topics_of(q.field.ask, context)]
    once = [topic for topic, _ in named]
    elisions = words_of(context).data.get("elisions", ())
    capitals = (word.strip("?.,:;") for q in asked for word in q.field.ask.split()[1:] if word[:1].isupper())
    return Asked(
        {topic: number for topic, number in named if once.count(topic) == 1},
        frozenset(head + text for word in capitals for text in tokens(word).texts for head in ("", *elisions)),
    )


def topics_of(ask: str, context: Context) -> frozenset[str]:
    """What a question asks for, in whatever language it is printed."""
    return asked_in(ask, "topics_asked", context)


def asked_in(ask: str, table: str, context: Context) -> frozenset[str]:
    """The keys of a table that a question names, in whatever language it is printed."""
    return _topics(ask, tuple(words_of(context, language).phrases(table) for language in languages(context)))


@lru_cache(maxsize=256)
def _topics(ask: str, tables: tuple[Phrases, ...]) -> frozenset[str]:
    texts = tokens(ask).texts
    found = (table.at(texts, at) for table in tables for at in range(len(texts)))
    return frozenset(str(each[1]) for each in found if each)
