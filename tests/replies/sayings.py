"""What people type as an answer, by language and kind of question, and what it says.

`a | b => value` a line. Dates and options are those that the letters of `letters_sent` offer.
"""

import json
from typing import Any

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl")

YES_NO = {
    "en": """yes | Yes, we did. | yep | YES! | Yes – twice, in fact | 👍 | ✅ | y | Sure did | yes, on Tuesday | Yes, by phone | we did | Of course => true
no | No, sorry. | not yet | Nope | 👎 | No – she was ill | Sadly not | no, not this time | n | Not this month, I'm afraid => false""",
    "es": """sí | Sí, claro | si | ¡Sí! | Sí, el martes | 👍 | Sí, dos veces | por supuesto => true
no | No, todavía no | aún no | No, lo siento | 👎 | Lamentablemente no | no, esta vez no => false""",
    "fr": """oui | Oui, bien sûr | Oui ! | oui, mardi | 👍 | Oui, deux fois | ouais | tout à fait => true
non | Non, pas encore | pas encore | Non, désolée | 👎 | Malheureusement non | non, pas cette fois => false""",
    "de": """ja | Ja, klar | Ja! | Ja, am Dienstag | 👍 | Ja, zweimal | jawohl | Ja, per Telefon => true
nein | Nein, noch nicht | noch nicht | Leider nein | 👎 | nein, diesmal nicht | Nö => false""",
    "pt": """sim | Sim, claro | Sim! | sim, na terça | 👍 | Sim, duas vezes | com certeza => true
não | Não, ainda não | ainda não | nao | 👎 | Infelizmente não | não, desta vez não => false""",
    "it": """sì | Sì, certo | Sì! | si, martedì | 👍 | Sì, due volte | certamente => true
no | No, non ancora | non ancora | No, mi dispiace | 👎 | Purtroppo no | no, questa volta no => false""",
    "nl": """ja | Ja, zeker | Ja! | ja, dinsdag | 👍 | Ja, twee keer | inderdaad => true
nee | Nee, nog niet | nog niet | Helaas niet | 👎 | nee, deze keer niet | neen => false""",
}

DURATION = {
    "en": """45 | 45 min | 45m | about 45 minutes | ¾ hour | 45' | ~45 min | three quarters of an hour => 45
1h30 | 1.5 h | 90 | an hour and a half | 1 h 30 | 1½ hours | 90 minutes => 90
1 hour | an hour | 60 min | 1h | about an hour => 60
half an hour | 30 | 30 mins | ½ hour => 30""",
    "es": """45 | 45 minutos | unos 45 minutos | 45 min | tres cuartos de hora => 45
una hora y media | 1h30 | 1,5 horas | 90 min => 90
una hora | 1 hora | 60 minutos => 60
media hora | 30 | ½ hora => 30""",
    "fr": """45 | 45 minutes | environ 45 minutes | trois quarts d'heure | 45 mn => 45
une heure et demie | 1h30 | 1,5 h | 90 min => 90
une heure | 1 h | 60 minutes => 60
une demi-heure | 30 | 30 min => 30""",
    "de": """45 | 45 Minuten | ca. 45 min | eine Dreiviertelstunde | 45 Min. => 45
anderthalb Stunden | 1h30 | 1,5 Stunden | 90 Minuten => 90
eine Stunde | 1 Std. | 60 min => 60
eine halbe Stunde | 30 | ½ Stunde => 30""",
    "pt": """45 | 45 minutos | uns 45 minutos | 45 min => 45
uma hora e meia | 1h30 | 1,5 horas | 90 min => 90
uma hora | 1 hora | 60 minutos => 60
meia hora | 30 | 30 minutos => 30""",
    "it": """45 | 45 minuti | circa 45 minuti | tre quarti d'ora => 45
un'ora e mezza | 1h30 | 1,5 ore | 90 min => 90
un'ora | 1 ora | 60 minuti => 60
mezz'ora | 30 | 30 minuti => 30""",
    "nl": """45 | 45 minuten | ongeveer 45 minuten | drie kwartier => 45
anderhalf uur | 1u30 | 1,5 uur | 90 min => 90
een uur | 1 uur | 60 minuten => 60
een half uur | 30 | 30 minuten => 30""",
}

