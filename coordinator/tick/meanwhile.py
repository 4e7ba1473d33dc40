"""A tick while something it needs cannot be loaded: calls for help reach a human all the same, nothing else is touched.

Each message stays in the inbox; a tick with a sound program takes it in whole, and knows which calls were heard.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coordinator.backends import Fetched
from coordinator.core.pleas.heeded import heed, overdue
from coordinator.core.records import Letter
from coordinator.errors import BackendError, CoordinatorError
from coordinator.programs.spare import spare
from coordinator.store.work import Work
from coordinator.tick.account import Account
from coordinator.tick.agenda import Agenda
from coordinator.tick.alerts import alert
from coordinator.tick.doors import Doors, Options
from coordinator.tick.outward import is_for_help, recover, send_all
from coordinator.tick.readers import Reader, read_ahead, reader_of
from coordinator.tick.round import Round

WAITING = "calls for help are heard until then; all other mail waits in the inbox, unread"


def answer_calls(
    doors: Doors,
    work: Work,
    batches: Iterable[Sequence[Fetched]],
    account: Account,
    options: Options,
    *,
    alone: bool = False,
) -> None:
    """With the shipped texts in place of the broken ones; what was done stands in the account's news.

    alone: nobody else will tell the coordinator of what the news say already, so that a mail does, once a day.
    """
    settings = doors.settings
    round_ = Round(
        settings=settings,
        program=spare(settings.program, settings.templates),
        work=work,
        now=account.now,
        account=account,
        options=options,
    )
    recover(round_, doors.inbox)
    _hear_all(round_, batches)
    round_.take(overdue(round_.program, settings.chapter, work, round_.now))
    drafts = len(round_.drafts)
    if alone:
        account.news.append(WAITING)
        alert(round_)
    round_.commit()
    if drafts:
        account.news.append(f"meanwhile calls for help are heard: {drafts} letters about them were written")
    if not options.dry:
        send_all(round_, doors.outbox, doors.inbox, Agenda(lambda: None), which=_is_told_now)
    if account.trouble:
        account.news.append(str(account.trouble))


def _is_told_now(letter: Letter, now: datetime) -> bool:
    return is_for_help(letter, now) or letter.purpose == "alert"


def _hear_all(round_: Round, batches: Iterable[Sequence[Fetched]]) -> None:
    try:
        with reader_of(round_) as reader:
            for batch in read_ahead(reader, batches):
                for _ in batch:
                    _hear(round_, reader)
    except BackendError as error:
        round_.account.trouble = error


def _hear(round_: Round, reader: Reader) -> None:
    try:
        known = reader.next()
        if known.reading is not None and not round_.work.has_seen(known.envelope.fingerprint):
            round_.take(heed(round_.program, round_.settings.chapter, round_.work, known.reading, round_.now))
    except CoordinatorError:
        raise
    except Exception:  # noqa: BLE001 - one bad message never stops the others; the next sound tick tells of it
        round_.account.failed += 1
