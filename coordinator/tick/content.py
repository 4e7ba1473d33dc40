"""Everybody and every pairing of a chapter, archived ones too, as the numbers need them."""

from coordinator.core.chapter import Chapter
from coordinator.core.figures import Content
from coordinator.core.program import Program
from coordinator.core.records import Pairing
from coordinator.store import codec
from coordinator.store.work import Work


def content_of(program: Program, chapter: Chapter, work: Work) -> Content:
    """A pairing that a crash left both open and in the archive counts once."""
    pairings = {p.id: p for p in (codec.decode(Pairing, each) for each in work.all_archived("pairings"))}
    pairings |= {p.id: p for p in work.pairings()}
    people = {p.id: p for p in work.participants()}
    return Content(program=program, people=people, pairings=tuple(pairings.values()), zone=chapter.timezone)
