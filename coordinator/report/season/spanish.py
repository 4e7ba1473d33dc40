"""The page and the sheets of the report in Spanish; what is not in here is said in English."""

from collections.abc import Mapping

SPANISH: Mapping[str, str] = {
    "The numbers": "Los números",
    "Pairs over the weeks": "Parejas por semana",
    "How many pairs were under way in each week.": "Cuántas parejas estaban en marcha cada semana.",
    "Pairs under way by week": "Parejas en marcha por semana",
    "in the newest": "en la última",
    "Pairs under way": "Parejas en marcha",
    "Week from": "Semana del",
    "Pairs": "Parejas",
    "Fewer than {} pairs at any time: nothing to draw yet.": (
        "Menos de {} parejas en todo momento: aún no hay nada que dibujar."
    ),
    "From enrolment to closing": "De la inscripción al cierre",
    "How far mentees came; each step lies within the one before.": (
        "Hasta dónde llegaron los mentorizados; cada paso está dentro del anterior."
    ),
    "Mentees at each step": "Mentorizados en cada paso",
    "on the roster": "en la lista",
    "said yes": "dijeron que sí",
    "paired": "con pareja",
    "met": "se reunieron",
    "met three times": "se reunieron tres veces",
    "came to the planned end": "llegaron al final previsto",
    "Meetings per month": "Reuniones por mes",
    "Meetings that took place, as one of the two said.": "Reuniones que se celebraron, según uno de los dos.",
    "Meetings in each month": "Reuniones de cada mes",
    "in all": "en total",
    "Meetings": "Reuniones",
    "Month": "Mes",
    "No meeting yet.": "Aún no hay reuniones.",
    "Goals": "Objetivos",
    "{} in all.": "{} en total.",
    "{} of them say all of it: what exactly, how it is measured, that it can be done, why it matters, and by when": (
        "{} de ellos lo dicen todo: qué exactamente, cómo se mide, que es posible, por qué importa y para cuándo"
    ),
    "Goals by state": "Objetivos por estado",
    "reached": "alcanzados",
    "under way": "en marcha",
    "stuck": "atascados",
    "not yet told": "sin noticias",
    "dropped": "abandonados",
    "How well expectations are met": "Cómo se cumplen las expectativas",
    "What each said last, from 1 (not at all) to 5 (fully).": (
        "Lo último que dijo cada cual, de 1 (nada) a 5 (del todo)."
    ),
    "Mentees": "Mentorizados",
    "Mentors": "Mentores",
    "{} on average": "{} de media",
    "How many gave each grade": "Cuántos dieron cada nota",
    "Nobody has said yet.": "Nadie lo ha dicho aún.",
    "{} answered; too few gave the same grade to show each.": (
        "{} respondieron; muy pocos dieron la misma nota para mostrarlas."
    ),
    "Check-ins": "Preguntas de quien asesora",
    "How often advisors asked each of the two how it goes, and what came of it.": (
        "Cuántas veces se preguntó a cada uno de los dos cómo va, y qué resultó."
    ),
    "What came of it": "Qué resultó",
    "What": "Qué",
    "answered": "respondieron",
    "spoken": "hablaron",
    "not answered": "sin respuesta",
    "Nobody was asked yet.": "Aún no se ha preguntado a nadie.",
    "Both sides": "Ambas partes",
    "How many of each got something out of it.": "A cuántos de cada parte les sirvió.",
    "People of whom we know it": "Personas de quienes lo sabemos",
    "named a goal": "nombraron un objetivo",
    "reached a goal": "alcanzaron un objetivo",
    "told what they gained": "contaron qué ganaron",
    "told what they learned": "contaron qué aprendieron",
    "said something kind or useful to the other": "dijeron algo amable o útil a la otra persona",
    "Ended early": "Terminadas antes de tiempo",
    "{} pairs in all. Reasons are asked of whoever ends it, and only counted.": (
        "{} parejas en total. Los motivos se preguntan a quien termina, y solo se cuentan."
    ),
    "Pairs by reason": "Parejas por motivo",
    "Reason": "Motivo",
    "reached what they came for": "lograron lo que buscaban",
    "outgrew it": "ya no la necesitaban",
    "goals changed": "cambiaron los objetivos",
    "not a good match": "no encajaban",
    "too little time": "falta de tiempo",
    "something else": "otra cosa",
    "no reason given": "sin motivo",
    "Ideas for the program": "Ideas para el programa",
    "In the words of those who had them; with a name only where they allowed it.": (
        "Con las palabras de quienes las tuvieron; con nombre solo donde lo permitieron."
    ),
    "A dash or a range such as 1–4 stands where fewer than {} people are behind a number, or could be"
    " worked out from what people said. Dashed outlines mean the same. How many pairs there are is no"
    " secret, from {} on.": (
        "Una raya o un intervalo como 1–4 está donde hay menos de {} personas detrás de un número, o "
        "se podrían deducir de lo que dijeron. Los contornos discontinuos significan lo mismo. "
        "Cuántas parejas hay no es secreto, a partir de {}."
    ),
    "Nothing here quotes what somebody wrote to their partner or advisor; what is private is not counted either.": (
        "Nada aquí cita lo que alguien escribió a su pareja o a quien le asesora; lo privado tampoco se cuenta."
    ),
    "pairs so far": "parejas hasta ahora",
    "of them under way": "de ellas en marcha",
    "meetings": "reuniones",
    "goals reached": "objetivos alcanzados",
    "{}: cohort {}": "{}: cohorte {}",
    "{}: the pairs of {}": "{}: las parejas de {}",
    "what": "qué",
    "number": "número",
    "pairs under way": "parejas en marcha",
    "week from": "semana del",
    "pairs": "parejas",
    "step": "paso",
    "mentees": "mentorizados",
    "mentors": "mentores",
    "month": "mes",
    "state": "estado",
    "goals": "objetivos",
    "who": "quién",
    "grade": "nota",
    "people": "personas",
    "mentee": "mentorizado",
    "mentor": "mentor",
    "mean": "media",
    "all": "total",
    "all five lines": "las cinco líneas",
    "of a hundred": "de cada cien",
    "mentees asked": "mentorizados preguntados",
    "mentors asked": "mentores preguntados",
    "reason": "motivo",
    "on": "día",
    "idea": "idea",
    "by": "de",
}
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
