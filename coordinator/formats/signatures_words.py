"""Words of signatures, taglines of mail programs, banners and disclaimers, in many languages."""


def _table(text: str) -> tuple[str, ...]:
    """What stands between bars and line breaks, each once."""
    return tuple(dict.fromkeys(entry for line in text.strip("\n").splitlines() for entry in line.split("|")))


GADGETS = _table("""\
iphon|ipad|ipod|android|galaxy|samsung|huawei|xiaomi|redmi|pixel|oneplus|motorola|nokia|blackberry|outlook|gmail
yahoo|proton|gmx|web.de|mail.ru|yandex|яндекс|fastmail|thunderbird|windows|mailbird|zimbra|aol|t-online|telekom
icloud|apple|macbook|spark|edison|boxer|k-9|k9|bluemail|blue mail|canary|superhuman|hey.com|tutanota|tuta
hotmail|posteo|mailbox.org|freenet|orange|laposte|libero|virgilio|seznam|wp.pl|onet|o2|naver|daum|qq|163|mobile
mobil|phone|tablet|smartphone|handy|móvil|movil|celular|telemóvel|téléphone|portable|telefon|telefono|teléfono
telefoon|cellulare|puhelin|komór|мобил|мобіл|телефон|κινητό|נייד|הטלפון|الهاتف|هاتفي|جوال|携帯|スマートフォン
スマホ|휴대폰|휴대전화|手机|手機|điện thoại|มือถือ|โทรศัพท์|ponsel|mòbil|アイフォン|айфон|آيفون|אייפון|아이폰
ไอโฟน
""")
"""Parts of the names of what people write with."""

SENT = _table("""\
sent from|sent via|sent with|sent using|sent by|sent on|sent through|get outlook|get bluemail|composed on
written on my|typed on my|mail sent from|this email was sent from|this message was sent from|from my
gesendet von|gesendet mit|gesendet aus|gesendet über|von meinem|von meiner|diese nachricht wurde von meinem
diese nachricht wurde mit|holen sie sich|outlook für|outlook for|mit meinem|verschickt mit|versendet mit
geschrieben auf|envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyée depuis
télécharger outlook|obtenir outlook|obtenez outlook|provenance :|enviado desde|enviado con|enviado a través
obtener outlook|obtén outlook|enviado do|enviado de|enviado a partir|enviado pelo|enviado pela|enviado por
enviado via|obter o outlook|obter outlook|baixar o outlook|enviada do|inviato da|inviato dal|inviato con
inviata da|scarica outlook|ottieni outlook|scaricare outlook|verzonden vanaf|verzonden met|verstuurd vanaf
verstuurd met|verzonden via|verstuurd via|download outlook|outlook voor|outlook downloaden|skickat från
skickat med|skickades från|hämta outlook|sendt fra|sendt med|sendt via|hent outlook|få outlook|lähetetty
hanki outlook|lataa outlook|wysłane z|wysłano z|wysłane za|pobierz outlook|pobierz program outlook|odesláno z
odesláno ze|získat outlook|odesláno pomocí|stáhnout outlook|odoslané z|odoslané zo|prevziať outlook
získajte outlook|küldve|elküldve|a(z) outlook|outlook letöltése|az outlook|trimis de pe|trimis din|trimis cu
descărcați outlook|obțineți outlook|отправлено с|отправлено из|отправлено через|послано с|скачать outlook
получить outlook|скачайте outlook|надіслано з|надіслано із|надіслано за|відправлено з|завантажити outlook
отримати outlook|στάλθηκε από|εστάλη από|απεσταλμένο από|αποστολή από|λήψη του outlook|κατεβάστε το outlook
נשלח מ|נשלח באמצעות|קבל את outlook|השג את outlook|أُرسلت من|أرسلت من|تم الإرسال من|مُرسل من|مرسل من
الحصول على outlook|ارسال شده از|فرستاده شده از|发自|發自|從我的|从我的|获取 outlook|取得 outlook|下載 outlook
传送自|傳送自|来自我的|gửi từ|được gửi từ|tải outlook|đã gửi từ|ส่งจาก|ส่งมาจาก|รับ outlook|dikirim dari
terkirim dari|dapatkan outlook|dihantar daripada|enviat des|enviat amb|obteniu l'outlook|poslano z|poslano s
poslano sa|послато са|изпратено от|изпратено с|išsiųsta iš|saadetud minu|nosūtīts no|sent úr|sent frá
nire iphone|outlook per|outlook pour|outlook para|outlook til|outlook ios|outlook για|iphone'dan
ios için outlook|android için outlook|mobil cihazımdan|yahoo mail:|yahoo mail for|yahoo mail pour|yahoo mail für
hol dir|la mia|my phone
""")
"""How a tagline begins, in small letters; one of `GADGETS` stands in it as well."""

