"""What prose says of goals by their names, taken out of it."""

from collections.abc import Iterator, Sequence

from coordinator.core.answers_one import Answers, answer
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.goal_topics import term_marks, told_by_topic, topic_marks
from coordinator.core.fields.goals import marks
from coordinator.core.fields.kind import unclear, value
from coordinator.core.frozen import replace
from coordinator.core.prose.goal_clauses import tells_state, told_alone
from coordinator.core.prose.open import near
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of


def goals_taken(text: str, left: Sequence[Question], context: Context) -> tuple[str, Answers]:
    """The text without what it says of goals by their names, and that as an answer."""
    named = {mark.number for mark in marks(tokens(text), words_of(context))}
    if not named:
        return _by_topic(text, left, context, named)
    asked = [q for q in left if q.field.kind == "goals" and named and named <= {number for number, _ in q.goals}]
    if len(asked) != 1:
        return text, {q.number: unclear(text, words_of(context), "which") for q in asked}
    ranges = tuple(_goal_ranges(text, left, context))
    found = answer("\n".join(text[start:end] for start, end in ranges), asked[0], context)
    edges = [0, *(edge for each in ranges for edge in each), len(text)]
    parts = [text[a:b].strip(" ,;-–") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    rest = "\n".join(part for part in parts if part)
    if not isinstance(found, Value):
        return rest, {asked[0].number: found} if found else {}
    rest, others = _by_topic(rest, asked, context, named)
    more = others.get(asked[0].number)
    return rest, {asked[0].number: _both(found, more) if isinstance(more, Value) else found}


def _both(one: Value, other: Value) -> Value:
    return replace(
        one, value={**one.value, **other.value}, evidence=f"{one.evidence} {other.evidence}", sure=other.sure
    )


def _by_topic(text: str, left: Sequence[Question], context: Context, named: set[int]) -> tuple[str, Answers]:
    """The same of goals that are named by their own words, where each has its points. named: those known already."""
    asked = [question for question in left if question.field.kind == "goals" and len(question.goals) > 1]
    if len(asked) != 1:
        return text, {}
    scan, words = tokens(text), words_of(context)
    found = tuple(topic_marks(scan, asked[0].goals, words))
    told = told_by_topic(scan, found, words) if found else {}
    wanted = [number for number, _ in asked[0].goals if number not in named]
    if not named and sorted(mark.number for mark in told) != wanted:
        told = told_by_topic(scan, term_marks(scan, asked[0].goals, words), words)
    if not wanted or sorted(mark.number for mark in told) != wanted:
        return _alone(text, asked[0], wanted, context)
    kept: list[str] = []
    said: list[str] = []
    for start, end in sentences(scan):
        first = min((mark.start for mark in told if start <= mark.start < end), default=end)
        begin = _behind_comma(scan, start, first) if first < end else end
        kept.append(scan.written(start, begin).strip(" ,;-–") if first < end else scan.written(start, end))
        said += [scan.written(begin, end)] if first < end else []
    values = {str(mark.number): report.value for mark, report in told.items()}
    return "\n".join(part for part in kept if part), {asked[0].number: value(values, " ".join(said), 0.9)}


def _alone(text: str, asked: Question, wanted: Sequence[int], context: Context) -> tuple[str, Answers]:
    rest, told, said = told_alone(text, asked.goals, context)
    if not told or not set(told) <= set(wanted):
        return text, {}
    return rest, {asked.number: value({str(number): report.value for number, report in told.items()}, said, 0.9)}


def _goal_ranges(text: str, left: Sequence[Question], context: Context) -> Iterator[tuple[int, int]]:
    """Of each sentence that names a goal, from the first name to its end, less a remark that answers something else."""
    scan = tokens(text)
    places = [mark.start for mark in marks(scan, words_of(context))]
    asked = [question for question in left if question.field.kind == "text"]
    ranges = tuple(sentences(scan))
    for place, (start, end) in enumerate(ranges):
        inside = [place for place in places if start <= place < end]
        if not inside:
            continue
        commas = [i for i in range(inside[-1], end) if scan.texts[i] == ","]
        stop = next((i for i in commas if near(scan.written(i + 1, end), asked, context)), end)
        if scan.texts[stop - 1] == "?" and place + 1 < len(ranges) and _is_one_word(scan, *ranges[place + 1]):
            stop = ranges[place + 1][1]  # "G2 done? No."
        yield scan.items[_clause_start(scan, inside[0], context)].start, scan.items[stop - 1].end


def _behind_comma(scan: Tokens, start: int, place: int) -> int:
    """Where the clause begins in which a goal is named: "we met for 1h15, meetings 7, exam 5"."""
    while place > start and not is_stop(scan.texts[place - 1]):
        place -= 1
    return place


def _is_one_word(scan: Tokens, start: int, end: int) -> bool:
    return sum(not is_stop(text) for text in scan.texts[start:end]) == 1


def _clause_start(scan: Tokens, place: int, context: Context) -> int:
    """Where the clause begins in which a goal is named, if it denies or tells a state: "still stuck on G2"."""
    start = place
    while start > 0 and (not is_stop(scan.texts[start - 1]) or scan.texts[start - 1] == ":"):
        start -= 1
    words = words_of(context)
    denied = words.phrases("denial").anywhere(scan.texts[start:place]) is not None
    return start if denied or tells_state(scan, start, place, words) else place
