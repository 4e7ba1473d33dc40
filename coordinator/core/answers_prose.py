"""Words that name no question: told apart by their order, by their kind, and as prose that answers several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from coordinator.core.answers_beside import less_of_no_meeting
from coordinator.core.answers_one import LONGEST_CLOSED, answer, plain_answer, reads_at_all
from coordinator.core.answers_order import casts_doubt, in_order, letters_together, takes_lines, turns
from coordinator.core.answers_polite import is_pleasantry, politeness_removed
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields import KINDS
from coordinator.core.fields.goals import marks
from coordinator.core.fields.kind import unclear
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

SHORTEST_TEXT = 3
"""Words that must be left of prose before it is taken for the one open question."""
_MOST_UNITS = 60
_LIKELY = 0.7
_WRAPPED = 55
"""Mail programs break longer lines."""
_COMMON = 4
_MARKED = re.compile(r"(?:^|\s)\(?[a-h]\)(?!\w)")
_OPTIONS = frozenset({"choice", "choices", "slots"})
_ONE_VALUE = _OPTIONS | {"yes_no"}
Answers = dict[int, Value | Unclear]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or one entry of a list on a line. listed: its neighbours are plain answers too."""

    text: str
    listed: bool = False


def read_rest(text: str, left: Sequence[Question], context: Context, *, alone: bool, total: int) -> Answers:
    """Answers to the questions that are left. alone: no other word named a question. total: how many were asked."""
    text = _unwrapped(politeness_removed(text, context))
    if not text or not left:
        return {}
    if total == 1:
        found = answer(text, left[0], context)
        return {left[0].number: found} if found is not None else {}
    ordered = in_order(text[:LONGEST_CLOSED], left, context, alone=alone) if len(text) <= LONGEST_CLOSED else None
    return ordered if ordered is not None else _as_prose(text, left, context, alone=alone)


