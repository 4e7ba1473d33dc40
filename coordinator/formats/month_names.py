"""The names of the months in the languages of auto-replies, in the cases that follow a number."""

from typing import Final

_TABLE: Final = """
1 january jan januar jänner janvier janv enero ene janeiro gennaio gen januari tammikuu tammikuuta tammikuun
1 styczeń stycznia leden ledna január januára ianuarie января січня ocak ιανουαρίου јануар jaanuar
2 february feb februar feber février févr fevrier febrero fevereiro fev febbraio februari helmikuu helmikuuta
2 helmikuun luty lutego únor února február februára februarie февраля лютого şubat φεβρουαρίου
3 march mar marts märz mrz mars marzo março marco maart maaliskuu maaliskuuta maaliskuun marzec marca březen března
3 március március martie марта березня mart μαρτίου
4 april apr avril avr abril abr aprile huhtikuu huhtikuuta huhtikuun kwiecień kwietnia duben dubna április apríl
4 apríla aprilie апреля квітня nisan απριλίου
5 may mai mayo maio maggio mag mei maj toukokuu toukokuuta toukokuun maja květen května május mája мая травня
5 mayıs μαΐου
6 june jun juni juin junio junho giugno giu kesäkuu kesäkuuta kesäkuun czerwiec czerwca červen června június jún
6 júna iunie июня червня haziran ιουνίου
7 july jul juli juillet juil julio julho luglio lug heinäkuu heinäkuuta heinäkuun lipiec lipca červenec července
7 július júl júla iulie июля липня temmuz ιουλίου
8 august aug août aout agosto ago augustus augusti elokuu elokuuta elokuun sierpień sierpnia srpen srpna augusztus
8 augusta августа серпня ağustos αυγούστου
9 september sep sept septembre septiembre setembro set settembre syyskuu syyskuuta syyskuun wrzesień września září
9 szeptember septembra septembrie сентября вересня eylül σεπτεμβρίου
10 october oct oktober okt octobre octubre outubro ottobre ott lokakuu lokakuuta lokakuun październik października
10 říjen října október októbra octombrie октября жовтня ekim οκτωβρίου
11 november nov novembre noviembre novembro marraskuu marraskuuta marraskuun listopad listopada listopadu novembra
11 noiembrie ноября листопада kasım νοεμβρίου
12 december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre joulukuu joulukuuta joulukuun
12 grudzień grudnia prosinec prosince decembra decembrie декабря грудня aralık δεκεμβρίου
"""

MONTHS: Final = {name: int(line.split()[0]) for line in _TABLE.strip().split("\n") for name in line.split()[1:]}
"""Casefolded name or abbreviation → 1 to 12. "out" is left out: it is October in Portuguese only."""