SENT_MINE = _table("""\
sent from my|sent from a |sent from mobile|sent via mobile|sent by mobile|sent from mailbox|sent with airmail
sent from an |sent on the go|sent while on the go|from my iphone|from my phone|from my mobile
gesendet von meinem|gesendet von meiner|von unterwegs gesendet|envoyé de mon|envoyé depuis mon
envoyé à partir de mon|enviado desde mi|enviado do meu|enviado de meu|enviada do meu|inviato dal mio
verzonden vanaf mijn|verstuurd vanaf mijn|skickat från min|sendt fra min|lähetetty minun
trimis de pe telefonul meu|отправлено с моего|надіслано з мого|poslano z mojega|poslano s mog|изпратено от моя
στάλθηκε από το|gửi từ điện thoại|enviat des del meu|dikirim dari ponsel
""")
"""How a tagline begins that needs no name of a device."""

SENT_LAST = _table("""\
küldve|gönderildi|gönderilmiştir|edinin|から送信|から送信されました|より送信|で送信|を入手|에서 보냄
에서 보냈습니다|에서 보낸 메일|에서 발송|다운로드|보낸 메일입니다|发送|傳送|发出|送出|से भेजा गया|bidalia
lähetetty|letöltése|aracılığıyla gönderildi|iphone-omról|için outlook
""")
"""How a tagline ends where the verb stands last."""

