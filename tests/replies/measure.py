"""How well replies are read: `python -m tests.replies.measure [rounds]` prints rates, and what was not read right."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.replies.generate import Verdict, grid, verdicts
from tests.replies.letters_sent import read_reply

OUTCOMES = ("right", "wrong", "unclear", "missing")


def judged(rounds: int = 1, *, step: int = 1) -> Iterator[Verdict]:
    for made in grid(rounds, step=step):
        yield from verdicts(made, read_reply(made.raw, made.to, made.language))


def rates(found: Iterable[Verdict]) -> dict[str, float]:
    """Outcome → share."""
    counted = Counter(verdict.outcome for verdict in found)
    return {outcome: counted[outcome] / max(1, counted.total()) for outcome in OUTCOMES}


def table(found: list[Verdict]) -> Iterator[str]:
    """Rates by form, kind, language and in all."""
    yield f"{'':<16}{'answers':>8}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES)
    for part in ("form", "kind", "language", "all"):
        groups: dict[str, list[Verdict]] = {}
        for verdict in found:
            groups.setdefault(_group(verdict, part), []).append(verdict)
        for name, members in groups.items():
            shares = "".join(f"{share:>10.2%}" for share in rates(members).values())
            yield f"{name:<16}{len(members):>8}{shares}"
        yield ""


def _group(verdict: Verdict, part: str) -> str:
    named = {"form": verdict.made.form, "kind": verdict.kind, "language": verdict.made.language}
    return named.get(part, part)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    found = list(judged(rounds))
    for outcome in ("wrong", "missing", "unclear"):
        for verdict in found:
            if verdict.outcome == outcome:
                typed = verdict.made.typed.get(verdict.number)
                sys.stdout.write(f"{outcome}: {verdict.made.name} {verdict.number} {typed!r} read as {verdict.found}\n")
    sys.stdout.write("\n".join(table(found)) + "\n")


if __name__ == "__main__":
    main()
