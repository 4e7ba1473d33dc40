"""What a volunteer may get wrong in a program, and what they are told."""

import re
from pathlib import Path

import pytest

from tests.programs.some import LETTER, PROGRAM, mistakes

STAGE = '\n[[stages]]\nid = "extra"\nkind = "letter"\nprompt = "extra"\naudience = ["mentee"]\n'


def program(lines: str) -> dict[str, str]:
    return {"mine/program.toml": PROGRAM + lines}


def stage(lines: str) -> dict[str, str]:
    return {"mine/program.toml": PROGRAM + STAGE + lines, "mine/extra.md": LETTER}


def letter(before: str, after: str) -> dict[str, str]:
    assert before in LETTER
    return {"mine/extra.md": LETTER.replace(before, after)}


def body(text: str) -> dict[str, str]:
    return letter("Dear {{ me.first_name }}", text)


def field(lines: str) -> dict[str, str]:
    return letter('ask = "Did you meet?"', f'ask = "Did you meet?"\n{lines}')


def spanish(text: str) -> dict[str, str]:
    return {"mine/extra.md": LETTER, "mine/es/extra.md": text}


PLACE = "templates/mine/program.toml:3: "
FIELD = "templates/mine/extra.md:10: "

SHAPE = re.compile(r"templates/\S+?(:\d+)?: .+")
TABLE = [
    (program('wheather = "6"'), PLACE + 'no setting "wheather" – there is: '),
    (program("month = 6"), PLACE + 'no setting "month" – did you mean "months"?'),
    (program('months = "six"'), PLACE + "'six' is no whole number – 1 to 60"),
    (program('every = "month"'), PLACE + "'month' cannot be read – write it like \"1 month\""),
    (program('rhythm = "every full moon"'), PLACE + "'every full moon' cannot be read – write it like"),
    (program("minutes = 20"), PLACE + "a meeting is shorter than the shortest"),
    ({"mine/program.toml": 'extends = "base"\ntitle = 7\n'}, "templates/mine/program.toml:2: not a text"),
    (program("[budget]\nmentees = [1, 2]"), 'program.toml:4: no role "mentees" – did you mean "mentee"?'),
    (program("[budget]\nmentee = 7"), "program.toml:4: a budget is two numbers"),
    (program("[[stages]\nid = 1"), "templates/mine/program.toml:3: not TOML: "),
    (program('without = ["gaps"]'), PLACE + 'no stage "gaps" – did you mean "gap"?'),
    ({"mine/program.toml": 'extends = "bsae"\n'}, 'program.toml:1: no program "bsae" – did you mean "base"?'),
    ({"mine/program.toml": 'extends = "mine"\n'}, 'program.toml:1: the program "mine" rests on itself'),
    (program('[[stages]]\nkind = "letter"'), PLACE + "a stage without an id"),
    (stage('knd = "x"'), 'program.toml:9: no stage setting "knd" – did you mean "kind"?'),
    (stage('agenda = "agenda"'), 'program.toml:9: no stage setting "agenda"'),
    (stage('opens = "after a week"'), "program.toml:9: 'after a week' is no time to open – write it like"),
    (stage('nudges = ["soon"]'), "program.toml:9: 'soon' is no length of time – write it like \"3 days\""),
    (stage('nudges = ["5 days", "3 days"]'), "program.toml:9: each reminder must come later than the one before"),
    (stage('after = "debriefs"'), 'program.toml:9: no stage "debriefs"'),
    (stage(STAGE), 'program.toml:11: two stages have the id "extra"'),
    (program('[[stages]]\nid = "a"\nkind = "leter"'), 'program.toml:5: no stage kind "leter" – did you mean "letter"?'),
    (program('[[stages]]\nid = "a"\nkind = "gap"'), "program.toml:4: a stage of the kind gap needs prompt"),
    (program('[[stages]]\nid = "a"\nkind = "gap"\nprompt = "no-newz"'), 'program.toml:6: no prompt "no-newz"'),
    (program('[[stages]]\nid = "gap"\naudience = ["menter"]'), 'no role "menter" – did you mean "mentor"?'),
    (
        program('[[stages]]\nid = "meetings"\ndebrief = {mentee = "debreif"}'),
        'program.toml:5: no prompt "debreif" – did you mean "debrief"?',
    ),
    (letter('kind = "yes_no"', 'kind = "chioce"'), 'extra.md:8: no field kind "chioce" – did you mean "choice"?'),
    (field('visibilty = "pair"'), FIELD + 'no field setting "visibilty" – did you mean "visibility"?'),
    (field('visibility = "friends"'), FIELD + 'no visibility "friends" – there is: advisor, pair, private, program'),
    (field('fills = "meting_met"'), FIELD + 'no fact "meting_met" – did you mean "meeting_met"?'),
    (field('optional = "yes"'), FIELD + "'yes' is neither true nor false"),
    (field('options = ["a"]'), 'extra.md:6: field "met": '),
    (field('needs = "money"'), FIELD + 'no setting a field may need "money"'),
    (letter('kind = "yes_no"\n', ""), "extra.md:6: a field without kind"),
    (letter('name = "met"', 'name = "Met it"'), 'extra.md:7: "Met it" is no id – small letters'),
    (field('\n[[fields]]\nname = "met"\nkind = "text"\nask = "Again?"'), 'two fields have the name "met"'),
    (
        letter("+++\nDear", "".join(f'[[fields]]\nname = "f{n}"\nkind = "text"\nask = "?"\n' for n in range(5)) + "+++\nDear"),
        "extra.md:26: 6 questions in one letter – 5 at most",
    ),
    (letter('id = "extra"\n', ""), "extra.md:1: a letter without id"),
    (letter('id = "extra"', 'id = "debrief"'), 'extra.md:2: the id "debrief" is that of templates/base/debrief.md – name the file debrief.md'),
    (letter('subject = "Hello"', 'subjet = "Hello"'), 'extra.md:3: no setting "subjet" – did you mean "subject"?'),
    (letter('subject = "Hello"', 'subject = "Hello {{ name }}"'), 'extra.md:3: no name "name"'),
    (letter('subject = "Hello"', 'subject = Hello'), "extra.md:3: not TOML"),
    (letter("+++\nid", "id"), "extra.md:1: no TOML between two +++ lines"),
    (letter("Dear {{ me.first_name }}\n\n{{ questions }}\n", ""), "a letter without text"),
    (body("{{ partner.frist_name }}"), 'extra.md:11: no name "partner.frist_name" – did you mean "first_name"?'),
    (body("\n\n{{ patner.first_name }}"), 'extra.md:13: no name "patner" – did you mean "partner"?'),
    (body("{{ me.notes_confidential }}"), 'extra.md:11: no name "me.notes_confidential"'),
    (body("{% if me.role %}"), "extra.md:"),
    (body("{{ me.first_name"), "not a template"),
    (body("{% for goal in goals %}{{ goal.txet }}{% endfor %}"), 'no name "goal.txet" – did you mean "text"?'),
    (body("{% for x in me.role %}{% endfor %}{% for y in first %}{% endfor %}"), '"first" is no list'),
    (body("{{ meeting.when }}"), '"meeting" may hold nothing here – put it between {% if meeting %} and {% endif %}'),
    (body("{% if meeting %}x{% else %}{{ meeting.when }}{% endif %}"), '"meeting" may hold nothing here'),
    (body("{{ me.first_name | uper }}"), 'no filter "uper" – did you mean "upper"?'),
    (body("{{ me.first_name.__class__ }}"), "extra.md:11: "),
    (body("{{ range(9) }}"), "call has no place in a letter – names, if and for are all there is"),
    (body("{% set a = 1 %}"), "assign has no place in a letter"),
    (body("{% include 'x' %}"), "include has no place in a letter"),
    (body("{{ 'a' * 999 }}"), "mul has no place in a letter"),
    (body("{% macro a() %}{% endmacro %}"), "macro has no place in a letter"),
    (
        body("{% for a in goals %}{% for b in goals %}{% for c in goals %}{% endfor %}{% endfor %}{% endfor %}"),
        "loops inside loops inside loops",
    ),
    (body("[here](https://{{ me.name }})"), "extra.md:11: a link to a value"),
    (letter("Did you meet?", "Did you meet {{ partner.nick }}?"), 'extra.md:9: no name "partner.nick"'),
    (
        {**stage('nudges = ["3 days"]'), **letter('silence = "If I hear nothing, nothing changes."\n', "")},
        'extra.md: the stage "extra" reminds, but this letter does not say what silence means',
    ),
    ({"mine/es/extra.md": LETTER}, 'templates/mine/es/extra.md: a letter in "es" that there is not in English'),
    (spanish('+++\nid = "extras"\n+++\nHola'), 'es/extra.md:2: the id is "extras" here and "extra" in English'),
    (spanish('+++\n[[fields]]\nname = "mett"\n+++\nHola'), 'es/extra.md:2: no field "mett" – did you mean "met"?'),
    (spanish('+++\n[[fields]]\nname = "met"\nkind = "text"\n+++\nHola'), "es/extra.md:4: kind is 'text' here and"),
    (spanish("+++\n+++\nHola {{ nombre }}"), 'es/extra.md:3: no name "nombre"'),
    ({"mine/layout.md": '+++\nyess = "y"\n+++\n'}, 'layout.md:2: no text of the layout "yess" – did you mean "yes"?'),
    ({"mine/layout.md": "+++\n+++\nHello\n"}, "layout.md:3: no {{ letter }}"),
    ({"mine/layout.html": "<p>{{ body }}</p>"}, "layout.html: no {{ footer }}"),
    ({"words/es.toml": "a = [1"}, "templates/words/es.toml:1: not TOML"),
    ({"words/spanish.toml": "a = 1"}, "templates/words/spanish.toml: not named after a language"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), TABLE, ids=[str(number) for number in range(len(TABLE))])