CLOSINGS = frozenset(
    _table("""\
best regards|kind regards|warm regards|warmest regards|best wishes|regards|sincerely|yours sincerely|yours truly
yours faithfully|all the best|many thanks|thanks and regards|thank you and regards|with best regards
with kind regards|with regards|best|cheers|thanks|thank you|warmly|kindly|yours|take care|thx|tia|talk soon
respectfully|cordially|br|rgds|brgds|kr|love|xoxo|thanks again|many thanks and best wishes|thanks a lot
thanks so much|thank you so much|thank you very much|best regards and thanks|with thanks|in gratitude|gratefully
have a nice day|have a great day|have a good day|have a great weekend|ta|mit freundlichen grüßen
mit freundlichen gruessen|mit freundlichem gruß|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse
liebe grüße|liebe grüsse|lieben gruß|beste grüße|beste grüsse|herzliche grüße|herzliche grüsse|schöne grüße|gruß
grüße|mfg|lg|vg|bg|danke|vielen dank|danke und grüße|vielen dank und viele grüße|mit besten grüßen
mit herzlichen grüßen|bis bald|hochachtungsvoll|dein|deine|danke schön|cordialement|bien cordialement
très cordialement|bien à vous|bien à toi|amicalement|salutations|meilleures salutations|sincères salutations
bonne journée|bonne soirée|merci|cdt|cdlt|merci beaucoup|merci d'avance|bien amicalement|avec mes remerciements
à bientôt|respectueusement|sentiments distingués|bises|saludos|un saludo|saludos cordiales|un cordial saludo
atentamente|cordialmente|muchos saludos|un abrazo|abrazos|gracias|muchas gracias|muchas gracias y un saludo|atte
saludos y gracias|gracias y saludos|que tengas un buen día|cariños|atenciosamente|cumprimentos
melhores cumprimentos|com os melhores cumprimentos|abraço|um abraço|abraços|obrigado|obrigada|muito obrigado
muito obrigada|att|grato|grata|cordiais saudações|saudações|com cumprimentos|beijinhos|cordiali saluti
distinti saluti|un cordiale saluto|saluti|un saluto|cari saluti|a presto|grazie|grazie mille|molte grazie
grazie e saluti|buona giornata|un caro saluto|tanti saluti|un abbraccio|met vriendelijke groet
met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groeten|groetjes|hartelijke groet
hartelijke groeten|mvg|dank je wel|bedankt|dank|alvast bedankt|met hartelijke groet|gr|groet|med venlig hilsen
venlig hilsen|mange hilsner|hilsen|kærlig hilsen|mvh|vh|tak|mange tak|de bedste hilsner|bedste hilsner|kh
med vennlig hilsen|vennlig hilsen|beste hilsen|takk|mange takk|hilsen fra|tusen takk|ha en fin dag|klem
med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|hälsningar|tack|tack så mycket
bästa hälsningar|hälsar|varma hälsningar|kram|ystävällisin terveisin|terveisin|parhain terveisin|t|yst terv
kiitos|kiitoksin|terv|terkuin|kiitos paljon|hyvää päivänjatkoa|pozdrawiam|z poważaniem|pozdrowienia
serdecznie pozdrawiam|dziękuję|z wyrazami szacunku|dzięki|pozdr|pozdrawiam serdecznie|z pozdrowieniami
dziękuję i pozdrawiam|łączę pozdrowienia|s pozdravem|s přátelským pozdravem|děkuji|zdravím|s úctou|hezký den
díky|s pozdravom|ďakujem|s priateľským pozdravom|pekný deň|mějte se hezky|pěkný den|vďaka|üdvözlettel
tisztelettel|köszönettel|üdv|köszönöm|szívélyes üdvözlettel|köszi|szép napot|baráti üdvözlettel|cu stimă
cu respect|cele bune|toate cele bune|mulțumesc|o zi bună|salutări|multumesc|cu drag|cu considerație|cu stima
cu prietenie|с уважением|с наилучшими пожеланиями|спасибо|всего доброго|всего хорошего|с приветом|удачи
искренне ваш|искренне ваша|хорошего дня|заранее спасибо|з повагою|з найкращими побажаннями|дякую|щиро
гарного дня|всього найкращого|з пошаною|з вдячністю|με εκτίμηση|φιλικά|ευχαριστώ|χαιρετισμούς
με φιλικούς χαιρετισμούς|ευχαριστώ πολύ|τα λέμε|saygılarımla|saygılar|sevgiler|teşekkürler|iyi günler
en iyi dileklerimle|selamlar|iyi çalışmalar|teşekkür ederim|kolay gelsin|sevgilerimle|בברכה|תודה|בתודה|בברכה רבה
כל טוב|תודה רבה|יום טוב|בידידות|مع أطيب التحيات|مع التحية|تحياتي|شكرا|شكراً|مع خالص التحية|مع الشكر|شكرا لك
مع تحياتي|شكرا جزيلا|أطيب التحيات|با احترام|با تشکر|ارادتمند|よろしくお願いします|よろしくお願いいたします
よろしくお願い致します|宜しくお願い致します|敬具|以上|ありがとうございます|宜しくお願いします
以上、よろしくお願いいたします|감사합니다|감사드립니다|안녕히 계세요|고맙습니다|드림|올림|감사합니다 드림
좋은 하루 되세요|此致|敬礼|谢谢|謝謝|祝好|顺祝商祺|敬上|此致敬礼|祝 好|顺颂商祺|祝您工作愉快|多谢|trân trọng
cảm ơn|thân mến|trân trọng cảm ơn|thân ái|xin cảm ơn|ขอแสดงความนับถือ|ขอบคุณ|ด้วยความเคารพ|ขอบคุณครับ|ขอบคุณค่ะ
ขอบคุณมาก|salam|hormat saya|terima kasih|salam hormat|salam hangat|yang benar|sekian terima kasih|salutacions
cordialment|atentament|gràcies|salutacions cordials|moltes gràcies|una abraçada|fins aviat|lep pozdrav
s spoštovanjem|lp|hvala|srdačan pozdrav|s poštovanjem|pozdrav|lijep pozdrav|puno hvala|lep pozdrav in hvala
срдачан поздрав|поздрав|хвала|с поштовањем|поздрави|благодаря|с уважение|хубав ден|pagarbiai|ačiū|su pagarba
lugupidamisega|parimate soovidega|tänan|tervitades|ar cieņu|paldies|bestu kveðjur|kær kveðja|með kveðju|kveðja
takk fyrir|atentamente e obrigado|eskerrik asko|agur bero bat|unha aperta|saúdos|grazas|le meas
go raibh maith agat|cofion gorau|diolch|धन्यवाद|सादर|शुभकामनाओं सहित|reg|regds|wishes|with best wishes
with warm regards|warm wishes|with gratitude
""")
)
"""Lines that close a letter: small letters, without punctuation."""

