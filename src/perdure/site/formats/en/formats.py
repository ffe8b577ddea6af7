"""4 March 2027, 14:05"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
