"""Whether a program still has what its cohort remembers: ids that vanished would orphan open prompts."""

from difflib import get_close_matches

from coordinator.core.overlay import Living
from coordinator.core.program import Program
from coordinator.core.stages import UNDECLARED
from coordinator.store.work import Work


def vanished(program: Program, work: Work) -> tuple[str, ...]:
    """One line for each prompt or stage that was asked, is in the program no longer, and not left out on purpose."""
    records: tuple[Living, ...] = (*work.pairings(), *work.matches(), *work.participants())
    asked = {(a.prompt, a.stage) for record in records for a in record.asked.values() if not a.closed}
    prompts = sorted({p for p, s in asked if s not in program.retired} - set(program.prompts) - program.retired)
    stages = sorted({s for _, s in asked if s} - UNDECLARED - {s.id for s in program.stages} - program.retired)
    return (
        *(_line(program, "prompt", p, program.prompts) for p in prompts),
        *(_line(program, "stage", s, [s.id for s in program.stages]) for s in stages),
    )


def _line(program: Program, what: str, name: str, known: object) -> str:
    near = get_close_matches(name, list(known), n=1)  # type: ignore[call-overload]
    hint = f" – was it renamed to {near[0]!r}? An id is for good: put the old one back" if near else " – put it back"
    way_out = f'{hint}, or write retired = ["{name}"] into program.toml: then nobody is asked for it any more'
    return f"{program.id}: the {what} {name!r} was asked and is in the program no longer{way_out}"