def test_each_mistake_is_told_with_its_place_and_a_way_out(
    tmp_path: Path, files: dict[str, str], expected: str
) -> None:
    found = mistakes(tmp_path, files)
    assert any(expected in problem for problem in found), "\n".join(found) or "nothing was found"
    assert all(SHAPE.fullmatch(problem) for problem in found), found


def test_the_sound_letter_that_the_table_spoils_is_sound(tmp_path: Path) -> None:
    assert mistakes(tmp_path, stage('nudges = ["3 days"]\nopens = "end - 2 weeks"')) == ()


def test_all_mistakes_are_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    files = {
        "mine/program.toml": PROGRAM + 'month = 6\nminutes = "x"\n',
        "mine/extra.md": LETTER.replace("yes_no", "yesno").replace("me.first_name", "me.nick"),
    }
    found = mistakes(tmp_path, files)
    assert [problem.split(": ")[0] for problem in found] == [
        "templates/mine/extra.md:8",
        "templates/mine/extra.md:11",
        "templates/mine/program.toml:3",
        "templates/mine/program.toml:4",
    ]


def test_a_program_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (problem,) = mistakes(tmp_path, {}, name="six-months")
    assert problem == 'templates/six-months: no program "six-months" – did you mean "six-month"?'


@pytest.mark.parametrize("name", ["../base", "Base", "", "words", "a/b"])
def test_a_name_that_is_no_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    assert mistakes(tmp_path, {}, name=name)