def _unwrapped(text: str) -> str:
    """A sentence that a mail program broke over two lines in one again."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and len(lines[-1]) >= _WRAPPED and lines[-1][-1] not in ".!?:;…" and line[:1].islower():
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _as_prose(text: str, left: Sequence[Question], context: Context, *, alone: bool) -> Answers:
    begin, story = text[:LONGEST_CLOSED], text[LONGEST_CLOSED:]
    begin, known = _goals_taken(begin, left, context)
    units = tuple(islice(_units(begin, _without(left, known), context), _MOST_UNITS))
    used: set[int] = set()
    known |= _by_kind(units, _without(left, known), context, used)
    known |= _told(units, left, known, context, used)
    known = less_of_no_meeting(_less_doubted(known, units, context), left, context)
    spare = tuple(
        unit for place, unit in enumerate(units) if place not in used and not is_pleasantry(unit.text, context)
    )
    if story:
        spare = (*spare, _Unit(story))
    spare = tuple(unit for unit in spare if not _may_be_chosen(unit, _without(left, known), context))
    alone = alone and not _is_waiting(left, known)
    return known | _free_text(spare, _without(left, known), context, alone=alone)


def _is_waiting(left: Sequence[Question], known: Answers) -> bool:
    """Whether nothing was read yet, and a question wants one value: prose may be about that one."""
    return not any(isinstance(found, Value) for found in known.values()) and any(
        question.field.kind in _ONE_VALUE and not question.field.optional
        and not isinstance(known.get(question.number), Value)
        for question in left
    )  # fmt: skip


def _may_be_chosen(unit: _Unit, left: Sequence[Question], context: Context) -> bool:
    """Whether words seem to answer another question: "email and, if needed, phone", "(b) for the next", "no to 4"."""
    marked = _MARKED.search(unit.text) is not None
    return any(
        marked or reads_at_all(unit.text, question, context) for question in left if question.field.kind in _ONE_VALUE
    )


def _without(left: Sequence[Question], known: Answers) -> list[Question]:
    return [question for question in left if question.number not in known]


def _goals_taken(text: str, left: Sequence[Question], context: Context) -> tuple[str, Answers]:
    """The text without what it says of goals by their names, and that as an answer."""
    named = {mark.number for mark in marks(tokens(text), words_of(context))}
    asked = [q for q in left if q.field.kind == "goals" and named and named <= {number for number, _ in q.goals}]
    if len(asked) != 1:
        return text, {q.number: unclear(text, words_of(context), "which") for q in asked}
    ranges = tuple(_goal_ranges(text, left, context))
    found = answer("\n".join(text[start:end] for start, end in ranges), asked[0], context)
    edges = [0, *(edge for each in ranges for edge in each), len(text)]
    rest = [text[a:b].strip(" ,;-–") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return "\n".join(part for part in rest if part), {asked[0].number: found} if found else {}


def _goal_ranges(text: str, left: Sequence[Question], context: Context) -> Iterator[tuple[int, int]]:
    """Of each sentence that names a goal, from the first name to its end, less a remark that answers something else."""
    scan = tokens(text)
    places = [mark.start for mark in marks(scan, words_of(context))]
    asked = [question for question in left if question.field.kind == "text"]
    for start, end in sentences(scan):
        inside = [place for place in places if start <= place < end]
        if not inside:
            continue
        commas = [i for i in range(inside[-1], end) if scan.texts[i] == ","]
        stop = next((i for i in commas if _near(scan.written(i + 1, end), asked)), end)
        yield scan.items[_clause_start(scan, inside[0], context)].start, scan.items[stop - 1].end


def _clause_start(scan: Tokens, place: int, context: Context) -> int:
    """Where the clause begins in which a goal is named, if it denies something: "I have not managed G1"."""
    start = place
    while start > 0 and not is_stop(scan.texts[start - 1]):
        start -= 1
    denied = words_of(context).phrases("denial").anywhere(scan.texts[start:place]) is not None
    return start if denied else place


def _units(text: str, left: Sequence[Question], context: Context) -> Iterator[_Unit]:
    scan = tokens(text)
    for start, end in sentences(scan):
        sentence = scan.written(start, end).strip()
        chunks = letters_together([c.strip() for c in re.split(r",|\||\s[-–—/]\s", sentence) if c.strip()])
        plain = (
            sum(any(plain_answer(chunk, q, context) for q in left) for chunk in chunks) if 1 < len(chunks) < 20 else 0
        )
        whole = any(plain_answer(sentence, q, context) for q in left)
        doubted = any(_is_unclear(sentence, question, context) for question in left)
        doubted = (
            doubted
            or any(casts_doubt(chunk, context) or turns(chunk, context) for chunk in chunks[1:])
            or _wavers(sentence, context)
        )
        if not doubted and (plain >= (3 if whole else 2) or (plain and plain >= len(chunks) - (not whole))):
            yield from (_Unit(chunk, listed=True) for chunk in chunks)
        elif sentence:
            yield _Unit(sentence)


def _is_unclear(sentence: str, question: Question, context: Context) -> bool:
    """Whether a sentence says neither yes nor no as a whole, whatever its parts say."""
    yes_no = question.field.kind == "yes_no"
    return yes_no and isinstance(KINDS["yes_no"].read(sentence, question, context), Unclear)


def _wavers(text: str, context: Context) -> bool:
    """Whether a sentence begins as those do that say neither yes nor no: "more or less, we …"."""
    scan = tokens(text)
    length = words_of(context).phrases("maybe").length(scan.texts, 0)
    return length > 0 and scan.ends_at(length)


def _less_doubted(known: Answers, units: Sequence[_Unit], context: Context) -> Answers:
    """Unclear where the next sentence takes an answer back, or the one before did not want to say."""
    changed = dict(known)
    for before, after in pairwise(unit.text for unit in units):
        doubtful, hedged = casts_doubt(after, context) or _wavers(after, context), _wavers(before, context)
        for number, found in known.items():
            if not isinstance(found, Value):
                continue
            told, yes_no = found.evidence.strip(), isinstance(found.value, bool)
            if (doubtful and told == before.strip()) or (hedged and yes_no and told == after.strip()):
                changed[number] = unclear(f"{before} {after}", words_of(context), "different")
    return changed


def _by_kind(units: Sequence[_Unit], left: Sequence[Question], context: Context, used: set[int]) -> Answers:
    """What plainly answers one question by its kind; where several questions are alike, by their order."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for place, unit in enumerate(units):
        fits = tuple(q.number for q in left if plain_answer(unit.text, q, context))
        if fits:
            groups.setdefault(fits, []).append(place)
            used.add(place)
    by_number = {question.number: question for question in left}
    known: Answers = {}
    for fits, places in sorted(groups.items(), key=lambda group: len(group[0])):
        asked = [by_number[number] for number in fits if number not in known]
        if len(asked) < len(fits) and all(question.field.kind in _OPTIONS for question in asked):
            continue  # Beside "a not" the words "b and c" speak of the same options.
        known |= _shared_out([units[place].text for place in places], asked, context)
    return known


def _shared_out(texts: Sequence[str], asked: Sequence[Question], context: Context) -> Answers:
    """Texts that each could answer any of these questions."""
    if len(asked) == len(texts):
        read = {q.number: plain_answer(text, q, context) for q, text in zip(asked, texts, strict=True)}
        return {number: found for number, found in read.items() if found}
    said = ", ".join(texts)
    if len(asked) == 1:
        same = _agreed(texts, asked[0], context)
        return {asked[0].number: same or unclear(said, words_of(context), "different")}
    needed = [question for question in asked if not question.field.optional]
    if len(needed) == 1 and (same := _agreed(texts, needed[0], context)):
        # The letter asks for this one and leaves the others to the person.
        return {needed[0].number: same}
    return {question.number: unclear(said, words_of(context), "which") for question in needed}


def _agreed(texts: Sequence[str], question: Question, context: Context) -> Value | None:
    """The answer that several texts repeat."""
    found = [plain_answer(text, question, context) for text in texts]
    return (
        found[0] if all(f is not None and found[0] is not None and f.value == found[0].value for f in found) else None
    )


