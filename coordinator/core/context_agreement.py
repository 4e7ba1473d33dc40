"""What a letter may say of the agreement: its clauses with their names, both columns, what changed, what is open."""

from collections.abc import Mapping
from typing import Any

from coordinator.core.agreement.clauses import COLUMNS, ROLES, is_goal
from coordinator.core.agreement.differences import contradictions, unsettled
from coordinator.core.agreement.drawn import changes, fingerprint, joint
from coordinator.core.agreement.obeyed import quoted
from coordinator.core.labels import label, phrase, told
from coordinator.core.moments import Moment, Situation
from coordinator.core.proposals import proposal_in
from coordinator.core.records import Answer, Participant, Version
from coordinator.core.said_by import said_by
from coordinator.core.view import view

NOTHING: Mapping[str, Any] = {
    "number": 0,
    "fingerprint": "",
    "signed": False,
    "partner_signed": False,
    "lines": (),
    "changes": (),
    "columns": (),
    "open": (),
    "conflicts": (),
}


def agreement(where: Situation, me: Participant) -> Mapping[str, Any]:
    """The newest version as one of the two may see it; empty for anybody else, and before there is one."""
    pairing = where.pairing
    if pairing.role_of(me.id) not in ROLES:
        return NOTHING
    speak = _Speech(where, me)
    columns = [c for name in COLUMNS if (c := _column(where, me, speak, name))]
    if not pairing.agreement:
        return {**NOTHING, "columns": columns}
    latest = pairing.agreement[-1]
    before = pairing.agreement[-2].clauses if len(pairing.agreement) > 1 else {}
    return {
        "number": latest.number,
        "fingerprint": fingerprint(latest),
        "signed": me.id in latest.signed,
        "partner_signed": pairing.partner_of(me.id) in latest.signed,
        "lines": [speak.line(n, text) for n, text in latest.clauses.items() if "/" not in n],
        "changes": [speak.change(*change) for change in changes(latest.clauses, before)] if before else [],
        "columns": columns,
        "open": [speak.name(n) for n in unsettled(pairing)],
        "conflicts": _conflicts(where, speak, latest),
    }


def _conflicts(where: Situation, speak: "_Speech", latest: Version) -> list[dict[str, str]]:
    text = {**where.pairing.terms, **latest.clauses, "rhythm": where.rhythm.text, "every": where.every}
    pairs = contradictions(where, latest.at)
    return [{"one": speak.whole(a, text.get(a, "")), "other": speak.whole(b, text.get(b, ""))} for a, b in pairs]


def _column(where: Situation, me: Participant, speak: "_Speech", name: str) -> dict[str, str] | None:
    mine = said_by(where, name, me.id)
    theirs = said_by(where, name, where.pairing.partner_of(me.id))
    seen = view(me.id, where.pairing, theirs) if theirs else None
    if mine is None and seen is None:
        return None
    return {"label": speak.name(name), "mine": _plain(mine), "theirs": _plain(seen)}


def _plain(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return ", ".join(map(str, answer.value)) if isinstance(answer.value, list | tuple) else str(answer.value)


def quotes(where: Situation, me: Participant, moment: Moment) -> list[dict[str, str]]:
    """The pair's own clauses that this letter reminds of."""
    if where.pairing.role_of(me.id) not in ROLES:
        return []
    past = [m for m in where.meetings if m.ordinal < moment.ordinal and m.status != "cancelled"]
    missed = moment.kind == "invite" and bool(past) and past[-1].status == "missed"
    speak = _Speech(where, me)
    names = quoted(where.pairing, moment.kind, moment.prompt, missed=missed)
    return [speak.line(name, where.pairing.terms[name]) for name in names]


def proposal(where: Situation, me: Participant, moment: Moment) -> list[str]:
    """What the partner proposed beside what holds so far, as "Length of a meeting: 60 minutes (so far: 45 minutes)"."""
    if moment.stage != "change":
        return []
    name, value = proposal_in(where.pairing, moment.asked or moment.key)
    if not value:
        return []
    speak, before = _Speech(where, me), _so_far(where, name)
    line = speak.whole(name, value)
    return [speak.so_far(line, speak.line(name, before)["text"]) if before else line]


def _so_far(where: Situation, name: str) -> str:
    if is_goal(name):
        return next((g.text for g in where.pairing.goals if f"G{g.number}" == name), "")
    return joint(where).get(name, "")


class _Speech:
    """One reader's language for clauses, with the names of the two in them."""

    def __init__(self, where: Situation, me: Participant) -> None:
        self._program = where.program
        self._language = me.language or where.chapter.language
        self._names = {role: where.person(where.in_role(role)[0]).first_name for role in ROLES}

    def name(self, clause: str) -> str:
        return label(self._program, self._language, clause).format(**self._names)

    def line(self, clause: str, value: str) -> dict[str, str]:
        return {"label": self.name(clause), "text": self.text(clause, value)}

    def whole(self, clause: str, value: str) -> str:
        return f"{self.name(clause)}: {self.text(clause, value)}"

    def text(self, clause: str, value: str) -> str:
        return told(self._program, self._language, clause, value)

    def so_far(self, line: str, before: str) -> str:
        return f"{line} ({phrase(self._program, self._language, 'so_far', value=before)})"

    def change(self, clause: str, before: str, after: str) -> dict[str, str]:
        old = self.text(clause, before) if before else ""
        return {**self.line(clause, after), "before": old}
