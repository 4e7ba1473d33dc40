"""Points on a scale, numbers, and lengths of time."""

from typing import Any

import pytest

from tests.core_answers.asked import LANGUAGES, UNCLEAR, read

SCALE: dict[str, dict[int, str]] = {
    "en": {
        4: "4|4.|4!|4/5|4 / 5|4 out of 5|4 of 5|four|Four.|a 4|I'd say a 4|I would say 4|★★★★|★★★★☆|⭐⭐⭐⭐|4️⃣|４|about 4|4 stars|4 – slow start|4 - great|4, great session|4 because we had 2 good talks"
        "|solid 4|#4|Score: 4|(4)|**4**|4 (good)|I give it 4|4 ★|4 points|four out of five|4, she was very helpful|Definitely a 4|it was a 4|4. The session was great.|Rating: 4/5|4 :-)|4, thanks|my answer is 4",
        1: "1|one|1/5|★|★☆☆☆☆|a 1",
        5: "5|5/5|five|★★★★★|5!!!|definitely a 5!|a perfect 5|5 stars|5 great session",
    },
    "de": {
        4: "4|vier|4/5|4 von 5|eine 4|ich würde sagen 4|etwa 4|4 Sterne|★★★★|4 weil es gut war|4, war super|Ich gebe eine 4|4 Punkte"
    },
    "es": {4: "4|cuatro|4/5|4 de 5|un 4|diría un 4|4 estrellas|★★★★|4 porque fue útil|le doy un 4|4, muy bien"},
    "fr": {4: "4|quatre|4/5|4 sur 5|un 4|je dirais 4|4 étoiles|★★★★|4 car c'était utile|je donne 4|4, très bien"},
    "pt": {4: "4|quatro|4/5|4 de 5|um 4|eu diria 4|4 estrelas|★★★★|4 porque foi útil|dou 4|4, muito bom"},
    "it": {4: "4|quattro|4/5|4 su 5|un 4|direi 4|4 stelle|★★★★|4 perché è stato utile|do un 4|4, molto bene"},
    "nl": {
        4: "4|vier|4/5|4 van de 5|een 4|ik zou zeggen 4|4 sterren|★★★★|4 omdat het nuttig was|ik geef een 4|4, heel goed"
    },
}
NO_SCALE = (
    "3 or 4|3-4|3–4|3/4|3.5|3,5|between 3 and 4|8/10|10|0|6|not 4|less than 4|more than 3|at least 3|4+|4-|<4|>3|4, maybe 5|4. Actually 5.|3 to 4|4 meetings|We met 3 times|80%|good|excellent|yes|"
    "4/2026|4:30|4 pm|4 weeks ago|-4|almost 4|4 5|4, 5|was 3, now 4|☆☆☆☆☆|four or five|hello|3→4|maybe 4?"
)
NUMBER: dict[Any, str] = {
    3: "3|three|3 times|I have 3 mentees|about 3|3.|3 people", 2.5: "2.5|2,5", 2: "twice|2|two|two times", 0: "0|zero|nil", 12: "12|a dozen|twelve", 25: "25|twenty-five|twenty five|25 years",
}  # fmt: skip
NO_NUMBER = (
    "3 or 4|3-4|5+|5th|at least 3|more than 5|1.200|-3|80%|1/2|many|not 3|2, no 3|99|12:30|none of your business"
)
LENGTH: dict[str, dict[int, str]] = {
    "en": {
        45: "45|45m|45 min|45min|45 mins|45 minutes|45 minutes.|45'|45′|0:45|about 45|~45|45ish|around 45 minutes|45 or so|forty-five minutes|¾ hour|3/4 hour|0.75 h|three quarters of an hour|we met for 45 min|45 minutes, thanks|４５"
        "|45-minute call|approx. 45 min|It was 45 minutes|45 minutes in total|just 45 minutes|roughly 45",
        60: "1h|1 h|1hr|60|60 min|an hour|one hour|1 hour|about an hour|an hour or so|1.0 hours|sixty minutes|1h (60 min)|1:00|a full hour",
        90: "1h30|1 h 30|1h30m|1 hr 30 min|1:30|1.5h|1,5 h|1.5 hours|1½ hours|1 1/2 hours|an hour and a half|one and a half hours|1 hour and a half|90|90 minutes|1 hour 30|1 hour and 30 minutes",
        30: "30|half an hour|half hour|½ hour|0.5h|1/2 hour|a half hour|30 minutes|thirty minutes",
        75: "1h15|an hour and 15 minutes|75 min|1 hour 15 minutes|an hour and a quarter",
        120: "2h|2 hours|two hours|120|2 hrs",
        15: "15|a quarter of an hour|15 min|quarter hour",
    },
    "de": {
        45: "45|45 Min|45 Minuten|45 Min.|eine Dreiviertelstunde|dreiviertel Stunde|fünfundvierzig Minuten|etwa 45 Minuten|ca. 45 min|0,75 h|so 45 Minuten",
        60: "1 Std|eine Stunde|1 Stunde|60 Minuten|etwa eine Stunde",
        30: "halbe Stunde|eine halbe Stunde|½ Stunde|30 min",
        90: "anderthalb Stunden|eineinhalb Stunden|1,5 Std|1,5 Stunden|1 Std 30 Min|1 Std. 30 Min.|1h30|1½ Stunden|eine Stunde und 30 Minuten",
        15: "eine Viertelstunde|Viertelstunde",
    },
    "es": {
        45: "45|45 minutos|tres cuartos de hora|cuarenta y cinco minutos|unos 45 minutos|45 min",
        60: "una hora|1 hora|1h|sesenta minutos|más o menos una hora",
        30: "media hora|30 min",
        90: "una hora y media|hora y media|1h30|1,5 horas|1 hora y media|1 hora y 30 minutos",
        75: "una hora y cuarto",
    },
    "fr": {
        45: "45|45 minutes|trois quarts d'heure|3/4 d'heure|quarante-cinq minutes|environ 45 minutes|45 min",
        60: "une heure|1 heure|1h|1 h|environ une heure",
        30: "une demi-heure|demi-heure|30 min",
        90: "une heure et demie|1h30|1 h 30|1h et demie|1,5 heure|1 heure 30",
        15: "un quart d'heure",
    },
    "pt": {
        45: "45|45 minutos|três quartos de hora|quarenta e cinco minutos|cerca de 45 minutos|45 min",
        60: "uma hora|1 hora|1h|mais ou menos uma hora",
        30: "meia hora|30 min",
        90: "uma hora e meia|1h30|1,5 horas|1 hora e meia|1 hora e 30 minutos",
    },
    "it": {
        45: "45|45 minuti|tre quarti d'ora|quarantacinque minuti|circa 45 minuti|45 min",
        60: "un'ora|un’ora|1 ora|1h|circa un'ora",
        30: "mezz'ora|mezzora|30 min",
        90: "un'ora e mezza|1h30|1,5 ore|1 ora e mezza|1 ora e 30 minuti",
        15: "un quarto d'ora",
    },
    "nl": {
        45: "45|45 minuten|drie kwartier|vijfenveertig minuten|ongeveer 45 minuten|45 min",
        60: "een uur|1 uur|1u|één uur|ongeveer een uur",
        30: "een half uur|half uur|halfuur|30 min",
        90: "anderhalf uur|1u30|1,5 uur|1 uur en 30 minuten|1 uur 30",
        15: "een kwartier",
        75: "een uur en een kwartier",
    },
}
NO_LENGTH: dict[str, str] = {
    "en": "40-45 min|45 to 60 minutes|45 or 60|30 or 45 minutes|less than an hour|more than an hour|almost an hour|at least 45 min|up to an hour|under 30 minutes|over an hour|a few minutes|an hour or two|a couple of hours|2 x 30 min|two calls of 30 minutes|30 min + 15 min"
        "|1|0|2|1.5|12:30|12:00-12:45|from 12 to 12:45|2 days|not 45 min|15 minutes late|yes|no|hour|ages|45 minutes or an hour|5h30 pm|3:00|45%|4/5|45+|50 hours|an hour, then 20 min chat|we did not talk for 45 min|60 seconds",
    "de": "knapp eine Stunde|fast eine Stunde|mehr als eine Stunde|30-45 Minuten|30 bis 45 Minuten|30 oder 45 Minuten|zwei mal 30 Minuten|15 Minuten zu spät|ein paar Minuten|keine Stunde|über eine Stunde|unter einer Stunde",
    "es": "menos de una hora|casi una hora|más de 45 minutos|30 o 45 minutos|de 30 a 45 minutos|unas horas|15 minutos tarde|entre 30 y 45 minutos",
    "fr": "moins d'une heure|presque une heure|plus d'une heure|30 ou 45 minutes|30 à 45 minutes|quelques minutes|15 minutes de retard|près d'une heure",
    "pt": "menos de uma hora|quase uma hora|mais de 45 minutos|30 ou 45 minutos|30 a 45 minutos|algumas horas|15 minutos de atraso",
    "it": "meno di un'ora|quasi un'ora|più di 45 minuti|30 o 45 minuti|tra 30 e 45 minuti|qualche minuto|15 minuti di ritardo|più di un'ora",
    "nl": "minder dan een uur|bijna een uur|meer dan 45 minuten|30 of 45 minuten|30 tot 45 minuten|een paar minuten|15 minuten te laat|iets meer dan een uur",
}  # fmt: skip