SCALE = {
    "en": """4 | 4/5 | four | ★★★★ | 4 out of 5 | ⭐⭐⭐⭐ | I'd say 4 | 4 – very useful => 4
5 | 5/5 | a solid 5! | ★★★★★ | 5️⃣ => 5
3 | three | 3/5 | a 3 => 3""",
    "es": "4 | 4/5 | cuatro | ★★★★ | 4 de 5 | diría un 4 => 4\n5 | un 5 | 5/5 => 5\n3 | tres => 3",
    "fr": "4 | 4/5 | quatre | ★★★★ | 4 sur 5 | je dirais 4 => 4\n5 | un 5 | 5/5 => 5\n3 | trois => 3",
    "de": "4 | 4/5 | vier | ★★★★ | 4 von 5 | ich würde 4 sagen => 4\n5 | eine 5 | 5/5 => 5\n3 | drei => 3",
    "pt": "4 | 4/5 | quatro | ★★★★ | 4 de 5 | eu diria 4 => 4\n5 | um 5 | 5/5 => 5\n3 | três => 3",
    "it": "4 | 4/5 | quattro | ★★★★ | 4 su 5 | direi 4 => 4\n5 | un 5 | 5/5 => 5\n3 | tre => 3",
    "nl": "4 | 4/5 | vier | ★★★★ | 4 van de 5 | ik zou 4 zeggen => 4\n5 | een 5 | 5/5 => 5\n3 | drie => 3",
}

SLOTS = {
    "en": """a | A) | Tuesday | the first one | a works for me | Tue 10 Mar | 10 March | Tuesday at noon | a) please => "a"
b | the second one | Thursday | b, thanks | Thursday works best | the 12th => "b"
a and c | a, c | any but b | all but Thursday | not Thursday => "ac"
a, b | a or b | Tuesday or Thursday | not the last one | I can't do Saturday => "ab"
all of them | any | a, b, c | any works => "abc"
none | none of them | none of these work => "" """,
    "es": """a | martes | el primero | el martes | 10 de marzo => "a"
b | el segundo | jueves | el jueves me va bien => "b"
a y c | a, c | todos menos jueves => "ac"
a o b | martes o jueves => "ab"
todas | cualquiera => "abc"
ninguna | ninguno => "" """,
    "fr": """a | mardi | le premier | mardi me convient | 10 mars => "a"
b | le deuxième | jeudi => "b"
a et c | a, c | tous sauf jeudi => "ac"
a ou b | mardi ou jeudi => "ab"
tous | peu importe => "abc"
aucun | aucun ne me convient => "" """,
    "de": """a | Dienstag | der erste | Dienstag passt | 10. März => "a"
b | der zweite | Donnerstag | am Donnerstag => "b"
a und c | a, c | alle außer Donnerstag => "ac"
a oder b | Dienstag oder Donnerstag => "ab"
alle | alle passen => "abc"
keiner | leider keiner => "" """,
    "pt": """a | terça | o primeiro | 10 de março => "a"
b | o segundo | quinta | quinta-feira => "b"
a e c | a, c | todos menos quinta => "ac"
a ou b | terça ou quinta => "ab"
todos | tanto faz => "abc"
nenhum | nenhum serve => "" """,
    "it": """a | martedì | il primo | 10 marzo => "a"
b | il secondo | giovedì => "b"
a e c | a, c | tutti tranne giovedì => "ac"
a o b | martedì o giovedì => "ab"
tutti | vanno bene tutti => "abc"
nessuno | nessuno va bene => "" """,
    "nl": """a | dinsdag | de eerste | 10 maart => "a"
b | de tweede | donderdag => "b"
a en c | a, c | alles behalve donderdag => "ac"
a of b | dinsdag of donderdag => "ab"
alle | maakt niet uit => "abc"
geen | helaas geen => "" """,
}

_SIX_STUCK = '{"1": [6, null], "2": [null, "stuck"]}'
_DONE_3 = '{"1": [null, "done"], "2": [3, null]}'
_SEVEN = '{"1": [7, null]}'
GOALS = {
    "en": f"""G1 6, G2 stuck | G1: 6, G2: stuck | G1 60%, G2 stuck | goal 1: 6, goal 2: stuck | G1 6/10, G2 is stuck => {_SIX_STUCK}
G1 done, G2 3 | G1 ✅, G2 30 % | G1 is done and G2 3/10 => {_DONE_3}
G1 7 | G1 7/10 | G1: 70 % | G1 is at 7 => {_SEVEN}""",
    "es": f"G1 6, G2 atascado | G1: 6, G2: atascado => {_SIX_STUCK}\nG1 hecho, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | G1 7/10 => {_SEVEN}",
    "fr": f"G1 6, G2 bloqué | G1 : 6, G2 : bloqué => {_SIX_STUCK}\nG1 terminé, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | G1 7/10 => {_SEVEN}",
    "de": f"G1 6, G2 steckt fest | G1: 6, G2: steckt fest => {_SIX_STUCK}\nG1 erledigt, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | Ziel 1 bei 7 => {_SEVEN}",
    "pt": f"G1 6, G2 parado | G1: 6, G2: parado => {_SIX_STUCK}\nG1 concluída, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | G1 7/10 => {_SEVEN}",
    "it": f"G1 6, G2 bloccato | G1: 6, G2: bloccato => {_SIX_STUCK}\nG1 raggiunto, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | G1 7/10 => {_SEVEN}",
    "nl": f"G1 6, G2 vastgelopen | G1: 6, G2: vastgelopen => {_SIX_STUCK}\nG1 klaar, G2 3 | G1 ✅, G2 30 % => {_DONE_3}\nG1 7 | G1 7/10 => {_SEVEN}",
}

