"""One goal named by its own words in a clause that tells nothing else: "passed the exam", "per l'esame direi 5"."""

from collections.abc import Iterator, Sequence

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.goal_report import TOP, Report
from coordinator.core.fields.goal_topics import Goals, Mark, clause_marks
from coordinator.core.reading import Context
from coordinator.core.words import Words, words_of

_BESIDE = ("goal_beside", "goal_fillers", "goal_links", "right_now", "lead", "scale_verbs", "frame_mostly")
_DOUBTS = ("maybe", "condition", "doubt", "correction", "goal_wished", "either")
_PARTS = ("together", "turn")
_OF_TEN = frozenset({("/", "10"), ("von", "10"), ("of", "10"), ("sur", "10"), ("de", "10"), ("su", "10")})
Clause = tuple[int, int]


def told_alone(text: str, goals: Goals, context: Context) -> tuple[str, dict[int, Report], str]:
    """(the text without these clauses, goal → what its clause tells, the clauses).

    Every word of such a clause is known to change nothing; nothing is told where another clause on goals is in doubt,
    or where two of them differ.
    """
    scan, words = tokens(text), words_of(context)
    told: dict[int, Report] = {}
    used: list[Clause] = []
    for sentence in sentences(scan):
        marks = tuple(clause_marks(scan, *sentence, goals, words))
        if not marks:
            continue
        if (
            words.together(_DOUBTS).anywhere(scan.texts[slice(*sentence)]) is not None
            or "?" in scan.texts[slice(*sentence)]
        ):
            return text, {}, ""
        for clause in _clauses(scan, *sentence, marks, words):
            named = [mark for mark in marks if clause[0] <= mark.start < clause[1]]
            if not named:
                if _tells_more(scan, clause, words):
                    return text, {}, ""
                continue
            report = _report(scan, clause, named[0], words) if len(named) == 1 else None
            if report is None:
                if _could_tell(scan, clause, words):
                    return text, {}, ""
                continue
            if told.setdefault(named[0].number, report) != report:
                return text, {}, ""
            used.append(clause)
    return _without(scan, used), told, " ".join(scan.written(*clause) for clause in used)


def _clauses(scan: Tokens, start: int, end: int, marks: Sequence[Mark], words: Words) -> Iterator[Clause]:
    """The parts of a sentence between commas, and between an "and" or "but", outside the names of goals."""
    inside = {at for mark in marks for at in range(mark.start, mark.end)}
    first = at = start
    while at < end:
        joint = 1 if is_stop(scan.texts[at]) and scan.texts[at] != "/" else 0
        joint = joint or max(words.phrases(name).length(scan.texts, at) for name in _PARTS)
        if joint and at not in inside:
            if at > first:
                yield first, at
            first = at = at + joint
        else:
            at += 1
    if end > first:
        yield first, end


def _report(scan: Tokens, clause: Clause, mark: Mark, words: Words) -> Report | None:
    """The only state or score of a clause of which every other word is known; None for anything else."""
    states, scores, unreal = [], [], False
    at = clause[0]
    while at < clause[1]:
        if at == mark.start:
            at = mark.end
            continue
        state = words.phrases("goal_told").at(scan.texts, at)
        if state and at + state[0] <= clause[1]:
            states.append(str(state[1]))
            at += state[0]
            continue
        unreal = unreal or words.phrases("goal_unreal").length(scan.texts, at) > 0
        score = _score(scan, at, clause, words)
        if score:
            scores.append(score[0])
            at = score[1]
            continue
        step = max(words.phrases(name).length(scan.texts, at) for name in _BESIDE)
        if not step or at + step > clause[1]:
            return None
        at += step
    if len(states) == 1 and not scores and not unreal:
        return Report(None, states[0], "")
    return Report(scores[0], None, "") if len(scores) == 1 and not states else None


def tells_state(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether the words in front of a goal are one state, and others that change nothing: "still stuck on G2"."""
    at, states = start, 0
    while at < end:
        state = max(words.phrases(name).length(scan.texts, at) for name in ("goal_told", "goal_states"))
        step = state or max(words.phrases(name).length(scan.texts, at) for name in _BESIDE)
        step = step or scan.texts[at] == ":"
        if not step:
            return False
        states, at = states + (state > 0), at + step
    return states == 1


def _score(scan: Tokens, at: int, clause: Clause, words: Words) -> tuple[int, int] | None:
    """(points, end) of a number that is introduced as points, or that shows its scale."""
    number = number_at(scan, at, words)
    if number is None or number.value is None or (number.spelled and number.value == 1):
        return None
    of_ten = scan.texts[number.end : number.end + 2] in _OF_TEN
    point = words.phrases("goal_point")
    introduced = any(at - back >= clause[0] and point.length(scan.texts, at - back) == back for back in (1, 2, 3))
    if not (of_ten or introduced) or number.value != int(number.value) or not 0 <= number.value <= TOP:
        return None
    return int(number.value), number.end + 2 * of_ten


def _tells_more(scan: Tokens, clause: Clause, words: Words) -> bool:
    """Whether a clause that names no goal has points or a state: of one in words that nobody knows, or of the same."""
    return any(
        _score(scan, at, clause, words) or words.phrases("goal_told").length(scan.texts, at) for at in range(*clause)
    )


def _could_tell(scan: Tokens, clause: Clause, words: Words) -> bool:
    """Whether a clause on a goal has a number or a state in it, and other words that nobody here knows."""
    return any(
        number_at(scan, at, words) is not None or words.phrases("goal_told").length(scan.texts, at)
        for at in range(*clause)
        if not scan.texts[at].isalpha() or not words.phrases("goal_fillers").length(scan.texts, at)
    )


def _without(scan: Tokens, used: Sequence[Clause]) -> str:
    """The words outside these clauses; a clause that is left alone of its sentence stands on a line of its own."""
    edges = [0, *(edge for clause in used for edge in clause), len(scan)]
    parts = (scan.written(a, b).strip(" ,;-–") for a, b in zip(edges[::2], edges[1::2], strict=True))
    return "\n".join(part for part in parts if any(char.isalnum() for char in part))
