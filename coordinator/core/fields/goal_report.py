"""What is said of one goal: a score from 0 to 10, a state, a note."""

from dataclasses import dataclass
from typing import Any

from coordinator.core.answers_numbers import Number, is_limited, number_at
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.words import Words

TOP = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What was said of one goal. trusted: whether score and state can be taken at their word."""

    score: int | None
    state: str | None
    note: str
    trusted: bool = True

    @property
    def value(self) -> dict[str, Any]:
        if not self.trusted:
            return {"score": None, "state": None, "note": self.note}
        return {"score": self.score, "state": self.state, "note": self.note}


def report_in(scan: Tokens, start: int, end: int, words: Words) -> Report:
    """Score and state from the beginning of the words, the rest as a note."""
    scores, states, used = _found(scan, start, end, words)
    note = _note(scan, used, end, words)
    trusted = len({s for s, _ in scores}) <= 1 and len({s for s, _ in states}) <= 1 and (None, True) not in scores
    denied = _denied(scan, start, used, end, words)
    trusted = trusted and not denied and (bool(scores or states) or not _hides_score(scan, used, end, words))
    if not trusted:
        return Report(None, None, _trim(scan.written(start, end)), trusted=False)
    return Report(scores[0][0] if scores else None, states[0][0] if states else None, note)


def _found(
    scan: Tokens, start: int, end: int, words: Words
) -> tuple[list[tuple[int | None, bool]], list[tuple[str, bool]], int]:
    """Scores and states before any reason, and where the words about them end."""
    scores: list[tuple[int | None, bool]] = []
    states: list[tuple[str, bool]] = []
    at, used = start, start
    while at < end and not (scan.texts[at] == "(" and at == used > start):
        state = words.phrases("goal_states").at(scan.texts, at)
        if state and at + state[0] <= end:
            if _has_object(scan, state, at, end, words):
                break
            if not (state[1] == "done" and scores and at == used):  # "60 % done" is a score
                states.append((str(state[1]), True))
            at = used = at + state[0]
            continue
        number = number_at(scan, at, words)
        score = _score(scan, number, end, words) if number else None
        if score:
            scores.append(score[:2])
            at = used = score[2]
            continue
        step = max(words.phrases(n).length(scan.texts, at) for n in ("goal_fillers", "about", "together", "turn"))
        if not step and not (is_stop(scan.texts[at]) and scan.texts[at] != "."):
            break
        at += step or 1
    return scores, states, used


def _has_object(scan: Tokens, state: tuple[int, Any], at: int, end: int, words: Words) -> bool:
    """Whether the word belongs to what follows: "finished the first chapter", "slow month"."""
    after = at + state[0]
    if after >= end:
        return False
    if words.phrases("loose_states").length(scan.texts, at) == state[0] and not is_stop(scan.texts[after]):
        lists = ("because", "together", "turn", "goal_fillers", "about", "please")
        return not any(words.phrases(name).length(scan.texts, after) for name in lists)
    if state[1] not in {"done", "changed", "dropped"}:
        return False
    return words.phrases("goal_objects").length(scan.texts, after) > 0


def _score(scan: Tokens, number: Number, end: int, words: Words) -> tuple[int | None, bool, int] | None:
    """(0–10, True, end); (None, True, end) where a number is no score; None where it counts something else."""
    if number.end > end or (number.spelled and number.value == 1):
        return None
    percent = words.phrases("percent").length(scan.texts, number.end) or scan.texts[number.end : number.end + 1] == (
        "%",
    )
    if percent:
        share = number.value if number.value is not None else -1
        known = 0 <= share <= 100 and not is_limited(scan, number, words)
        return (int(share / 10 + 0.5) if known else None), True, number.end + int(percent)
    total = words.phrases("out_of").length(scan.texts, number.end)
    stop = number.end
    if total and scan.texts[number.end + total : number.end + total + 1] == ("10",):
        stop = number.end + total + 1
    elif total and scan.texts[number.end] == "/" and number.end + 1 >= end:
        pass  # "G1 6 / G2 6"
    elif total and scan.texts[number.end] == "/":
        return None, True, number.end + 2
    elif is_limited(scan, number, words):
        return None, True, stop
    elif stop < end and not is_stop(scan.texts[stop]) and not _ends_score(scan, stop, words):
        return None
    value_ = number.value
    if value_ is None or value_ != int(value_) or not 0 <= value_ <= TOP or is_limited(scan, number, words):
        return None, True, stop
    return int(value_), True, stop


def _ends_score(scan: Tokens, at: int, words: Words) -> bool:
    lists = ("because", "together", "turn", "goal_states", "goal_fillers", "scale_after")
    return any(words.phrases(name).length(scan.texts, at) for name in lists)


def _denied(scan: Tokens, start: int, used: int, end: int, words: Words) -> bool:
    """Whether a "not", "or" or "maybe" stands among the words about score and state, or right behind them."""
    lists = ("negation", "either", "condition", "doubt", "limits", "goal_wished")
    at = start
    while at < used:
        state = words.phrases("goal_states").length(scan.texts, at)
        if not state and any(words.phrases(name).length(scan.texts, at) for name in lists):
            return True
        at += state or 1
    behind = used < end and scan.texts[used] == "?"
    return (
        behind
        or (used < end and words.phrases("either").length(scan.texts, used) > 0)
        or _late(scan, start, used, end, words)
    )


def _hides_score(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether the only number is a bare one among words that nobody here knows: "I would like it at 8"."""
    found = [n for at in range(start, end) if (n := number_at(scan, at, words)) and not n.spelled]
    score = _score(scan, found[0], end, words) if len(found) == 1 else None
    return score is not None and score[0] is not None


def _late(scan: Tokens, start: int, used: int, end: int, words: Words) -> bool:
    """Whether nothing was said at the beginning but a denied state follows: "is not done"."""
    return used == start and words.phrases("negation").length(scan.texts, start) > 0 and start < end


def _note(scan: Tokens, used: int, end: int, words: Words) -> str:
    while end > used and (
        scan.texts[end - 1] in {",", "\n", "-", ";"}
        or any(words.phrases(name).length(scan.texts, end - 1) == 1 for name in ("together", "but"))
    ):
        end -= 1
    return _trim(scan.written(used, end))


def _trim(note: str) -> str:
    return " ".join(note.split()).strip(" ,;:-–—=.)(*/|!")
