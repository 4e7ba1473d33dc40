"""Stop, pause, resume and help in seven languages, and the sentences that only sound like them."""

import pytest

from coordinator.core.commands import commands
from coordinator.core.program import Field
from coordinator.core.reading import Value
from coordinator.core.records import Question
from coordinator.simulate.shapes import CLIENTS, reply
from tests.core_answers.asked import context, cut
from tests.replies.letters_sent import letter, read_reply
from tests.replies.test_letters_between import ADA, NOW

SAID: dict[str, dict[str, str]] = {
    "stop": {
        "en": "STOP|Stop please|unsubscribe|please stop",
        "de": "STOP|Bitte stopp|abmelden|Ich möchte aufhören",
        "es": "STOP|baja|parar|no más correos",
        "fr": "STOP|arrêter|désabonner|je veux arrêter",
        "pt": "PARAR|STOP|cancelar inscrição|sair",
        "it": "STOP|basta|disiscrivimi|voglio smettere",
        "nl": "STOP|stoppen|afmelden|uitschrijven",
    },
    "pause": {
        "en": "PAUSE|pause until 1 June|Pause for two weeks|I need a break|on holiday until 1 June",
        "de": "PAUSE|Pause bis 1. Juni|im Urlaub bis 1. Juni",
        "es": "PAUSA|pausa hasta el 1 de junio",
        "fr": "PAUSE|pause jusqu'au 1er juin",
        "pt": "PAUSA|pausa até 1 de junho",
        "it": "PAUSA|pausa fino al 1 giugno",
        "nl": "PAUZE|pauze tot 1 juni",
    },
    "resume": {
        "en": "RESUME|I'm back|continue",
        "de": "WEITER|bin wieder da",
        "es": "REANUDAR|he vuelto",
        "fr": "REPRENDRE|je suis de retour",
        "pt": "RETOMAR|estou de volta",
        "it": "RIPRENDERE|sono tornata",
        "nl": "HERVATTEN|ik ben terug",
    },
    "help": {
        "en": "HELP|I need help|Help!",
        "de": "HILFE|Ich brauche Hilfe",
        "es": "AYUDA|necesito ayuda",
        "fr": "AIDE|J'ai besoin d'aide",
        "pt": "AJUDA|preciso de ajuda",
        "it": "AIUTO|ho bisogno di aiuto",
        "nl": "HELP|HULP|ik heb hulp nodig",
    },
}

FALSE_FRIENDS: dict[str, str] = {
    "en": "I had to stop for a while|The stop was near|we stopped early|He could not stop talking|my pause was long|we paused for coffee|Her help was great|it helped|no help needed|I will continue with the book|Could you help me with my CV?|stop sign|Don't stop writing|non-stop|we took a break",
    "de": "Ich musste eine Weile aufhören|Wir haben pausiert|Die Hilfe war gut|Wir machen weiter so|Es ging ohne Pause|Er hat mir geholfen|stoppte kurz",
    "es": "Tuve que parar un tiempo|La ayuda fue buena|hicimos una pausa|Me ayudó mucho|seguimos así",
    "fr": "J'ai dû arrêter un moment|Son aide était précieuse|nous avons fait une pause|il m'a aidé|on continue comme ça",
    "pt": "Tive que parar um tempo|A ajuda foi ótima|fizemos uma pausa|ela me ajudou",
    "it": "Ho dovuto smettere per un po'|L'aiuto è stato utile|abbiamo fatto una pausa|mi ha aiutato",
    "nl": "Ik moest even stoppen|De hulp was fijn|we namen pauze|ze heeft me geholpen",
}

ROWS = [(name, lang, text) for name, by in SAID.items() for lang, texts in by.items() for text in texts.split("|")]


def _named(text: str, language: str) -> list[str]:
    return [command.name for command in commands(cut(text), "", context(language)) if command.name in SAID]


@pytest.mark.parametrize(("name", "language", "text"), ROWS)
def test_a_command_is_heard_in_every_language(name: str, language: str, text: str) -> None:
    assert _named(text, language) == [name]


@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang, ts in FALSE_FRIENDS.items() for t in ts.split("|")])
def test_a_sentence_that_sounds_like_a_command_is_none(language: str, text: str) -> None:
    assert _named(text, language) == []


@pytest.mark.parametrize("style", ["top", "bottom", "inline", "unmarked", "same_line", "html_top", "html_inline"])
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_the_quoted_footer_stops_nobody(client: str, style: str) -> None:
    to = letter("debrief")
    assert "Answer STOP" in " ".join(to.draft.text.split())
    reading = read_reply(reply(to.draft.raw, {1: "yes"}, client=client, style=style, sender=ADA, now=NOW), to, "en")
    assert reading.kind == "reply"
    assert reading.commands == ()


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_stop_above_a_quotation_is_heard_from_every_client(client: str) -> None:
    to = letter("debrief")
    reading = read_reply(reply(to.draft.raw, "STOP", client=client, style="top", sender=ADA, now=NOW), to, "en")
    assert (reading.kind, [command.name for command in reading.commands]) == ("stop", ["stop"])
    assert dict(reading.answers) == {}


def test_help_with_something_is_a_topic_under_a_question_and_a_call_elsewhere() -> None:
    to = letter("goals")
    under = reply(to.draft.raw, {2: "help with my CV"}, client="gmail_web", style="inline", sender=ADA, now=NOW)
    above = reply(to.draft.raw, "help with my mentor", client="gmail_web", style="top", sender=ADA, now=NOW)
    topic, call = read_reply(under, to, "en"), read_reply(above, to, "en")
    assert (topic.kind, topic.commands) == ("reply", ())
    assert [found.value for found in topic.answers.values() if isinstance(found, Value)] == ["help with my CV"]
    assert call.kind == "help"


@pytest.mark.parametrize(
    ("line", "day"),
    [("until 30 Nov", "2026-11-30"), ("until: 30 Nov", "2026-11-30"), ("until: 30 Jan", "2027-01-30")],
)
def test_an_end_without_a_year_is_the_next_such_day(line: str, day: str) -> None:
    """Read in April 2026."""
    (said,) = commands(cut(line), "", context())
    assert said.args == {"clause": "until", "value": day}


def asked_how_long() -> tuple[Question, ...]:
    field = Field(name="months", kind="number", ask="How many months would you give it?", fills="months", optional=True)
    return (Question(number=1, pairing="p1", prompt="rules", key="p1/rules/mentor", field=field),)


@pytest.mark.req("ACHE-35", "AAHA-33")
@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("until: 4 months", "4 months"),
        ("until 4 months", "4 months"),
        ("for four months", "4 months"),
        ("until 30 Nov", "2026-11-30"),
        ("durante cuatro meses", "4 months"),
        ("end date: 30 Nov", "2026-11-30"),
    ],
)
def test_how_long_it_is_to_be_may_be_said_in_a_line_of_its_own(line: str, value: str) -> None:
    (said,) = commands(cut(line), "", context(), asked_how_long())
    assert said.args == {"clause": "until", "value": value}


def test_some_months_that_nobody_asked_about_change_no_end() -> None:
    assert commands(cut("for four months"), "", context()) == ()
    assert commands(cut("for four months I was away"), "", context(), asked_how_long()) == ()
