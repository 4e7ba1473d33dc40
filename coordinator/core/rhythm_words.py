"""The words in which seven languages say a rhythm: weekdays, ordinals, steps, and the small words between them.

Every word stands without accents and in lower case, as `rhythm.parse` compares them.
"""

from collections.abc import Mapping

_WEEKDAY_LINES = (
    "monday mon mondays lunes lun lundi montag montags mo segunda segunda-feira seg lunedi maandag maa",
    "tuesday tue tues tuesdays martes mar mardi dienstag dienstags di terca terca-feira ter martedi dinsdag din",
    "wednesday wed miercoles mie mercredi mer mittwoch mi quarta quarta-feira qua mercoledi woensdag",
    "thursday thu thur thurs jueves jue jeudi jeu donnerstag do quinta quinta-feira giovedi gio donderdag",
    "friday fri fridays viernes vie vendredi ven freitag freitags fr sexta sexta-feira sex venerdi vrijdag vri",
    "saturday sat saturdays sabado sab samedi sam samstag samstags sonnabend sa sabato zaterdag zat",
    "sunday sun sundays domingo dom dimanche dim sonntag sonntags so domenica zondag zon",
)

_ORDINAL_LINES = {
    1: "first 1st primer primero primera premier premiere erster ersten erste primeira primeiro primo prima eerste",
    2: "second 2nd segundo segunda deuxieme second seconde zweiter zweiten zweite secondo seconda tweede",
    3: "third 3rd tercer tercero tercera troisieme dritter dritten dritte terceira terceiro terzo terza derde",
    4: "fourth 4th cuarto cuarta quatrieme vierter vierten vierte quarto quarta vierde",
    5: "fifth 5th quinto quinta cinquieme funfter funften funfte vijfde",
    -1: "last ultimo ultima dernier derniere letzter letzten letzte laatste",
}

NUMBERS: Mapping[str, int] = {
    word: number
    for number, line in {
        1: "one un uno una une ein eine einem um uma een",
        2: "two dos deux zwei dois duas due twee",
        3: "three tres trois drei tre drie",
        4: "four cuatro quatre vier quatro quattro",
        6: "six seis sechs sei zes",
        8: "eight ocho huit acht oito otto",
    }.items()
    for word in line.split()
}

WEEKDAYS: Mapping[str, int] = {
    word + plural: day
    for day, line in enumerate(_WEEKDAY_LINES)
    for word in line.split()
    for plural in ("", *("s" for full in ("day", "tag", "woch") if word.endswith(full)))
}
"""word → 0 (Monday) to 6."""

ORDINALS: Mapping[str, int] = {word: number for number, line in _ORDINAL_LINES.items() for word in line.split()}
"""word → 1 to 5, or -1 for the last."""


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


DAY = _words("day dia jour tag giorno dag")
DAYS = _words("days dias jours tage giorni dagen")
WEEK = _words("week weeks semana semanas semaine semaines woche wochen settimana settimane weken")
MONTH = _words("month months mes meses mois monat monats monate monaten mese mesi maand maanden")
MONTHLY = _words("monthly mensual mensualmente mensuel monatlich mensal mensile maandelijks")
EVERY = _words(
    "every each cada chaque tous toutes alle jede jeder jeden jedes jedem todo toda todos todas ogni tutti tutte elke "
    "iedere ieder"
)
FORTNIGHT = _words(
    "fortnightly fortnight quincenal quinzenal vierzehntaglich zweiwochentlich quindicinale tweewekelijks"
)
WEEKLY = _words("weekly semanal hebdomadaire wochentlich settimanale wekelijks")
NOON = _words("noon midday mediodia midi mittag mittags meio-dia mezzogiorno middag")

SMALL = _words(
    "the a an on at in of our we meet meeting meetings please el la las los le les l al alla alle ai agli du de des "
    "del dela della do da dos das di der den dem die am um im ist uhr op om van het per por para zu i il gli "
    "em no na nos nas"
)
"""Words that carry nothing here; a sentence with any further word is not taken for a rhythm."""
