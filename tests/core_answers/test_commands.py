"""What people say outside the questions, in seven languages."""

from typing import Any

import pytest

from coordinator.core.answers import answers
from coordinator.core.commands import command_lines, commands
from coordinator.core.commands_terms import every_of
from coordinator.core.reading import Value
from tests.core_answers.asked import GOALS, MET, context, cut, question

MET_QUESTION = question("yes_no", name="met", ask=MET["en"])
ALONE: dict[str, dict[str, str]] = {
    "stop": {
        "en": "stop|STOP|Stop.|stop!|please stop|Stop please|unsubscribe|opt out|remove me",
        "de": "stop|stopp|abmelden|bitte abmelden|keine Mails mehr|aufhören",
        "es": "stop|parar|darme de baja|quiero dejar el programa|no más correos",
        "fr": "stop|arrêter|se désabonner|je veux arrêter|désinscription",
        "pt": "stop|parar|quero sair do programa|pare",
        "it": "stop|basta|voglio uscire|disiscrizione",
        "nl": "stop|stoppen|uitschrijven|ik wil stoppen|afmelden",
    },
    "pause": {
        "en": "pause|PAUSE|pause please|please pause|I need a break",
        "de": "pause|bitte Pause|ich brauche eine Pause",
        "es": "pausa|necesito una pausa",
        "fr": "pause|j'ai besoin d'une pause",
        "pt": "pausa|preciso de uma pausa",
        "it": "pausa|ho bisogno di una pausa",
        "nl": "pauze|even pauze",
    },
    "resume": {
        "en": "resume|RESUME|I'm back|start again|unpause|continue",
        "de": "weiter|ich bin wieder da|fortsetzen|resume",
        "es": "reanudar|ya he vuelto|resume",
        "fr": "reprendre|je suis de retour|resume",
        "pt": "retomar|voltei|resume",
        "it": "riprendere|sono tornato|resume",
        "nl": "hervatten|ik ben terug|resume",
    },
    "help": {
        "en": "help|HELP|Help!|help please|I need help|Help: I am stuck|help I do not know what to do|HELP ME",
        "de": "Hilfe|hilfe!|ich brauche Hilfe|Hilfe: was nun|help",
        "es": "ayuda|¡Ayuda!|necesito ayuda|ayuda: no sé qué hacer|help",
        "fr": "aide|à l'aide|au secours|j'ai besoin d'aide|help",
        "pt": "ajuda|socorro|preciso de ajuda|help",
        "it": "aiuto|ho bisogno di aiuto|aiuto: non so|help",
        "nl": "help|hulp|ik heb hulp nodig|help: ik zit vast",
    },
}
NO_COMMAND = (
    "I called Mona|Mona called off Tuesday|I called the office for 10 min|I had to stop for a while|we stopped|stop it|The help was great|could you help with my CV|helpful session|She helped me|pausing is good|We paused twice|Don't stop|yes|no|45|G1 done?|I will resume my studies|please call me|Stop? Never!|email|video|called off|"
    "we should meet weekly to talk about it|the place was nice|I agree with her on most things|not ok with that at all|every week she cancels|my goal is to stop worrying|length of the talk was fine|2 people|it helps|we have a rhythm|fix it|1|order pizza"
)
SAID: list[tuple[str, str, str, dict[str, Any]]] = [
    ("en", "pause until 5 January", "pause", {"until": "2027-01-05"}), ("en", "pause for 2 weeks", "pause", {"until": "2026-04-24"}), ("en", "pause until further notice", "pause", {"until": None, "unclear": "further notice"}), ("en", "on holiday until Monday", "pause", {"until": "2026-04-13"}), ("en", "Pause me until May 1st please", "pause", {"until": "2026-05-01"}),
    ("de", "Pause bis 5. Januar", "pause", {"until": "2027-01-05"}), ("de", "Pause für zwei Wochen", "pause", {"until": "2026-04-24"}), ("de", "im Urlaub bis zum 1. Mai", "pause", {"until": "2026-05-01"}), ("es", "pausa hasta el 5 de enero", "pause", {"until": "2027-01-05"}), ("fr", "pause jusqu'au 5 janvier", "pause", {"until": "2027-01-05"}), ("pt", "pausa até 5 de janeiro", "pause", {"until": "2027-01-05"}), ("it", "pausa fino al 5 gennaio", "pause", {"until": "2027-01-05"}), ("nl", "pauze tot 5 januari", "pause", {"until": "2027-01-05"}),
    ("en", "fix 2: no", "fix", {"number": 2, "text": "no"}), ("en", "Fix 2 45 min", "fix", {"number": 2, "text": "45 min"}), ("en", "fix 3: G1 7, G2 done", "fix", {"number": 3, "text": "G1 7, G2 done"}), ("en", "correction 2: yes", "fix", {"number": 2, "text": "yes"}), ("de", "Korrektur 2: 30 Minuten", "fix", {"number": 2, "text": "30 Minuten"}), ("es", "corregir 2: no", "fix", {"number": 2, "text": "no"}), ("fr", "corriger 2 : non", "fix", {"number": 2, "text": "non"}), ("nl", "fix 2: nee", "fix", {"number": 2, "text": "nee"}), ("it", "correggi 2: no", "fix", {"number": 2, "text": "no"}), ("pt", "corrigir 2: não", "fix", {"number": 2, "text": "não"}),
    ("en", "G1 done", "goal_done", {"number": 1}), ("en", "G1 is done!", "goal_done", {"number": 1}), ("en", "goal 2: finished ✅", "goal_done", {"number": 2}), ("de", "Ziel 1 erledigt", "goal_done", {"number": 1}), ("es", "G1 hecho", "goal_done", {"number": 1}), ("fr", "G1 terminé", "goal_done", {"number": 1}), ("pt", "meta 1 concluída", "goal_done", {"number": 1}), ("it", "G1 raggiunto", "goal_done", {"number": 1}), ("nl", "doel 1 klaar", "goal_done", {"number": 1}),
    ("en", "drop G1", "goal_drop", {"number": 1}), ("en", "please drop goal 1", "goal_drop", {"number": 1}), ("en", "G1: drop", "goal_drop", {"number": 1}), ("de", "G1 streichen", "goal_drop", {"number": 1}), ("es", "eliminar G1", "goal_drop", {"number": 1}), ("fr", "supprimer G1", "goal_drop", {"number": 1}), ("nl", "schrap G1", "goal_drop", {"number": 1}),
    ("en", "G2: change to pass CHESP by Oct", "goal_change", {"number": 2, "text": "pass CHESP by Oct"}), ("en", "change G2 to speak in public", "goal_change", {"number": 2, "text": "speak in public"}), ("de", "G2: ändern in Vortrag halten", "goal_change", {"number": 2, "text": "Vortrag halten"}), ("es", "G2: cambiar a hablar en público", "goal_change", {"number": 2, "text": "hablar en público"}), ("fr", "G2 : remplacer par parler en public", "goal_change", {"number": 2, "text": "parler en public"}),
    ("en", "order: G3 G1 G2", "goal_order", {"numbers": [3, 1, 2]}), ("en", "priority: G2, G1", "goal_order", {"numbers": [2, 1]}), ("en", "new goal: learn Excel", "goal_add", {"text": "learn Excel"}), ("de", "neues Ziel: Excel lernen", "goal_add", {"text": "Excel lernen"}),
    ("en", "called 10 min", "contact", {"kind": "call", "minutes": 10, "day": None}), ("en", "we also spoke Tuesday 20 min", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-07"}), ("en", "we also spoke Friday 20 min", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-10"}), ("en", "We emailed twice", "contact", {"kind": "email", "minutes": None, "day": None}), ("en", "I called Mona for 10 min", "contact", {"kind": "call", "minutes": 10, "day": None}), ("en", "Mona Ek and I spoke on the phone yesterday, 10 minutes", "contact", {"kind": "call", "minutes": 10, "day": "2026-04-09"}), ("de", "Ich habe gestern mit Mona telefoniert, 20 Minuten", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}), ("en", "texted yesterday", "contact", {"kind": "text", "minutes": None, "day": "2026-04-09"}), ("en", "we spoke on Tuesday, 20 min", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-07"}), ("en", "had coffee with my mentor yesterday", "contact", {"kind": "meeting", "minutes": None, "day": "2026-04-09"}),
    ("de", "wir haben auch am Dienstag telefoniert, 20 min", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-07"}), ("es", "también hablamos ayer 20 minutos", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}), ("fr", "nous avons aussi parlé hier 20 minutes", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}), ("nl", "we hebben ook gisteren gebeld, 20 min", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}), ("it", "ci siamo anche sentiti ieri 20 minuti", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}), ("pt", "também falamos ontem 20 minutos", "contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"}),
    ("en", "length: 45", "minutes", {"minutes": 45}), ("en", "Length: 1 hour", "minutes", {"minutes": 60}), ("de", "Dauer: 60 Minuten", "minutes", {"minutes": 60}), ("en", "cadence: every 2 weeks", "every", {"every": "2 weeks"}), ("en", "every two weeks", "every", {"every": "2 weeks"}), ("en", "monthly", "every", {"every": "1 month"}), ("de", "alle zwei Wochen", "every", {"every": "2 weeks"}), ("fr", "toutes les deux semaines", "every", {"every": "2 weeks"}), ("es", "cada dos semanas", "every", {"every": "2 weeks"}),
    ("en", "first Tuesday 12:00", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("en", "second Thursday of the month at 3pm", "rhythm", {"rhythm": "2nd thursday 15:00"}), ("en", "rhythm: last Friday at noon", "rhythm", {"rhythm": "last friday 12:00"}), ("de", "erster Dienstag im Monat 12 Uhr", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("es", "primer martes 12:00", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("fr", "premier mardi à 12h", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("nl", "eerste dinsdag 12:00", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("it", "primo martedì alle 12", "rhythm", {"rhythm": "1st tuesday 12:00"}), ("pt", "primeira terça às 12h", "rhythm", {"rhythm": "1st tuesday 12:00"}),
    ("en", "place: café Roma", "place", {"place": "café Roma"}), ("de", "Ort: Kantine", "place", {"place": "Kantine"}), ("en", "methods: phone, email", "methods", {"methods": ["phone", "email"]}), ("de", "Kontaktwege: Telefon und Video", "methods", {"methods": ["phone", "video"]}), ("en", "methods: Zoom, carrier pigeon", "methods", {"methods": ["video", "carrier pigeon"]}),
    ("en", "connected", "connected", {}), ("de", "verbunden", "connected", {}), ("en", "ok", "agree", {}), ("en", "I agree", "agree", {}), ("de", "einverstanden", "agree", {}), ("en", "disagree", "disagree", {}), ("fr", "pas d'accord", "disagree", {}), ("en", "2 private", "visibility", {"number": 2, "visibility": "private"}), ("en", "keep 2 private", "visibility", {"number": 2, "visibility": "private"}), ("en", "3: advisor", "visibility", {"number": 3, "visibility": "advisor"}), ("de", "2 privat", "visibility", {"number": 2, "visibility": "private"}),
]  # fmt: skip


def _told(text: str, language: str = "en", subject: str = "", questions: Any = ()) -> list[tuple[str, dict[str, Any]]]:
    return [(each.name, dict(each.args)) for each in commands(cut(text), subject, context(language), questions)]


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [(n, lang, t) for n, table in ALONE.items() for lang, texts in table.items() for t in texts.split("|")],
)
def test_stop_pause_resume_and_help_stand_alone(name: str, language: str, text: str) -> None:
    assert [each for each, _ in _told(text, language)] == [name]


@pytest.mark.parametrize("text", NO_COMMAND.split("|"))
def test_running_prose_is_no_command(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(("language", "text", "name", "args"), SAID)
@pytest.mark.req("AHE-10", "AHE-12", "AHE-13", "AHE-14", "AHE-15", "AHE-21", "AHE-26")
def test_a_command_and_what_it_carries(language: str, text: str, name: str, args: dict[str, Any]) -> None:
    assert _told(text, language) == [(name, args)]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("STOP", "stop"),
        ("Re: stop", "stop"),
        ("AW: Re: Hilfe", "help"),
        ("help", "help"),
        ("Re: pause until 5 Jan", "pause"),
        ("SV: resume", "resume"),
    ],
)
def test_a_subject_may_be_a_command(subject: str, name: str) -> None:
    assert [each for each, _ in _told("", subject=subject)] == [name]
    assert _told("", subject="Re: Did you meet Grace? Please help us improve") == []


def test_help_in_the_middle_of_a_wrapped_sentence_is_no_cry_for_help() -> None:
    assert _told("I would be glad if somebody in the program could give me some\nhelp with my CV before June.") == []
    assert [n for n, _ in _told("Yes, we met.\nhelp with my CV please")] == ["help"]


def test_a_line_that_is_a_command_answers_nothing() -> None:
    lines = [
        "yes",
        "stop",
        "fix 2: a long correction that had to be wrapped by the mail program because",
        "it was longer than a line",
        "",
        "help with my CV",
    ]
    assert command_lines(lines, context()) == frozenset({1, 2, 3})
    told = commands(cut("\n".join(lines)), "", context())
    assert told[1].args["text"].endswith("because it was longer than a line")
    assert answers(cut("stop"), [question("text", ask="What helped?")], context()) == {}


def test_what_a_question_asks_is_left_to_its_answer() -> None:
    goals = question("goals", 1, goals=GOALS)
    assert _told("G1 done", questions=(goals,)) == []
    assert isinstance(answers(cut("G1 done"), [goals], context())[1], Value)
    assert _told("ok", questions=(MET_QUESTION,)) == []
    assert _told("We met Tuesday for 45 min", questions=(MET_QUESTION,)) == []
    assert _told("we also spoke Thursday 20 min", questions=(MET_QUESTION,)) == [
        ("contact", {"kind": "call", "minutes": 20, "day": "2026-04-09"})
    ]
    rhythm = question("text", 3, name="when", fills="rhythm", ask="Is there a day that suits?")
    assert _told("first Tuesday 12:00", questions=(rhythm,)) == []
    assert _told("place: café", questions=(question("text", 2, name="place"),)) == []


def test_a_cadence_can_be_read_from_an_answer_too() -> None:
    assert every_of("every other week", context()) == "2 weeks"
    assert every_of("when we feel like it", context()) is None


@pytest.mark.req("AHE-13")
def test_a_contact_also_answers_whether_there_was_one() -> None:
    asked = (question("yes_no", name="in_touch", ask="Have you two been in touch, by phone, mail or any other way?"),)
    line = "we spoke on Tuesday, 20 min"
    assert _told(line, questions=asked) == [("contact", {"kind": "call", "minutes": 20, "day": "2026-04-07"})]
    found = answers(cut(line), asked, context())[1]
    assert isinstance(found, Value)
    assert found.value is True
