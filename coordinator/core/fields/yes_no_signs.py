"""Signs of a yes or a no: where a text says one, and what only looks like it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.reports import AROUND, Plans, denies_this, failed_at, refuses, report_at
from coordinator.core.reading import Context
from coordinator.core.words import Words

_AROUND_MET = ("minute_units", "hour_units", "weekdays", "relative_days", "about", "or_so")
_SKIPPED = ("lead", "turn", "together")
_LISTS = (
    ("maybe", None, False),
    ("no", False, False),
    ("no_open", False, False),
    ("no_alone", False, True),
    ("yes", True, False),
    ("yes_alone", True, True),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A yes (True), a no (False) or neither (None), from token `start` up to `end`."""

    start: int
    end: int
    says: bool | None


def signs_in(scan: Tokens, words: Words, met: Context | None) -> Iterator[Sign]:
    """Every answer that stands at the beginning of a clause, and every report that a meeting failed."""
    at, fresh, denied, said_no = greeted(scan, words), True, -1, False
    plans = Plans(scan, words, met) if met else None
    while at < len(scan):
        found = _sign_at(scan, at, words, met) if fresh else None
        if plans and fresh:
            found = _about_meeting(scan, at, words, plans, found, told=at != denied, said_no=said_no)
        failed = failed_at(scan, at, words) if met and not found else 0
        if failed:
            found = Sign(at, at + failed, False)
        skipped = max(words.phrases(name).length(scan.texts, at) for name in _SKIPPED)
        if found and (not fresh or skipped <= found.end - at):
            yield found
            at, said_no = found.end, said_no or found.says is False
            # "we haven't" + "met" is one no; "no" + "we met" is a contradiction
            denied = at if found.says is False and (scan.texts[found.start],) not in words.phrases("no_alone") else -1
            continue
        if skipped and (fresh or words.phrases("turn").length(scan.texts, at)):
            at, fresh = at + skipped, True
            continue
        fresh = is_stop(scan.texts[at])
        at += 1


def as_we(scan: Tokens, words: Words) -> Tokens:
    """The text with "we" for "Grace and I" where a sentence begins so, and before the verb of "called 10 min"."""
    for start, _ in sentences(scan):
        at = (
            start
            + (scan.texts[start] in {",", "\n"})
            + max(words.phrases(name).length(scan.texts, start) for name in ("lead", "yes", "greeting"))
        )
        behind, before = (
            words.phrases("and_i").length(scan.texts, at + 1),
            words.phrases("i_and").length(scan.texts, at),
        )
        end = at + 1 + behind if behind else at + before + 1 if before else 0
        if end and end < len(scan):
            return _with_we(scan, at, end, words)
        at += scan.texts[at : at + 1] in {(",",), ("-",), (".",)}
        if _begins_with_verb(scan, at, words):
            return _with_we(scan, at, at, words)
    return scan


def _with_we(scan: Tokens, start: int, end: int, words: Words) -> Tokens:
    """ "We" in place of these tokens, or before the first where there are none."""
    here = scan.items[start].start
    we = tokens(str(next(iter(words.data.get("we", ())), ""))).items
    said = (replace(token, start=here, end=scan.items[end - 1].end if end > start else here) for token in we)
    items = (*scan.items[:start], *said, *scan.items[end:])
    return Tokens(scan.raw, items, tuple(item.text for item in items))


def _begins_with_verb(scan: Tokens, at: int, words: Words) -> bool:
    """Whether a meeting is told without who met, and nothing but a length or a day stands behind: "spoke Tuesday"."""
    we = tokens(str(next(iter(words.data.get("we", ())), ""))).texts
    met, around = words.phrases("met"), (*_AROUND_MET, *AROUND)
    known = met.length((*we, *scan.texts[at : at + 1]), 0)
    if known != len(we) + 1 or met.length(scan.texts, at):
        return False
    at += 1
    while not scan.ends_at(at):
        step = max(words.phrases(name).length(scan.texts, at) for name in around)
        if not step and not scan.texts[at][0].isdecimal():
            return False
        at += step or 1
    return True


def greeted(scan: Tokens, words: Words) -> int:
    """Where an answer may begin behind "hi" and one word, which then is a name: "hi carol yes"."""
    length = words.phrases("greeting").length(scan.texts, 0)
    at = length + 1 if length and not scan.ends_at(length) else 0
    return (
        at if any(words.phrases(name).length(scan.texts, at) for name in ("yes", "no", "yes_alone", "no_alone")) else 0
    )


def _sign_at(scan: Tokens, at: int, words: Words, met: Context | None) -> Sign | None:
    best: Sign | None = None
    for name, says, alone in _LISTS:
        length = words.phrases(name).length(scan.texts, at)
        if name == "no_open" and length and not denies_this(scan, at + length, words, met is not None):
            best = None if not best or best.end <= at + length else best
            continue
        ends = not alone or scan.ends_at(at + length) or (says is False and _goes_on_denying(scan, at + length, words))
        if length and ends and (not best or length > best.end - best.start):
            best = Sign(at, at + length, says)
    if best and best.end < len(scan) and scan.texts[best.end] == "?":
        return Sign(best.start, best.end, None)
    return best


def _goes_on_denying(scan: Tokens, at: int, words: Words) -> bool:
    """Whether a denial follows a "no" without a comma: "no can't do that day"."""
    return words.phrases("denial").length(scan.texts, at) > 0 and words.phrases("no_open").length(scan.texts, at) > 0


def _about_meeting(
    scan: Tokens, at: int, words: Words, plans: Plans, best: Sign | None, *, told: bool, said_no: bool
) -> Sign | None:
    """The sign where the question is whether two people met: a report counts, "with pleasure" does not."""
    if best and best.says and words.phrases("wish").length(scan.texts, at) == best.end - at:
        return None
    if best and best.says is False and refuses(scan, at, best.end, words):
        return None
    length, says = report_at(scan, at, words, plans) if told else (0, None)
    if says is None and said_no:
        return best  # "No, we talk next week": what is to come is no second answer.
    return Sign(at, at + length, says) if length and (not best or length > best.end - best.start) else best
