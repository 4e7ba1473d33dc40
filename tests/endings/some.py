"""A pair in the real six-month program, decided purely, with its letters as they would be written."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from coordinator import programs
from coordinator.core.effects import Effect
from coordinator.core.program import Program
from coordinator.formats import letters
from tests.core.situations import CHAPTER, DAY, MONDAY, Season, command, pairing, person


@lru_cache(maxsize=4)
def program(name: str = "six-month") -> Program:
    return programs.load(name, own=None)


def pair(name: str = "six-month", languages: tuple[str, str] = ("", ""), **changes: Any) -> Season:
    """Mona mentors Maya; Adam is their advisor, Ada the second one."""
    people = (
        person("u1", "Mona", roles=("mentor",), language=languages[0]),
        person("u2", "Maya", roles=("mentee",), language=languages[1]),
        person("u3", "Adam", roles=("advisor",), due=MONDAY - DAY),
        person("u4", "Ada", roles=("advisor",), due=MONDAY - DAY),
    )
    return Season(program(name), people, [pairing(**changes)])


def answer(season: Season, effect: Effect, prompt: str = "", **fields: Any) -> Any:
    """Answers questions of a letter by their field names."""
    letter = season.work.letter(effect.letter.id)
    assert letter is not None
    numbers = {q.field.name: q.number for q in letter.questions if prompt in ("", q.prompt)}
    return season.reply(effect, {numbers[name]: value for name, value in fields.items()}, again=str(fields))


def say(season: Season, to: str, wish: str) -> Any:
    """A line of its own in a reply to the newest letter that somebody got."""
    newest = [e for _, e in season.sent if e.letter.recipient == to][-1]
    said = command("wish", wish, wish=wish)
    return season.reply(newest, commands=(said,), text=wish, again=f"{wish}{len(season.effects)}")


def send(season: Season, decision: Any) -> list[Effect]:
    """What a message brought at once, sent as the tick would."""
    for effect in decision.effects:
        season._send(effect)
    return list(decision.effects)


def text(season: Season, effect: Effect) -> str:
    zone = "UTC"
    return letters.write(effect, season.program, CHAPTER, season.now, zone).text


def until(season: Season, days: int, respond: Any = None) -> None:
    season.pass_days(days, respond)


def busy(season: Season, effect: Effect) -> None:
    """Answers what keeps a pair going, and nothing about its end."""
    letter = season.work.letter(effect.letter.id)
    assert letter is not None
    answers: dict[int, Any] = {}
    for q in letter.questions:
        if q.prompt in ("renewal", "going-on", "leave", "doubt", "rematch", "care", "check"):
            continue
        match q.field.kind:
            case "yes_no":
                answers[q.number] = True
            case "duration":
                answers[q.number] = 45
            case "goals":
                answers[q.number] = {str(n): {"score": 6, "state": None, "note": ""} for n, _ in q.goals}
            case "scale":
                answers[q.number] = 4
            case "text" if q.field.fills == "goals":
                answers[q.number] = "Lead a meeting\nPass the exam"
    if answers:
        season.reply(effect, answers)


def prompts(season: Season, to: str, since: Any = None) -> list[str]:
    return [
        s.prompt
        for at, e in season.sent
        if e.letter.recipient == to and (since is None or at >= since)
        for s in e.sections
    ]


MONTH = timedelta(days=30)
