"""Whether two people met, told in a sentence with words in between; plans, failed calls and other people are no meeting."""

import pytest

from tests.core_answers.asked import LANGUAGES, MET, read

TOLD = {
    "en": "Grace and I had our chat on Sunday evening, a good fifty minutes.|Lovely talk with Grace yesterday, 40 minutes that felt like ten.|We had a really good long conversation.",
    "es": "Hablamos el jueves después de mi guardia, unos cuarenta minutos.|Sí que hablamos, una hora.|Hemos charlado un rato.|Tuvimos una larga charla",
    "fr": "Nous avons enfin longuement discuté|On a beaucoup parlé|Belle discussion avec Grace hier, 30 minutes.",
    "de": "Wir haben am Dienstag nach meiner Schicht telefoniert|Gesprochen haben wir uns, 50 Minuten.|Am Dienstag haben wir telefoniert, 20 Minuten.|Ein schönes Gespräch mit Grace gestern",
    "pt": "A gente conversou sim, uns 25 minutos|Conversámos no domingo|Na terça a gente conversou, 25 minutos.",
    "it": "Venerdì ci siamo sentite, 30 minuti.|Bella chiacchierata con Grace ieri|Abbiamo finalmente chiacchierato",
    "nl": "We hebben elkaar woensdag gesproken, drie kwartier.|Woensdag hebben we gebeld, 30 minuten.|We hebben elkaar woensdag na mijn dienst gesproken.",
}
NOT_TOLD = {
    "en": "We had a call planned, 40 minutes.|We had a call in the diary for Friday|We had a talk to prepare at work|Great call with the reminder, thanks.|Great call with Tom from accounting|Good talk with her boss"
    "|Grace and I had our chat postponed.|Great talk with Grace tomorrow, I hope.|We almost had a call.|We had a lovely chat by email.|We had a long talk last year.",
    "es": "Hablamos el jueves que viene, unos cuarenta minutos.|Hablamos mañana, unos 40 minutos.|Nos hemos llamado pero no contestó.|Tuvimos una llamada con su jefa|Tuvimos una llamada programada",
    "fr": "On a parlé avec son chef|Nous avons failli parler|On s'est presque vus.|Nous avons discuté par mail.",
    "de": "Wir haben am Dienstag nicht telefoniert|Wir haben am Dienstag mit ihrer Chefin telefoniert|Wir haben fast telefoniert.|Wir hatten ein Gespräch geplant|Wir haben uns am Dienstag verabredet|Wir haben nach meiner Schicht per Mail gesprochen.",
    "pt": "A gente quase conversou|Conversamos amanhã, uns 30 minutos.|Tivemos uma conversa marcada",
    "it": "Abbiamo parlato con il suo capo|Abbiamo quasi parlato.|Abbiamo avuto una chiamata annullata",
    "nl": "We hebben woensdag met haar baas gesproken|We hebben elkaar bijna gesproken.|We hadden een gesprek gepland",
}


@pytest.mark.req("S-14")
@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in TOLD[lang].split("|")])
def test_a_meeting_that_is_told_in_a_sentence_is_a_yes(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask=MET[language]) is True


@pytest.mark.req("S-14")
@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in NOT_TOLD[lang].split("|")])
def test_a_plan_a_failed_call_or_another_person_is_no_meeting(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask=MET[language]) is not True