def _rows(table: dict[str, dict[int, str]]) -> list[tuple[str, str, int]]:
    return [
        (lang, text, value) for lang in LANGUAGES for value, texts in table[lang].items() for text in texts.split("|")
    ]


@pytest.mark.parametrize(("language", "text", "expected"), _rows(SCALE))
def test_a_point_on_a_scale(language: str, text: str, expected: int) -> None:
    assert read("scale", text, language) == expected


@pytest.mark.parametrize("text", NO_SCALE.split("|"))
def test_what_names_no_single_point_is_no_value(text: str) -> None:
    assert read("scale", text) in (UNCLEAR, None)


@pytest.mark.parametrize(
    ("text", "expected", "low", "high"),
    [("80%", 8, 0, 10), ("75", 75, 0, 100), ("75%", 75, 0, 100), ("7/10", 7, 1, 10), ("★★★", 3, 1, 3), ("0", 0, 0, 10)],
)
def test_a_scale_of_its_own_bounds(text: str, expected: int, low: int, high: int) -> None:
    assert read("scale", text, low=low, high=high) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(t, value) for value, texts in NUMBER.items() for t in texts.split("|")]
)
def test_a_number(text: str, expected: float) -> None:
    assert read("number", text, low=0, high=50) == expected


@pytest.mark.parametrize("text", NO_NUMBER.split("|"))
def test_what_is_no_single_number(text: str) -> None:
    assert read("number", text, low=0, high=50) in (UNCLEAR, None)


@pytest.mark.parametrize(("language", "text", "expected"), _rows(LENGTH))
def test_a_length_of_time_in_minutes(language: str, text: str, expected: int) -> None:
    assert read("duration", text, language) == expected


@pytest.mark.parametrize(("language", "text"), [(lang, t) for lang in LANGUAGES for t in NO_LENGTH[lang].split("|")])
def test_what_is_no_single_length_of_time(language: str, text: str) -> None:
    assert read("duration", text, language) in (UNCLEAR, None)