_JOINS = {"en": "and", "es": "y", "fr": "et", "de": "und", "pt": "e", "it": "e", "nl": "en"}
_NONE = {
    "en": "none",
    "es": "ninguna",
    "fr": "aucun",
    "de": "keine",
    "pt": "nenhuma",
    "it": "nessuna",
    "nl": "geen",
}

TEXT = {
    "en": (
        "The role play helped.",
        "We talked about her next job",
        "Practising the talk out loud – twice!",
        "Patience; and asking before answering.",
        "Finding the time: my manager left in March, so everything was on me.",
        "Learn Excel\nGive a talk",
        "She listens. It is rare.",
        "Yes, the 20 minutes on presentations were great",
        "more feedback, please",
        "https://example.com/slides?id=7 – these slides",
        "I would like to stop doubting myself",
        "Zoom",
        "n/a",
    ),
    "es": (
        "El ejercicio de la entrevista.",
        "Hablamos de su próximo trabajo",
        "Encontrar tiempo: mi jefa se fue en marzo",
        "Aprender Excel\nDar una charla",
        "Escucha mucho, y eso ayuda",
        "nada",
    ),
    "fr": (
        "Le jeu de rôle a aidé.",
        "Nous avons parlé de son prochain poste",
        "Trouver le temps : ma cheffe est partie en mars",
        "Apprendre Excel\nFaire un exposé",
        "L'écoute, c'est précieux",
        "rien",
    ),
    "de": (
        "Das Rollenspiel hat geholfen.",
        "Wir haben über ihre nächste Stelle gesprochen",
        "Zeit zu finden: meine Chefin ging im März",
        "Excel lernen\nEinen Vortrag halten",
        "Sie hört zu, das ist selten",
        "nichts",
    ),
    "pt": (
        "A simulação ajudou.",
        "Falamos sobre o próximo emprego dela",
        "Achar tempo: minha chefe saiu em março",
        "Aprender Excel\nDar uma palestra",
        "Ela escuta muito bem",
        "nada",
    ),
    "it": (
        "Il gioco di ruolo ha aiutato.",
        "Abbiamo parlato del suo prossimo lavoro",
        "Trovare il tempo: la mia capa è andata via a marzo",
        "Imparare Excel\nTenere un discorso",
        "Sa ascoltare, è raro",
        "niente",
    ),
    "nl": (
        "Het rollenspel heeft geholpen.",
        "We hebben over haar volgende baan gepraat",
        "Tijd vinden: mijn leidinggevende vertrok in maart",
        "Excel leren\nEen praatje houden",
        "Ze luistert goed, dat is zeldzaam",
        "niets",
    ),
}
NOTHING = frozenset({"n/a", "nada", "rien", "nichts", "niente", "niets"})
"""What says of an optional question that there is nothing to say."""

GREETINGS = {
    "en": ("", "Hi,", "Hello!", "Hi there, thanks for asking."),
    "es": ("", "Hola:", "¡Hola!"),
    "fr": ("", "Bonjour,", "Bonjour !"),
    "de": ("", "Hallo,", "Guten Tag,"),
    "pt": ("", "Olá,", "Oi!"),
    "it": ("", "Ciao,", "Buongiorno,"),
    "nl": ("", "Hallo,", "Beste allemaal,"),
}
CLOSINGS = {
    "en": "Best regards",
    "es": "Un saludo",
    "fr": "Cordialement",
    "de": "Viele Grüße",
    "pt": "Abraços",
    "it": "Cordiali saluti",
    "nl": "Groetjes",
}

NUMBER = {
    "en": """7 | 7. | seven | 7, I think => 7
3 | three | 3, thanks | around 3 => 3
5 | 5! | five => 5""",
    "es": "7 | siete => 7\n3 | tres | unos 3 => 3\n5 | cinco => 5",
    "fr": "7 | sept => 7\n3 | trois | environ 3 => 3\n5 | cinq => 5",
    "de": "7 | sieben => 7\n3 | drei | etwa 3 => 3\n5 | fünf => 5",
    "pt": "7 | sete => 7\n3 | três | uns 3 => 3\n5 | cinco => 5",
    "it": "7 | sette => 7\n3 | tre | circa 3 => 3\n5 | cinque => 5",
    "nl": "7 | zeven => 7\n3 | drie | ongeveer 3 => 3\n5 | vijf => 5",
}

