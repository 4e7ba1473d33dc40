"""The calendar programs by name."""

from collections.abc import Mapping

from coordinator.simulate.calendar import (
    apple,
    exchange,
    google,
    icloud,
    outlook_com,
    outlook_desktop,
    roundcube,
    thunderbird,
    yahoo,
    zimbra,
)
from coordinator.simulate.calendar.answer import Client

CLIENTS: Mapping[str, Client] = {
    "exchange": exchange.answer,
    "outlook_com": outlook_com.answer,
    "outlook_desktop": outlook_desktop.answer,
    "google": google.answer,
    "apple": apple.answer,
    "icloud": icloud.answer,
    "thunderbird": thunderbird.answer,
    "yahoo": yahoo.answer,
    "roundcube": roundcube.answer,
    "zimbra": zimbra.answer,
}
