"""Reply addresses that were never given out: one is an old mail or a slip, many in a day are somebody who guesses."""

from coordinator.core.hours import local_day
from coordinator.tick.round import Round

MANY = 10
"""So many in a day, and the coordinator is told, once that day."""


def note_guess(round_: Round) -> None:
    counters = dict(round_.work.meta.counters)
    day = local_day(round_.now, round_.settings.chapter.timezone).toordinal()
    count = counters.get("guesses", 0) + 1 if counters.get("guess_day") == day else 1
    round_.work.with_meta(counters={**counters, "guess_day": day, "guesses": count})
    if count == MANY:
        round_.account.news.append(
            f"{MANY} mails today bear reply addresses that were never given out, so somebody may be guessing; none was"
            " believed – coordinator held list --all shows them"
        )