_14_APRIL, _20_MARCH, _TOMORROW = (
    '"2026-04-14T00:00:00+02:00"',
    '"2026-03-20T00:00:00+01:00"',
    '"2026-03-05T00:00:00+01:00"',
)
DATE = {
    "en": f"""14 April | April 14 | 14 April 2026 | by 14 April | the 14th of April | Apr 14 | 2026-04-14 | Tuesday, 14 April => {_14_APRIL}
20 March | March 20th | on 20 March | by Friday, March 20 => {_20_MARCH}
tomorrow => {_TOMORROW}""",
    "es": f"14 de abril | el 14 de abril | 14.4.2026 | 14 abril => {_14_APRIL}\n20 de marzo | el viernes 20 de marzo => {_20_MARCH}\nmañana => {_TOMORROW}",
    "fr": f"14 avril | le 14 avril | 14/04/2026 | mardi 14 avril => {_14_APRIL}\n20 mars | vendredi 20 mars => {_20_MARCH}\ndemain => {_TOMORROW}",
    "de": f"14. April | am 14. April | 14.4. | bis zum 14. April | Di, 14.4. => {_14_APRIL}\n20. März | am 20.3. => {_20_MARCH}\nmorgen => {_TOMORROW}",
    "pt": f"14 de abril | 14/04/2026 | até 14 de abril => {_14_APRIL}\n20 de março | sexta, 20 de março => {_20_MARCH}\namanhã => {_TOMORROW}",
    "it": f"14 aprile | il 14 aprile | martedì 14 aprile => {_14_APRIL}\n20 marzo | entro il 20 marzo => {_20_MARCH}\ndomani => {_TOMORROW}",
    "nl": f"14 april | op 14 april | dinsdag 14 april => {_14_APRIL}\n20 maart | vrijdag 20 maart => {_20_MARCH}\nmorgen => {_TOMORROW}",
}


def _rated(points: int, note: str) -> str:
    return json.dumps({"score": points, "note": note}, ensure_ascii=False)


_NOTED = {
    "en": ("slow start, but we like each other", "going well", "we keep missing each other"),
    "es": ("empezamos despacio", "va muy bien", "nos cuesta coincidir"),
    "fr": ("un début lent", "tout va bien", "on se rate souvent"),
    "de": ("langsamer Anfang", "läuft gut", "wir verpassen uns oft"),
    "pt": ("começo devagar", "vai muito bem", "difícil achar tempo"),
    "it": ("inizio lento", "va bene", "facciamo fatica a trovarci"),
    "nl": ("een trage start", "het gaat goed", "we lopen elkaar steeds mis"),
}
RATING = {
    language: "\n".join(
        [
            *(f"4 – {note} | 4, {note} | 4: {note} | 4/5 - {note} => {_rated(4, note)}" for note in notes),
            f"4 | 4/5 | ★★★★ => {_rated(4, '')}",
            f"5 | 5/5 => {_rated(5, '')}",
        ]
    )
    for language, notes in _NOTED.items()
}

ADDRESS = dict.fromkeys(
    LANGUAGES,
    'bo.li@example.com | Bo Li <bo.li@example.com> | bo.li@example.com. | <bo.li@example.com> => "bo.li@example.com"',
)
_TABLES = {
    "yes_no": YES_NO,
    "duration": DURATION,
    "scale": SCALE,
    "slots": SLOTS,
    "goals": GOALS,
    "number": NUMBER,
    "date": DATE,
    "rating": RATING,
    "address": ADDRESS,
}


def sayings(kind: str, language: str) -> list[tuple[str, Any]]:
    """(words, value) of a kind that has no options of its own."""
    if kind == "text":
        return [(text, text) for text in TEXT[language]]
    found: list[tuple[str, Any]] = []
    for line in _TABLES[kind][language].splitlines():
        texts, _, value = line.rpartition("=>")
        found += [(text.strip(), json.loads(value)) for text in texts.split(" | ")]
    return found


def picks(kind: str, options: tuple[str, ...], language: str) -> list[tuple[str, Any]]:
    """(words, value) for options: by letter, by number, by name."""
    one: list[tuple[str, Any]] = []
    for place, option in enumerate(options):
        letter = "abcdefgh"[place]
        one += [(said, option) for said in (letter, f"{letter})", f"({letter})", letter.upper(), option, f"{option}.")]
    if kind == "choice":
        return [*one, (f"b) {options[1]}", options[1])]
    several = [(said, [option]) for said, option in one]
    join = _JOINS[language]
    first, third = options[0], options[2]
    several += [(said, [first, third]) for said in ("a, c", f"a {join} c", "a c", "a+c", f"{first}, {third}")]
    return [*several, (f"{first} {join} {third}", [first, third]), (_NONE[language], [])]
