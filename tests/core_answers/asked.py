"""Questions, contexts and cuts as the tests of answers build them."""

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coordinator.core.fields import KINDS
from coordinator.core.program import Field
from coordinator.core.reading import Context, Cut, Piece, Unclear, Value
from coordinator.core.records import Question

FRIDAY = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl")
UNCLEAR = "unclear"
BERLIN = ZoneInfo("Europe/Berlin")

MET = {
    "en": "Did you two meet since my last mail?",
    "es": "¿Os habéis reunido desde mi último correo?",
    "fr": "Vous êtes-vous vus depuis mon dernier message ?",
    "de": "Habt ihr euch seit meiner letzten Mail getroffen?",
    "pt": "Vocês se encontraram desde a minha última mensagem?",
    "it": "Vi siete visti dalla mia ultima mail?",
    "nl": "Hebben jullie elkaar sinds mijn vorige mail gesproken?",
}


@cache
def words() -> dict[str, dict[str, Any]]:
    folder = Path(__file__).parents[2] / "templates" / "words"
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


def context(language: str = "en", timezone: str = "Europe/Berlin", now: datetime = FRIDAY) -> Context:
    return Context(language=language, timezone=timezone, now=now, words=words())


def question(
    kind: str, number: int = 1, *, ask: str = "A question?", slots: Any = (), goals: Any = (), **field: Any
) -> Question:
    name = field.pop("name", kind)
    made = Field(name=name, kind=kind, ask=ask, **field)
    return Question(
        number=number, pairing="p1", prompt="debrief", key="p1/debrief/1", field=made, slots=slots, goals=goals
    )


def read(kind: str, text: str, language: str = "en", *, in_: Context | None = None, **field: Any) -> Any:
    """The value, UNCLEAR, or None when the text is no answer."""
    found = KINDS[kind].read(text, question(kind, **field), in_ or context(language))
    return UNCLEAR if isinstance(found, Unclear) else found.value if isinstance(found, Value) else None


def cut(*pieces: str | tuple[int, str]) -> Cut:
    """Pieces in order; (2, "45") stands under the quoted question 2."""
    made = [Piece(text=p) if isinstance(p, str) else Piece(text=p[1], after=p[0]) for p in pieces]
    return Cut(text="\n".join(piece.text for piece in made), spans=(), pieces=tuple(made))


def slot(day: int, hour: int, minute: int = 0, length: int = 45) -> tuple[datetime, datetime]:
    start = datetime(2026, 4, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)
    return start, start + timedelta(minutes=length)


OFFERED = (slot(14, 12), slot(16, 15, 30), slot(17, 9))
"""Tuesday 12:00, Thursday 15:30, Friday 9:00 in Berlin."""
GOALS = ((1, "Lead a team meeting every month"), (2, "Pass the CHESP exam by October"))
