"""When a record is next to be looked at."""

from collections.abc import Callable
from datetime import datetime

from coordinator.core.calls import call_moments
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.leave import begins
from coordinator.core.pleas.alerting import escalation_due
from coordinator.core.program import Program
from coordinator.core.receipts import next_receipt
from coordinator.core.records import Participant
from coordinator.core.stages import moments
from coordinator.core.summary import summary_moment
from coordinator.core.where import Alone, Where


def next_due(where: Where) -> datetime | None:
    """When a pairing or a search is next to be looked at, from its record; None = never again by itself."""
    return min((m.at for m in moments(where)), default=None)


def participant_due(
    program: Program,
    chapter: Chapter,
    cohort: Cohort,
    person: Participant,
    due: Callable[[Where], datetime | None] | None = None,
) -> datetime | None:
    """When somebody's own things are next due: a receipt, the end of a pause, an advisor's summary, a prompt of theirs.

    due: of their own prompts, where something was put off.
    """
    summary = summary_moment(program, chapter, cohort, person)
    about_calls = tuple(call_moments(program, chapter, person))
    calls: list[datetime | None] = [moment.at for moment in about_calls]
    own = (due or next_due)(Alone(program=program, chapter=chapter, cohort=cohort, participant=person))
    leave = begins(person, person.timezone or chapter.timezone)
    dues = [next_receipt(person), summary.at if summary else None, own, leave, *calls]
    if person.status == "paused":
        dues = [person.paused_until, *(m.at for m in about_calls if m.recipient not in ("", person.id))]
    dues = dues if person.status in ("active", "paused") else calls
    return min((d for d in (*dues, escalation_due(person, program.help_hours)) if d), default=None)
