"""A large cohort near its end: every pairing has twenty prompts behind it, and their letters are closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import chapter
from benchmarks.chapter import MONDAY
from coordinator import store
from coordinator.core.records import Answer, Asked, Letter, Pairing
from coordinator.store import codec, jsons, lines

PROMPTS = 20
"""Closed prompts of each pairing."""


def founded(folder: Path, *, pairs: int) -> Path:
    """A state with two participants a pair, one open letter each, and all closed letters in the archive."""
    store.create(folder, program="six-month", now=MONDAY, epoch="e1", inbox_mark="")
    with store.lock(folder):
        work = store.open_store(folder, now=MONDAY).load()
        work.stage(chapter.everybody(pairs))
        work.stage(seasoned(each) for each in chapter.pairings(pairs))
        work.stage(replace(each, version=1) for number in range(pairs) for each in open_letters(number))
        work.commit()
    archive = folder / "archive.jsonl"
    archive.write_bytes(b"".join(lines.closed("letters", jsons.dumps(each)) for each in closed(pairs)))
    archive.chmod(0o600)
    return folder


def seasoned(pairing: Pairing) -> Pairing:
    """With its closed prompts, what was answered, and the keys that were decided."""
    asked, answers, decided = {}, [], {}
    for number in range(PROMPTS):
        key, by = _key(pairing.id, number), (pairing.mentee, pairing.mentor)[number % 2]
        at = MONDAY - timedelta(days=10 * number)
        asked[key] = Asked(key=key, prompt="debrief", stage="meetings", recipient=by, at=at, sent=at, closed=at)
        decided[key] = at
        answers.append(Answer(key=key, prompt="debrief", field="met", by=by, at=at, value=True, visibility="advisor"))
    due = MONDAY + timedelta(days=30)
    return replace(pairing, asked=asked, answers=tuple(answers), decided=decided, due=due)


def open_letters(number: int) -> Iterator[Letter]:
    for role in ("mentee", "mentor"):
        yield _letter(f"p{number}/open/{role}", f"{role}{number}", f"p{number}")


def closed(pairs: int) -> Iterator[dict[str, object]]:
    for number in range(pairs):
        for prompt in range(PROMPTS):
            letter = _letter(_key(f"p{number}", prompt), f"mentee{number}", f"p{number}")
            yield codec.encode(replace(letter, version=3, state="sent"))


def _key(pairing: str, number: int) -> str:
    return f"{pairing}/debrief/{number}/mentee"


def _letter(key: str, to: str, pairing: str) -> Letter:
    return Letter(
        id=key,
        token=f"t{key}",
        ref="",
        message_id=f"<{key}@example.org>",
        recipient=to,
        address=f"{to}@example.com",
        purpose="prompt",
        subject="How did it go?",
        keys=(key,),
        pairings=(pairing,),
        at=MONDAY,
        sent=MONDAY,
        state="sent",
        closes=MONDAY + timedelta(days=60),
    )
