"""Gates of searches in an advisor's weekly summary, answered by the numbers of their lines."""

import pytest

from coordinator.core.records import Pairing
from tests.enrolment.office import Office, waived
from tests.enrolment.test_led import with_candidates


def with_summary() -> Office:
    """Adam looks after a pair already, so that there is a summary; candidates for Maya wait for his word."""
    office = with_candidates()
    office.add("Ida", "mentor", consent=True, invited=False)
    office.add("Kai", "mentee", consent=True, invited=False)
    start = office.now.date()
    pairing = Pairing(
        id="p1",
        version=1,
        mentor=office.person("Ida").id,
        mentee=office.person("Kai").id,
        advisors=(office.person("Adam").id,),
        start=start,
        end=start.replace(year=start.year + 1),
        due=office.now,
    )
    adam = office.person("Adam")
    office.stage(pairing)
    office.stage(waived(adam, due=office.now))
    office.wait(12)
    return office


def number(office: Office, words: str) -> int:
    text = " ".join(office.last("Adam", "for Maya Roe?").parent.text.split())
    assert words in text, text
    return int(text.split(words)[0].rsplit(". ", 1)[0].rsplit(" ", 1)[-1])


@pytest.mark.req("AMIA-10", "AMIA-21")
def test_a_candidate_is_approved_and_another_declined_by_the_lines_of_the_summary():
    office = with_summary()
    one, other = number(office, "Mona Roe for Maya Roe?"), number(office, "Nora Roe for Maya Roe?")
    office.reply(office.last("Adam", "for Maya Roe?"), f"{other} decline because they know each other\n{one} approve")
    search = office.match_of("Maya")
    states = {c.mentor: (c.state, c.why) for c in search.candidates}
    assert states[office.person("Mona").id][0] == "asked"
    assert states[office.person("Nora").id][0] == "refused"
    assert "know each other" in states[office.person("Nora").id][1]
