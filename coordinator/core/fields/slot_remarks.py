"""What people say beside the times that suit them: why none does, what they do that week."""

from coordinator.core.answers_text import is_stop, sentences
from coordinator.core.fields.slot_offers import Offers
from coordinator.core.fields.slot_picks import pick_at

DOUBTS = ("condition", "maybe", "doubt", "correction", "pending")
_TAKES_BACK = ("condition", "doubt", "correction", "pending")
_SUITS = ("yes", "yes_alone", "please", "answer_verbs")
_CLAUSE_ENDS = frozenset({",", "-", "("})
_SHORT_TAIL = 3
"""Words that may follow directly: "none of them work | for me either"."""


def none_with_a_reason(offers: Offers) -> bool:
    """ "None of these work for me, sorry", "none, I am travelling"; nothing behind it names a time."""
    start = 0
    while not offers.length("none_of_them", start) and (step := _before_none(offers, start)):
        start += step
    length = offers.length("none_of_them", start)
    end = start + length
    rest = offers.scan.texts[end:]
    if (
        not length
        or "?" in rest
        or offers.days
        or any(_picks_behind_none(offers, i) for i in range(end, len(offers.scan)))
    ):
        return False
    behind = next((n for n, text in enumerate(rest) if is_stop(text)), len(rest))
    filled = all(offers.length("slot_fillers", i) or offers.length("please", i) for i in range(end, end + behind))
    return filled or behind <= (_SHORT_TAIL if length > 1 else 0)


def _before_none(offers: Offers, index: int) -> int:
    if index >= len(offers.scan) or pick_at(offers, index):
        return 0
    return max(offers.length(n, index) for n in ("lead", "greeting", "please", "slot_fillers")) or int(
        index > 0 and offers.scan.texts[index] == ","
    )


def _picks_behind_none(offers: Offers, index: int) -> bool:
    """Whether a time is named behind a "none"; the "all" of "working all three days" is a reason, and no offer."""
    pick = pick_at(offers, index)
    if pick is None or _is_while(offers, index):
        return False
    return not (pick.places == offers.all and offers.length("day_units", pick.end) > 0)


def less_remarks(offers: Offers) -> str | None:
    """The text without the last sentences, where these name no time and cast no doubt; None where there are none.

    So it is with the last clause, where those before it say that they suit: "any of them, I'm on leave that week".
    """
    parts = list(sentences(offers.scan))
    while len(parts) > 1 and _is_remark(offers, *parts[-1]):
        parts.pop()
    while len(parts) > 1 and _is_kind(offers, *parts[0]):
        parts.pop(0)
    start, end = (parts[0][0], parts[-1][1]) if parts else (0, 0)
    begins = (i for i in range(parts[-1][0] if parts else 0, end) if _begins_clause(offers, i))
    end = next((i for i in begins if _is_settled(offers, i) and _is_beside(offers, i, end)), end)
    return None if (start, end) == (0, len(offers.scan)) else offers.scan.written(start, end)


def _is_kind(offers: Offers, start: int, end: int) -> bool:
    """Whether a sentence in front is a greeting, thanks or a cry: "Thank you, how kind of her!"."""
    polite = any(offers.length(name, start) for name in ("greeting", "closing", "pleasantry"))
    # "How kind of her!" holds no "kind of".
    return (polite or offers.scan.texts[end - 1] == "!") and _is_remark(offers, start, end, _TAKES_BACK)


def _begins_clause(offers: Offers, index: int) -> bool:
    return offers.scan.texts[index] in _CLAUSE_ENDS or offers.length("reason", index) > 0


def _is_beside(offers: Offers, index: int, end: int) -> bool:
    """Whether a clause is a remark, or what keeps them on the days that they did not name: "the rest I'm away"."""
    start = index + (offers.scan.texts[index] in _CLAUSE_ENDS)
    excluded = offers.length("except_for", start)
    for at in range(start + 1, start + excluded + 1):
        others = offers.length("other_days", at)
        if others:  # "Not the others": nothing else stands there.
            return at + others == end or offers.scan.ends_at(at + others)
    others = offers.length("other_days", start)
    if not others:
        return _is_remark(offers, start, end)
    behind = offers.scan.texts[start + others : end]
    return offers.words.phrases("other_fine").anywhere(behind) is None and _is_remark(offers, start + others, end)


def _is_settled(offers: Offers, end: int) -> bool:
    """Whether what stands before this clause picks and says that it suits, or the clause begins with a "because"."""
    picks = [pick for i in range(end) if (pick := pick_at(offers, i))]
    suits = any(offers.words.phrases(name).anywhere(offers.scan.texts[:end]) is not None for name in _SUITS)
    return bool(picks) and (suits or picks[0].places == offers.all or offers.length("because", end + 1) > 0)


def _is_remark(offers: Offers, start: int, end: int, doubts: tuple[str, ...] = DOUBTS) -> bool:
    said = offers.scan.texts[start:end]
    names = (*doubts, "negation", "except_for", "but", "turn")
    named = any(start <= day.start < end for day in offers.days) or any(text[0].isdecimal() for text in said)
    weekday = offers.words.phrases("weekdays").anywhere(said) is not None
    doubted = any(offers.words.phrases(name).anywhere(said) is not None for name in names)
    picks = any(pick_at(offers, i) for i in range(start, end) if not _is_while(offers, i))
    return not (named or weekday or doubted or picks or "?" in said)


def _is_while(offers: Offers, index: int) -> bool:
    """Whether an "all" belongs to a stretch of time: "all week"."""
    return offers.length("all_while", index) > 0