def test_a_program_without_base_is_told_what_it_lacks(tmp_path: Path) -> None:
    found = mistakes(tmp_path, {"mine/program.toml": 'title = "Mine"\n'})
    assert any(
        "no letter alert, answered, asked, call-" in problem and 'extends = "base"' in problem for problem in found
    )
    assert any("layout.html: there is none" in problem for problem in found)


def test_a_file_that_everybody_may_write_is_refused(tmp_path: Path) -> None:
    from tests.programs.some import written

    own = written(tmp_path, {"mine/extra.md": LETTER})
    (own / "mine/extra.md").chmod(0o666)
    assert mistakes_in(own) == (
        "templates/mine/extra.md: everybody on this machine may write this file – chmod o-w, or let its owner read it",
    )


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    from tests.programs.some import written

    own = written(tmp_path, {})
    (own / "mine/extra.md").write_bytes(LETTER.replace("Dear", "Estim\xe9").encode("latin-1"))
    assert mistakes_in(own) == ("templates/mine/extra.md: not UTF-8 – save it as UTF-8",)


def mistakes_in(own: Path) -> tuple[str, ...]:
    from coordinator import programs
    from coordinator.errors import ConfigurationError

    with pytest.raises(ConfigurationError) as caught:
        programs.load("mine", own=own)
    return caught.value.problems
