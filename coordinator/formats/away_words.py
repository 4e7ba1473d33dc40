"""How auto-replies say in many languages that nobody reads the mail now, and until when."""

import re
from typing import Final

REPLY_MARK: Final = re.compile(
    r"(?:re|aw|sv|vs|antw|odp|ynt|res|rif|ref|r|tr|fw|fwd|wg|vb|i|rv|enc|doorst|vl|továbbítás|vá|bls|atb|ответ|відп|"
    r"回复|答复|回覆|返信|답장|הנדון|رد)"
    r"(?:\[\d+\])?\s?[:：]",
    re.IGNORECASE,
)
"""What a mail program puts before the subject of a reply or a forwarded mail."""

MARKED_SUBJECT: Final = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?\[?(?:"
    r"auto(?:matic|mated|mat)?[ -]?(?:reply|response|responder|answer|ack\w*)|"
    r"automatische (?:antwort|abwesenheit\w*)|auto-?antwort|abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|"
    r"assistent)|"
    r"réponse automatique|reponse automatique|message d['’]absence|notification d['’]absence|"
    r"respuesta autom[aá]tica|contestaci[oó]n autom[aá]tica|auto-?respuesta|"
    r"resposta autom[aá]tica|mensagem autom[aá]tica|auto-?resposta|"
    r"risposta automatica|messaggio automatico|risponditore automatico|"
    r"automatisch(?:e)? (?:antwoord|beantwoording|bericht)|afwezigheids(?:bericht|melding|assistent)|"
    r"auto-?svar|automatisk(?:t)? svar|automaattinen (?:vastaus|poissaolo\w*)|poissaoloviesti|"
    r"automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]|"
    r"automatická odpov[ěe][dď]|automatikus (?:válasz|üzenet)|răspuns automat|raspuns automat|"
    r"автоматический ответ|автоответ\w*|автоматична відповідь|автовідповідь|автоматичен отговор|"
    r"otomatik (?:yanıt|cevap)|αυτόματη απάντηση|samodejni odgovor|automatski odgovor|аутоматски одговор|"
    r"automaatvastus|automātiskā atbilde|automatinis atsakymas|resposta automàtica|erantzun automatikoa|"
    r"自动(?:回复|答复|回覆)|自動(?:回覆|回复|応答|返信|答覆)|자동 ?(?:회신|응답|답장)|부재 ?중|不在(?:通知|連絡|です)|"
    r"رد تلقائي|الرد التلقائي|תשובה אוטומטית|מענה אוטומטי|trả lời tự động|balasan otomatis|jawapan automatik|"
    r"ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ|स्वचालित उत्तर|پاسخ خودکار)"
    r"\s*(?:[:：;–—(\[\]\d-]|$|re:|aw:|from\b|von\b|bis\b|de\b)",
    re.IGNORECASE,
)
"""Subjects that begin as no human begins one."""

AWAY_SUBJECT: Final = re.compile(
    r"out[- ]of[- ](?:the )?office|away from (?:the |my )?(?:office|desk|mail|email)|on (?:vacation|holiday|leave|"
    r"annual leave|"
    r"parental leave|maternity leave)|vacation (?:reply|message|notice)|holiday notice|currently away|\booo\b|"
    r"^auto:|^vacation\b|^holidays?\b|auto-?(?:reply|respon)|automatic (?:reply|response)|\baway\b|"
    r"abwesen|außer haus|nicht im (?:büro|haus)|im urlaub|urlaubs|elternzeit|"
    r"absen(?:t|ce|te)\b|en cong[ée]s?|en vacances|hors du bureau|"
    r"fuera de (?:la )?oficina|ausen(?:te|cia)|de vacaciones|vacaciones|"
    r"fora do escrit[oó]rio|ausência|de f[ée]rias|férias|"
    r"fuori (?:sede|ufficio)|assen(?:te|za)|in ferie|"
    r"afwezig|niet op kantoor|op vakantie|met verlof|"
    r"frånvar|på semester|ej på plats|fravær|på ferie|ikke på kontoret|poissa|lomalla|vuosilomalla|"
    r"nieobecn|poza biurem|na urlopie|urlop|mimo kancelář|nepřítom|dovolen|neprítom|"
    r"házon kívül|szabadság|nem vagyok|absent din birou|în concediu|concediu|"
    r"отсутств|в отпуске|не в офис|відсутн|у відпустці|ofis dışı|izinde|tatilde|εκτός γραφείου|άδεια|"
    r"odsoten|odsutan|na dopustu|na godišnjem|извън офиса|"
    r"外出|休假|休暇|不在|不在办公室|휴가|부재|خارج المكتب|إجازة|מחוץ למשרד|בחופשה|cuti|nghỉ phép",
    re.IGNORECASE,
)
"""Subjects that a human may write as well; they count with further evidence only."""

SELF_DECLARED: Final = re.compile(
    r"this is an? (?:auto(?:mat\w+)?[- ]?(?:generated )?|vacation )(?:reply|response|message|e-?mail|answer)|"
    r"(?:automatically generated|auto-?generated) (?:reply|response|message|e-?mail)|"
    r"diese (?:e-?mail|nachricht|antwort) (?:wurde|ist) automatisch|(?:dies|das) ist eine automatisch\w*|"
    r"ceci est (?:une réponse|un message) automatique|(?:message|réponse) (?:généré\w*|envoyé\w*) automatiquement|"
    r"(?:esta|este) es una? (?:respuesta|mensaje) autom|(?:mensaje|respuesta) generad[oa] autom|"
    r"(?:esta|este) é uma? (?:resposta|mensagem) autom|(?:questa|questo) è una? (?:risposta|messaggio) automatic|"
    r"dit is een automatisch|detta är ett auto|dette er (?:et|en) auto|tämä on automaat|to jest automatyczn|"
    r"toto je automatick|ez egy automatikus|acesta este un (?:răspuns|mesaj) automat|это автоматическ|це автоматичн|"
    r"bu otomatik|这是自动|這是自動|これは自動|このメールは自動|자동으로 (?:발송|전송)",
    re.IGNORECASE,
)
"""A text that says of itself that a program wrote it."""

BACK: Final = re.compile(
    r"(?:\bback\b|\breturn\w*|\bresum\w*|available again|in the office again|reachable again|\bagain (?:on|from)|"
    r"zurück|wieder (?:da|im|am|ab|für|erreichbar|an)|erreichbar(?: bin ich)?(?: wieder)?(?: ab)|rückkehr|"
    r"de retour|retour (?:le|au|prévu)|reviendrai|rentrerai|reprendrai|joignable|"
    r"de vuelta|regres\w+|vuelvo|volver\w*|reincorpor\w+|estaré disponible|"
    r"de volta|retorn\w+|volto|regress\w+|voltarei|"
    r"rientr\w+|ritorn\w+|torner\w+|di nuovo|nuovamente|"
    r"\bterug\b|weer (?:aanwezig|bereikbaar|op kantoor)|"
    r"tillbaka|åter\b|tilbake|tilbage|igen (?:den|fra)|takaisin|paikalla taas|palaan|palaa|tavoitettavissa|"
    r"wracam|wrócę|wroc\w+|powr\w+|będę dostępn\w+|zpět|vrac\w+|vrátím|opět|späť|vrátim|"
    r"visszatér\w*|visszajöv\w*|ismét|újra|revin\b|revenir\w*|mă întorc|înapoi|"
    r"вернусь|вернёмся|вернемся|возвращ\w+|выйду|повернуся|повертаюс\w+|знову|"
    r"dönece\w*|döneri\w*|dönüş\w*|tekrar|επιστρέφ\w+|επιστροφή|ξανά)"
    r"(?:[^!?.\d\n]|\.(?! [A-ZÀ-Ý])){0,45}$",
    re.IGNORECASE,
)
"""Stands before the day on which somebody is there again."""

UNTIL: Final = re.compile(
    r"(?:\buntil|\btill?\b|\bthrough\b|\bthru\b|up to and including|\bincl\w*|\buntill\b|before|"
    r"\bbis\b|einschließlich|jusqu['’ ]?(?:au|à|en)?|hasta|\baté\b|\bfino\b|sino al|\btot\b|\bt/m\b|t\.?o\.?m|"
    r"\btill och med|\btil\b|\bfram till|\basti|\bsaakka|\bdo\b|\baž do|\bpână|\bpana la|"
    r"до|по\b|\bέως|\bμέχρι|至|到|まで|까지)"
    r"(?:[^!?.\d\n]|\.(?! [A-ZÀ-Ý])){0,30}$",
    re.IGNORECASE,
)
"""Stands before the last day on which somebody is away."""

RANGE: Final = re.compile(
    r"(?:\d|[a-zà-ÿа-я]{3})[\w.°]{0,4}\s*(?:-|–|—|~|～|\bto\b|\band\b|\bund\b|\bau\b|\bal\b|\ba\b|\bà\b|\be\b|\by\b|"
    r"\bet\b|\ben\b|"
    r"\btot\b|\btil\b|\bdo\b|\bпо\b|\bи\b|\bog\b|\boch\b|\baté\b|\bao\b)\s*(?:the |den |le |el |dem |"
    r"(?:[^\W\d_]{2,12}[.,]? ))?$",
    re.IGNORECASE,
)
"""Stands between the first day away and the last, right after a number or the name of a month."""

BACK_AFTER: Final = re.compile(
    r"^[^.!?\n\d]{0,40}?(?:wieder\b|zurück|erreichbar|\bback\b|\bagain\b|return|de retour|de vuelta|de volta|terug|"
    r"weer\b|"
    r"tillbaka|tilbage|tilbake|takaisin|zpět|(?:から|より)(?:出社|出勤|復帰|通常)|に(?:戻|復帰|出社)|(?:回来|返回|恢复|回到|上班)|복귀|"
    r"dönece|döneri|visszatér|térek vissza|jövök vissza|vissza\b|ismét)",
    re.IGNORECASE,
)
UNTIL_AFTER: Final = re.compile(
    r"^\s*(?:[^\W\d_]{0,4}['’]?\w{0,3}\s+)?(?:asti|saakka|kadar|dahil)\b|^\s?[-–]?(?:ig|ái?g|éig)\b|"
    r"^\s*(?:\([^)]{1,4}\)\s*)?(?:まで|까지|止|为止|之前)",
    re.IGNORECASE,
)
STARTS: Final = re.compile(
    r"(?:\bfrom\b|\bstarting\b|\bsince\b|\bvom\b|\bseit\b|\bdu\b|\bdepuis\b|\bdesde\b|\bdel\b|\bdal\b|\bvan\b|"
    r"\bvanaf\b|\bfrån\b|"
    r"\bfra\b|\bod\b|\bс\b|\bз\b|\bde\b|\bdin\b)\s*(?:the |el |dem |den |le )?$",
    re.IGNORECASE,
)
"""Stands before the first day away; such a day is never the return."""
