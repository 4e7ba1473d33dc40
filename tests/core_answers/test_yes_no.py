"""Yes and no in seven languages, and what must never be taken for either."""

import pytest

from tests.core_answers.asked import LANGUAGES, MET, UNCLEAR, read

YES = {
    "en": "yes|Yes!|YES|y|Y.|yep|yup|yeah|Yes, we did.|yes we did|Yes we met|Absolutely|Absolutely!|definitely|of course|sure|Sure!|indeed|certainly"
    "|👍|👍🏽|✅|✔️|💯|ok|Okay.|OK, thanks|We met on Tuesday.|We did|we met twice|Yes, no problems at all|Yes, it was great|yes - for an hour|Hi, yes we did"
    "|Hello!\n\nYes, we met last week.\n\nBest\nAda|Yes but only for 20 minutes|well, yes|Happy to say yes|Unfortunately yes|I'd say yes|affirmative|correct"
    "|ｙｅｓ|**Yes**|“yes”|- yes|yes :-)|Yes, thanks for asking!|totally|you bet|[x] yes [ ] no|☑ yes ☐ no|we finally met!|ja|oui|Sí",
    "de": "Ja|ja!|Ja, haben wir.|ja klar|Klar!|natürlich|auf jeden Fall|Ja, wir haben uns getroffen.|Wir haben uns am Dienstag getroffen|doch|Jawohl|ja, gerne|genau|👍|ja aber nur kurz|Hallo, ja|jep|selbstverständlich|Ja, es war super|in Ordnung|passt|yes",
    "es": "Sí|si|sí!|Sí, nos vimos.|si nos vimos|Sí, claro|claro|claro que sí|por supuesto|Nos reunimos el martes|desde luego|👍|sí pero poco tiempo|Hola, sí|vale|efectivamente|Sí, fue genial|sip|yes",
    "fr": "Oui|oui !|Oui, nous nous sommes vus.|bien sûr|Bien sûr !|tout à fait|absolument|On s'est vus mardi|ouais|👍|Oui mais pas longtemps|Bonjour, oui|d'accord|en effet|oui, c'était super|ok|Nous avons parlé mardi|yes",
    "pt": "Sim|sim!|Sim, nos encontramos.|claro|Claro que sim|com certeza|sem dúvida|Nos encontramos na terça|👍|sim, mas pouco tempo|Olá, sim|exatamente|Sim, foi ótimo|isso mesmo|ok|concordo|yes",
    "it": "Sì|si|sì!|Sì, ci siamo visti.|certo|Certo che sì|certamente|sicuramente|Ci siamo visti martedì|👍|Ciao, sì|esatto|va bene|d'accordo|Sì, è andata bene|volentieri|yes",
    "nl": "Ja|ja!|Ja, we hebben elkaar gezien.|zeker|Natuurlijk|jazeker|absoluut|We hebben elkaar dinsdag gesproken|👍|ja, maar kort|Hallo, ja|inderdaad|klopt|prima|Ja, het was fijn|graag|yes",
}
NO = {
    "en": "no|No.|NO|n|nope|nah|No, sorry|no we didn't|No, we did not.|not yet|Not yet!|not really|Not this month|Unfortunately not|unfortunately no|never|👎|❌|No thanks|We haven't met yet"
    "|We had to cancel|we couldn't make it, she was ill and we had to reschedule|I'm afraid not|sadly no|no, but we will next week|absolutely not|of course not|Of course not!|definitely not|no luck this time"
    "|didn't happen|no not yet|Hi, no, not this time.|certainly not|No :(|nein|non|we did not meet|sorry, no|no unfortunately she was ill|“No”|still no|no time this month",
    "de": "Nein|nein!|Nein, leider nicht.|noch nicht|leider nein|Leider nicht|nö|nee|Nein, wir haben es nicht geschafft|auf keinen Fall|diesmal nicht|👎|natürlich nicht|Wir haben uns nicht getroffen|Das Treffen ist ausgefallen|überhaupt nicht|no",
    "es": "No|no.|No, no pudimos.|todavía no|aún no|No, lo siento|lamentablemente no|No nos vimos|nunca|👎|claro que no|este mes no|no pudimos|para nada|Se canceló|no gracias",
    "fr": "Non|non.|Non, pas encore.|pas encore|malheureusement non|Non, désolé|On ne s'est pas vus|jamais|👎|bien sûr que non|pas du tout|Nous n'avons pas pu|pas ce mois-ci|toujours pas|non merci",
    "pt": "Não|nao|Não, infelizmente.|ainda não|infelizmente não|Não nos encontramos|nunca|👎|claro que não|este mês não|não conseguimos|de jeito nenhum|Foi cancelado|não, desculpe",
    "it": "No|no.|No, purtroppo no.|non ancora|purtroppo no|Non ci siamo visti|mai|👎|certo che no|questo mese no|per niente|No, mi dispiace|ancora no|È stato annullato|no grazie",
    "nl": "Nee|nee.|Nee, helaas niet.|nog niet|helaas niet|We hebben elkaar niet gezien|nooit|👎|natuurlijk niet|deze maand niet|helemaal niet|neen|nee, sorry|Het is niet gelukt|nee bedankt",
}
NEITHER = {
    "en": "yes … well, no|yes and no|yes/no|Yes or no?|yes. no.|no, yes|yeah right|maybe|perhaps|not sure|I don't know|kind of|yes if she can|Yes, if it's okay with her|no unless you insist|Yes?|no?|we'll see|No problem"
    "|no worries|no idea|45|Tuesday|Great, thanks for asking!|yes we did not|yeah, no|Yes! Wait, no.|half|haha yes|lol no|why not|I think so|probably|hard to say|yes 😂|if only|I wish|depends|No doubt|"
    "yes, scratch that|Did we?|thanks|hello|met or not met|No complaints|Nobody told me|Know what?|Notes are attached|any time|We tried to meet but|yes - I mean no|Yes, I think|nothing|Yesterday",
    "de": "jein|vielleicht|na ja|ja, wenn sie Zeit hat|ja. nein.|weiß nicht|ja und nein|kein Problem|jaja|ja, falls es klappt|teils teils|mal sehen|Ja?|haha ja|nein, doch|wahrscheinlich",
    "es": "tal vez|no sé|sí, si puede|sí y no|no hay problema|quizás|depende|no me importa|creo que sí|sí, espera, no|más o menos|¿Sí?|jaja sí|ni idea",
    "fr": "peut-être|je ne sais pas|oui si elle peut|oui et non|pas de problème|ça dépend|bof|je crois|Oui ?|oui enfin non|mdr oui|plus ou moins|aucune idée",
    "pt": "talvez|não sei|sim, se ela puder|sim e não|não tem problema|depende|acho que sim|mais ou menos|Sim?|não me importo|sim, espera, não|haha sim",
    "it": "forse|non so|sì, se può|sì e no|nessun problema|dipende|boh|credo di sì|Sì?|più o meno|sì anzi no|haha sì|non mi ricordo",
    "nl": "misschien|ik weet het niet|ja, als ze kan|ja en nee|geen probleem|hangt ervan af|nou ja|ik denk het|Ja?|min of meer|ja, wacht, nee|haha ja",
}


