"""Times of the day as Britain writes them, with 24 hours; the rest is Django’s."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
