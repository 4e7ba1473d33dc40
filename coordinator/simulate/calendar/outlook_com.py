"""outlook.com: the calendar of Exchange in the headers of a free mailbox."""

from coordinator.simulate.calendar.answer import Answer, client
from coordinator.simulate.calendar.exchange import written


def _write(answer: Answer) -> bytes:
    headers = ("Accept-Language: en-US", "Content-Language: en-US", "x-ms-exchange-messagesentrepresentingtype: 1")
    return written(answer, domain="DB9P251MB0000.EURP251.prod.example.com", headers=headers)


answer = client(_write)