@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in YES[lang].split("|")])
def test_a_yes_is_read_as_one(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask=MET[language]) is True


@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in NO[lang].split("|")])
def test_a_no_is_read_as_one(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask=MET[language]) is False


@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in NEITHER[lang].split("|")])
def test_what_is_neither_is_never_guessed(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask=MET[language]) in (UNCLEAR, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_a_meeting_answers_only_a_question_about_one(language: str) -> None:
    assert read("yes_no", "We met on Tuesday", "en", ask="May I introduce you to somebody?") is None
    assert read("yes_no", NO[language].split("|")[0], language, ask="?") is False


def test_the_reason_is_said_in_the_writers_language() -> None:
    from coordinator.core.fields import KINDS
    from tests.core_answers.asked import context, question

    found = KINDS["yes_no"].read("jein", question("yes_no"), context("de"))
    assert "Ja" in found.reason
    assert found.evidence == "jein"


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Thursday 4pm works", True),
        ("de", "Donnerstag 16 Uhr passt", True),
        ("de", "Donnerstag um vier geht", True),
        ("es", "El jueves a las 4 me va bien", True),
        ("fr", "Jeudi à 16h ça me va", True),
        ("it", "Giovedì alle 16 va bene", True),
        ("pt", "Quinta às 16h serve", True),
        ("nl", "Donderdag om 4 uur past", True),
        ("de", "Donnerstag 17 Uhr passt", None),
        ("de", "Freitag 16 Uhr passt", None),
        ("nl", "Donderdag om 5 uur past", None),
        ("es", "El viernes a las 4 me va bien", None),
    ],
)
def test_a_yes_behind_the_very_time_that_was_asked_for_is_one(language: str, text: str, found: bool | None) -> None:
    assert read("yes_no", text, language, ask="Does Thu 12 March 2026, 16:00 (Berlin) suit you?") is found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that suits me on Friday"),
        ("de", "passt mir am Freitag"),
        ("es", "me va bien el viernes"),
        ("fr", "ça me va vendredi"),
        ("nl", "past mij vrijdag"),
        ("it", "sì, venerdì"),
        ("pt", "sim, na sexta"),
        ("de", "ja, um 18 Uhr"),
        ("fr", "oui à 18h"),
    ],
)
def test_a_yes_to_another_day_or_hour_than_asked_is_none_in_any_language(language: str, text: str) -> None:
    ask = "Does Thu 12 March 2026, 16:00 (Berlin) suit you?"
    assert read("yes_no", text, language, ask=ask) in {UNCLEAR, None}


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "ja, Donnerstag"), ("es", "sí, el jueves"), ("fr", "oui, jeudi"), ("it", "sì, giovedì")],
)
def test_a_yes_that_says_the_day_again_in_its_own_language_is_one(language: str, text: str) -> None:
    assert read("yes_no", text, language, ask="Does Thu 12 March 2026, 16:00 (Berlin) suit you?") is True
