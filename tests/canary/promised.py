"""Who is not only allowed to read a word, but gets it: by which mail, and the few kinds of words that stay where they are."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from coordinator.core.agreement.clauses import ATTENDANCE
from coordinator.core.records import Answer, Pairing
from coordinator.core.said_by import NOTED
from tests.canary.planted import Canary
from tests.canary.season import Season

LOOK_BACK = frozenset({"achievement", "lesson", "keep_going", "turn_to"})
"""What the closing letter, the same for both, says of each: the newest of its kind."""
NEVER: Mapping[str, str] = {
    "dream": "exchanged, once both have said theirs for the other to see",
    "profile": "for matching, and for the cards of a search; the coordinator exports it",
    "boundaries": "a clause of the agreement",
    "outcomes": "a clause of the agreement",
    "strength": "told at the end, by the page to keep",
}
"""Facts that no mail of these promises → what becomes of them, which has tests of its own."""
READ = timedelta(hours=2)
"""So long after it was sent an answer may wait to be read."""
LATELY = timedelta(days=8)
"""A summary tells of so many days."""


def due_to(season: Season, word: str) -> frozenset[str]:
    """What those are to its writer whom a mail of this season must have brought that word."""
    canary = season.canaries[word]
    pairing = season.pairings.get(canary.pairing)
    answer = _standing(pairing, word) if pairing else None
    if pairing is None or answer is None or canary.chosen is not None or canary.fills in NEVER:
        return frozenset()
    if any(word in sent for sent in season.sent_by.values()):
        return frozenset()  # its reader had it already, and sent it on themselves
    found = {"partner"} if "partner" in canary.readers and _reaches_partner(season, canary, pairing, answer) else set()
    found |= {"advisor"} if "advisor" in canary.readers and _reaches_advisor(season, canary, pairing) else set()
    return frozenset(found)


def _standing(pairing: Pairing, word: str) -> Answer | None:
    """The answer that bears the word, unless a newer one took its place."""
    return next((a for a in pairing.answers if word in str(a.value).casefold()), None)


def _reaches_partner(season: Season, canary: Canary, pairing: Pairing, answer: Answer) -> bool:
    """With the next mail that prepares a meeting; or with the last letter of all."""
    if (canary.kind == "goals" or canary.fills == "smart") and not _is_shared(pairing, answer):
        return False
    if canary.fills == "vision" and canary.word not in pairing.terms.get("vision", "").casefold():
        return False  # one sentence for both, the newest of the two
    since = season.written_at[canary.word] + READ
    other = "mentor" if canary.role == "mentee" else "mentee"
    if canary.fills in LOOK_BACK:
        return any(at > since for at in _decided(pairing, "closing", other)) and _is_newest(season, pairing, answer)
    return any(since < at < season.chapter.now for at in _decided(pairing, "update", other))


def _is_shared(pairing: Pairing, answer: Answer) -> bool:
    """Of a report on goals, or a question about one: whether any of these is the other's as well."""
    numbers = {str(g.number) for g in pairing.goals if g.visibility != "private"}
    named = answer.value if isinstance(answer.value, Mapping) else (answer.field.rpartition("_")[2],)
    return any(str(number) in numbers for number in named)


def _decided(pairing: Pairing, part: str, role: str) -> Iterator[datetime]:
    """When letters of that part went to that role, those that came too late for their meeting left out."""
    begins = {str(m.ordinal): m.start for m in pairing.meetings}
    for key, at in pairing.decided.items():
        parts = key.split("/")
        is_late = part == "update" and at >= begins.get("".join(parts[2:3]), at)
        if parts[1:2] == [part] and role in parts and not is_late:
            yield at


def _is_newest(season: Season, pairing: Pairing, answer: Answer) -> bool:
    fills = {(c.prompt, c.field): c.fills for c in season.canaries.values()}

    def fact(one: Answer) -> str | None:
        return one.field if one.prompt == NOTED else fills.get((one.prompt, one.field))

    alike = [a for a in pairing.answers if a.by == answer.by and fact(a) == fact(answer) and a.visibility != "private"]
    return max(alike, key=lambda a: a.at) == answer


def _reaches_advisor(season: Season, canary: Canary, pairing: Pairing) -> bool:
    """With the next summary of each, unless the two agreed that their advisor sees when they meet and no more."""
    if pairing.terms.get("confidentiality") == ATTENDANCE:
        return False
    since = season.written_at[canary.word] + READ
    work = season.chapter.work()
    told = (at for id_ in pairing.advisors if (who := work.participant(id_)) for at in _summaries(who.decided))
    return any(since < at < since + LATELY for at in told)


def _summaries(decided: Mapping[str, datetime]) -> Iterator[datetime]:
    return (at for key, at in decided.items() if "/summary/" in key)
