"""Words by which mail programs introduce what they quote, in the languages that they ship in."""


def _table(text: str) -> tuple[str, ...]:
    """What stands between bars and line breaks, each once."""
    return tuple(dict.fromkeys(entry for line in text.strip("\n").splitlines() for entry in line.split("|")))


WROTE = _table("""\
wrote|writes|wrotes|said|has written|schrieb|schreibt|geschrieben|hat geschrieben|écrit|ecrit|a écrit|escribió
escribio|escribe|escribí|escreveu|escrevia|escreve|scritto|scrive|scrisse|schreef|geschreven|schrijft|skrev
skreiv|skriver|kirjoitti|kirjoittaa|napisał|napisał(a)|napisała|pisze|napisano|napsal|napsal(a)|napsala|píše
napísal|napísal(a)|napísala|írta|ezt írta|a következőt írta|a scris|scris|пише|написа|написал|написала|написав
написал(а)|пишет|написа(ла)|написано|έγραψε|έγραψαν|yazdı|şunu yazdı|yazmış|şunları yazdı|כתב|כתבה|כתב/ה|كتب
كتبت|كتابة ما يلي|نوشت|のメール|書きました|書き込みました|作成|작성|썼습니다|님이|写道|寫道|写到|編寫|đã viết
viết|เขียน|เขียนว่า|menulis|tulis|va escriure|escrigué|ha escrit|je napisal|je napisao|napisao|napisala je
је написао|rašė|parašė|kirjutas|rakstīja|skrifaði|ने लिखा|idatzi du|escribiu|ysgrifennodd|scríobh
""")
"""Verbs of attributions, in small letters."""

ORIGINAL = _table("""\
original message|forwarded message|original appointment|begin forwarded message|reply message|original mail
original e-mail|original email|message original|replied message|previous message|ursprüngliche nachricht
originalnachricht|original-nachricht|antwort nachricht|weitergeleitete nachricht|ursprünglicher termin
anfang der weitergeleiteten nachricht|message d'origine|message d’origine|message transféré|mail original
message initial|début du message transféré|mensaje original|mensaje reenviado|mensaje anterior
inicio del mensaje reenviado|mensagem original|mensagem encaminhada|mensagem anterior|messaggio originale
messaggio inoltrato|messaggio di origine|oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht
doorgestuurd bericht|oprindelig meddelelse|original meddelelse|videresendt meddelelse|oprindelig besked
opprinnelig melding|videresendt melding|opprinnelig e-post|ursprungligt meddelande|originalmeddelande
vidarebefordrat meddelande|alkuperäinen viesti|välitetty viesti|wiadomość oryginalna|oryginalna wiadomość
wiadomość przekazana|treść przekazanej wiadomości|původní zpráva|puvodni zprava|přeposlaná zpráva|původní e-mail
pôvodná správa|preposlaná správa|eredeti üzenet|továbbított üzenet|mesaj original|mesajul original
mesaj redirecționat|исходное сообщение|пересылаемое сообщение|пересланное сообщение|оригинальное сообщение
оригінальне повідомлення|вихідне повідомлення|початкове повідомлення|переслане повідомлення|оригинално съобщение
препратено съобщение|оригинална порука|αρχικό μήνυμα|προωθημένο μήνυμα|orijinal ileti|orijinal mesaj|özgün ileti
asıl ileti|iletilen mesaj|הודעה מקורית|ההודעה המקורית|הודעה שהועברה|الرسالة الأصلية|الرسالة الاصلية|رسالة أصلية
رسالة معاد توجيهها|پیام اصلی|元のメッセージ|元のメール|オリジナルメッセージ|転送メッセージ|원본 메시지|원본 메일
원본메일|전달된 메시지|原始邮件|原邮件|转发邮件|转发的邮件|原始郵件|原始信件|轉寄郵件|thư gốc|tin nhắn gốc
ข้อความเดิม|ข้อความต้นฉบับ|pesan asli|mesej asal|missatge original|izvorno sporočilo|izvorna poruka
originalna poruka|pradinis laiškas|algne kiri|sākotnējais ziņojums|upprunaleg skilaboð|jatorrizko mezua
mensaxe orixinal
""")
"""What stands between the dashes of a separator."""

HEADERS = {
    name: kind
    for kind, names in {
        "from": """\
from|von|de|da|van|fra|från|lähettäjä|od|nadawca|odesílatel|odosielateľ|feladó|de la|от|від|отправитель
відправник|подател|από|kimden|gönderen|מאת|من|از|差出人|送信元|보낸 사람|보낸사람|发件人|寄件者|từ|จาก|dari
pošiljatelj|nuo|saatja|no|frá
""",
        "date": """\
date|sent|datum|gesendet|am|envoyé|envoyé le|date d'envoi|fecha|enviado|enviado el|enviado em|enviada|data
inviato|data invio|verzonden|dato|sendt|skickat|sendet|lähetetty|päivämäärä|päiväys|wysłano|wysłane|odesláno
dátum|odoslané|elküldve|trimis|trimis la|дата|отправлено|надіслано|дата отправки|изпратено|ημερομηνία|στάλθηκε
tarih|gönderildi|gönderilme tarihi|נשלח|תאריך|تاريخ|التاريخ|أرسلت|تم الإرسال|تاريخ الإرسال|日付|送信日時|日時
보낸 날짜|날짜|发送时间|日期|寄件日期|發送時間|时间|ngày|đã gửi|วันที่|ส่ง|tanggal|dikirim|enviat|data enviament
poslano|išsiųsta|saadetud|nosūtīts|sendt den|skickat den|verzonden op
""",
        "to": """\
to|an|à|para|a|aan|til|till|vastaanottaja|do|komu|címzett|către|catre|кому|до|προς|kime|alıcı|אל|إلى|الى|宛先
받는 사람|받는사람|收件人|收件者|đến|tới|ถึง|kepada|per|za|kam|kam komu|kas|kellele|destinataire|empfänger
destinatario|destinatário
""",
        "subject": """\
subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|predmět|tárgy
subiect|тема|относно|θέμα|konu|נושא|الموضوع|موضوع|件名|제목|主题|主旨|主題|chủ đề|tiêu đề|เรื่อง|subjek|perihal
assumpte|zadeva|tema|teema|temats|efni
""",
        "cc": """\
cc|kopie|kopia|copie|cópia|copia|bcc|kopi|kopio|kopija|másolat|копия|копія|reply-to|antwort an|répondre à
importance|priorität|attachments|anlagen|reply to|responder a|참조|抄送|副本|cc:|שלח עותק|نسخة|κοιν|kopya|bilgi
""",
    }.items()
    for name in _table(names)
}
"""What stands before the colon in the head of a quoted mail, in small letters, and which header it is."""

ABOVE = _table("""\
reply above this line|type your reply above|write above this line|respond above this line
above this line to reply|antworten sie oberhalb dieser linie|répondez au-dessus de cette ligne
responda por encima de esta línea|responda acima desta linha|rispondi sopra questa linea
""")
"""How help desks ask to write above their mail."""