EXCUSES = _table("""\
excuse|typo|brevity|brief|pardon|apolog|sorry|forgive|entschuld|kürze|tippfehler|excusez|faute|disculp|errores|brevedad
scus|brevità|errori|desculp|erros|excuus|verontschuld|fouten
""")
"""Parts of words with which a tagline goes on behind a comma."""

THANKS = frozenset(
    _table("""\
a presto|alvast bedankt|att|ačiū|bedankt|best|bg|bis bald|bonne journée|br|cheers|cảm ơn|dank|danke|dein|deine|drift
dzięki|dziękuję|díky|děkuji|gr|gracias|grazie|grazie mille|gràcies|have a good day|have a great day|have a nice day
hvala|kiitos|kindly|kr|köszi|köszönöm|lg|love|mange tak|mange takk|many thanks|merci|merci beaucoup
merci d'avance|muchas gracias|muito obrigada|muito obrigado|multumesc|mulțumesc|obrigada|obrigado|paldies|reg|t|ta|tack
tack så mycket|tak|take care|takk|talk soon|terima kasih|teşekkürler|thank you|thank you so much
thank you very much|thanks|thanks a lot|thanks again|thanks so much|thx|tia|tänan|vg|vielen dank|warmly|wishes
yours|à bientôt|ďakujem|ευχαριστώ|благодаря|дякую|спасибо|хвала|תודה|شكرا|شكراً|धन्यवाद|ขอบคุณ
ありがとうございます|以上|謝謝|谢谢|감사합니다|고맙습니다
""")
)
"""Closings that are also something to say: they close only where a name follows."""

BANNERS = tuple(
    frozenset(row.split("|"))
    for row in """\
external|email|sender|organization|outside|originated|caution|warning|attention|click|links|attachments|\
recognize|trust|message|organisation|unknown|learn|company|mail|suspicious|often|get|important|unless|aka.ms
externe|extern|e-mail|absender|organisation|außerhalb|achtung|vorsicht|warnung|klicken|links|anhänge|stammt|\
nachricht|kennen|öffnen|unternehmens
externe|courriel|expéditeur|organisation|extérieur|attention|avertissement|cliquez|liens|pièces|provient|mail|\
message|prudence|jointes|e-mail
externo|correo|remitente|organización|fuera|atención|precaución|advertencia|enlaces|adjuntos|haga|originó|\
proviene|mensaje|clic|externa
externo|e-mail|remetente|organização|fora|atenção|cuidado|aviso|clique|links|anexos|mensagem|originou
esterno|e-mail|mittente|organizzazione|esterna|attenzione|avviso|collegamenti|allegati|cliccare|messaggio|\
proviene|esterni|link
extern|e-mail|afzender|organisatie|buiten|let|waarschuwing|klik|koppelingen|bijlagen|afkomstig|links
extern|ekstern|e-post|avsändare|organisationen|utanför|varning|klicka|länkar|bilagor|afsender|uden|advarsel|\
avsender|utenfor|organisasjonen|kommer|mail|mejl
zewnętrzny|wiadomość|nadawca|organizacji|spoza|uwaga|ostrzeżenie|linki|załączniki|klikaj|pochodzi|zewnętrzna
внешний|внешняя|письмо|отправитель|организации|вне|внимание|осторожно|ссылки|вложения|получено|почта
外部|メール|組織|注意|送信者|リンク|添付
外部|邮件|组织|注意|发件人|链接|附件|警告
""".splitlines()
)
"""Words of the notes that gateways put above mail from outside; three of one row in a short passage make a banner."""