def _told(
    units: Sequence[_Unit], all_asked: Sequence[Question], by_kind: Answers, context: Context, used: set[int]
) -> Answers:
    """Prose such as "Yes we met for 45 min": the only question of a kind takes the only such expression."""
    known: Answers = {}
    for kind in ("yes_no", "duration", "scale"):
        asked = [question for question in _without(all_asked, by_kind) if question.field.kind == kind]
        if not asked:
            continue
        for place, unit in enumerate(units):
            told = place in used and (unit.listed or _reads_as_kind(unit, kind, all_asked, context))
            found = None if told else _in_prose(unit.text, asked[0], context)
            if found is None:
                continue
            used.add(place)
            if len(asked) > 1:
                known |= {
                    q.number: unclear(unit.text, words_of(context), "which") for q in asked if not q.field.optional
                }
                break
            before = known.get(asked[0].number)
            known[asked[0].number] = found if before is None else _either(before, found, unit.text, context)
    return known


def _reads_as_kind(unit: _Unit, kind: str, questions: Sequence[Question], context: Context) -> bool:
    """Whether a unit was shared out among questions of this kind already."""
    return any(plain_answer(unit.text, question, context) for question in questions if question.field.kind == kind)


def _either(before: Value | Unclear, found: Value | Unclear, text: str, context: Context) -> Value | Unclear:
    """The first of two sentences that speak of the same; unclear when they say different things."""
    if isinstance(before, Value) and isinstance(found, Value):
        return (
            before
            if before.value == found.value
            else unclear(f"{before.evidence} {text}", words_of(context), "different")
        )
    return before if isinstance(before, Value) else found if isinstance(found, Value) and not before.guess else before


def _in_prose(text: str, question: Question, context: Context) -> Value | Unclear | None:
    found = KINDS[question.field.kind].read(text, question, context)
    if isinstance(found, Unclear):
        return found if question.field.kind != "scale" else None
    if found is None or found.sure < _LIKELY:
        return None
    return found if question.field.kind != "scale" or _is_marked_scale(text, question) else None


def _is_marked_scale(text: str, question: Question) -> bool:
    """Whether the number shows that it is a point on this scale: "4/5", "4 out of 5", stars."""
    scan = tokens(text)
    return str(question.field.high) in scan.texts[1:] or any(
        sign in scan.texts for sign in ("★", "⭐", "🌟", "star", "stars")
    )


def _free_text(spare: Sequence[_Unit], left: Sequence[Question], context: Context, *, alone: bool) -> Answers:
    """The prose that is left, for the one open question, or for the one of several whose words it repeats."""
    asked = [question for question in left if question.field.kind == "text"]
    if not spare or not asked:
        return {}
    words = sum(not is_stop(text) for unit in spare for text in tokens(unit.text[:LONGEST_CLOSED]).texts)
    if len(asked) == 1 and alone and words >= SHORTEST_TEXT:
        whole = _as_written(spare, asked[0], context)
        found = answer(whole, asked[0], context)
        return {asked[0].number: found} if found else {}
    known = _by_own_words(spare, asked, context)
    wanted = [question for question in _without(left, known) if not question.field.optional]
    if alone and not known and len(wanted) == 1 and wanted[0] in asked:
        said = _as_written(spare, wanted[0], context)
        # The letter asks for this one and leaves the others to the person; a number in front may name another.
        found = None if said[:1].isdigit() or words < SHORTEST_TEXT else answer(said, wanted[0], context)
        return {wanted[0].number: found or unclear(said, words_of(context), "which")}
    return known


def _as_written(spare: Sequence[_Unit], question: Question, context: Context) -> str:
    """Sentences side by side, and lines below each other where the question asks for lines."""
    return ("\n" if takes_lines(question, context) else " ").join(unit.text for unit in spare)


def _by_own_words(spare: Sequence[_Unit], asked: Sequence[Question], context: Context) -> Answers:
    """ "The role play helped" answers "What helped?", when no other open question has that word."""
    told: dict[int, list[str]] = {}
    for unit in spare:
        near = _near(unit.text, asked)
        if near:
            told.setdefault(near.number, []).append(unit.text)
    by_number = {question.number: question for question in asked}
    return {n: found for n, texts in told.items() if (found := answer(" ".join(texts), by_number[n], context))}


def _near(text: str, asked: Sequence[Question]) -> Question | None:
    """The only open question of which the text repeats a word of its own."""
    said = set(tokens(text).texts)
    near = [question for question in asked if said & _own_words(question, asked)]
    return near[0] if len(near) == 1 and len(tokens(text)) >= SHORTEST_TEXT else None


def _own_words(question: Question, asked: Sequence[Question]) -> set[str]:
    """Longer words of a question that no other open question has."""
    words = {text for text in tokens(question.field.ask).texts if len(text) > _COMMON}
    for other in asked:
        if other is not question:
            words -= set(tokens(other.field.ask).texts)
    return words
