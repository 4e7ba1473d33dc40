"""Dates and times as the clients write them, in the languages that the invented people speak."""

from datetime import datetime

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
SHORT_DAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "es": "lun mar mié jue vie sáb dom",
    "de": "Mo. Di. Mi. Do. Fr. Sa. So.",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
}


def parts(at: datetime, language: str) -> dict[str, str]:
    """What the patterns of the clients may name: `{day}`, `{DD}`, `{month}`, `{h12}`, `{tz}` …"""
    return {
        "weekday": DAYS[language].split()[at.weekday()],
        "wd": SHORT_DAYS[language].split()[at.weekday()],
        "month": MONTHS[language].split()[at.month - 1],
        "mon": SHORT_MONTHS[language].split()[at.month - 1],
        "day": str(at.day),
        "DD": f"{at.day:02}",
        "th": _ordinal(at.day),
        "m": str(at.month),
        "MM": f"{at.month:02}",
        "year": str(at.year),
        "yy": f"{at.year % 100:02}",
        "h12": f"{at.hour % 12 or 12}:{at.minute:02}",
        "H12": f"{at.hour % 12 or 12:02}:{at.minute:02}",
        "h24": f"{at.hour}:{at.minute:02}",
        "H24": f"{at.hour:02}:{at.minute:02}",
        "ss": f"{at.second:02}",
        "ampm": "AM" if at.hour < 12 else "PM",
        "tz": at.tzname() or "UTC",
        "offset": at.strftime("%z"),
        "gmt": f"GMT{at.strftime('%z')[:3]}:{at.strftime('%z')[3:5]}",
    }


def _ordinal(day: int) -> str:
    if day in {11, 12, 13}:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