BANNER_STARTS = _table("""\
caution|warning|attention|external|[external|[extern|*external|**external|achtung|vorsicht|warnung|extern
avertissement|externe|atención|precaución|advertencia|externo|atenção|cuidado|attenzione|avviso|esterno|let op
waarschuwing|varning|advarsel|obs|uwaga|ostrzeżenie|внимание|осторожно|внешн|注意|警告|this email originated
this message originated|this message came from outside|this sender|you don't often get email
you don’t often get email|some people who received this message|be careful|use caution|ce message provient
ce courriel provient|diese e-mail stammt|diese e-mail kommt|este correo|este e-mail|questa e-mail|deze e-mail
[caution|[warning|zjqcmqrybannerstart|zjqcmqryfpfptbannerstart|outside email|notice: this email|***
this is an external|この|外部|此邮件|message from outside|[外部|sie erhalten nicht|vous n'obtenez pas
no suele recibir|external email
""")
"""How such a note begins."""

DISCLAIMERS = _table("""\
confidential|confidentiality|privileged|intended|recipient|addressee|unauthorized|unauthorised|disclosure
dissemination|distribution|prohibited|delete|notify|attachments|liability|legally|disclaimer|copying|virus
viruses|registered|vertraulich|vertrauliche|empfänger|adressat|unbefugte|weitergabe|rechtlich|geschützte
vernichten|löschen|irrtümlich|anhänge|untersagt|gestattet|bestimmt|informieren|confidentiel|confidentiels
destinataire|destinataires|divulgation|interdite|usage|pièces|jointes|détruire|erreur|prière|confidencial
destinatario|destinatarios|divulgación|prohibida|privilegiada|anexos|adjuntos|eliminar|borrar|error|destinatário
confidenciais|divulgação|proibida|apagar|engano|riservato|riservate|riservata|allegati|vietata|diffusione
cancellare|errore|destinatari|vertrouwelijk|vertrouwelijke|geadresseerde|bestemd|verspreiding|bijlagen
verwijderen|openbaarmaking|aansprakelijk|fortroligt|fortrolig|konfidentiell|konfidentiellt|mottagaren|modtager
mottaker|sekretess|luottamuksellinen|vastaanottaja|poufne|adresata|adresat|rozpowszechnianie|zabronione|důvěrné
adresátovi|bizalmas|címzett|конфиденциальн|конфиденциальную|адресата|конфиденциальной|gizli|gizlidir|alıcı|機密
受信者|保密|收件人
""")
"""Words of confidentiality notices; four different ones in a passage make one."""

GREEN = _table("""\
consider the environment before printing|think before you print|before printing this e-mail
before printing this email|denken sie an die umwelt|pensez à l'environnement|pensez à l’environnement
piense en el medio ambiente|pense no meio ambiente|antes de imprimir|prima di stampare|avant d'imprimer
avant d’imprimer|virus-free.|virenfrei.|sans virus.|libre de virus.|senza virus.|scanned by mailscanner
checked for viruses by|auf viren geprüft|no virus found in this message|avast.com/sig-email
this email has been scanned|this message has been scanned|enviado con mailtrack
you received this message because you are subscribed|to unsubscribe from this group|sender notified by mailtrack
""")
"""Parts of lines that programs append."""

CONTACT = _table("""\
tel|tel.|phone|mobile|mobil|mob|fax|cell|office|direct|m|t|p|f|e|w|telefon|téléphone|teléfono|telefono|email
e-mail|mail|web|www|skype|linkedin|twitter|handy|ph|тел|電話
""")
"""What a line of a signature begins with that says how to reach somebody."""
