"""French conventions: « mardi 3 mars 2026, 9 h 30 », « 66 595,00 »."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = r"l j F Y, G \h i"
TIME_FORMAT = r"G \h i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = r"d/m/Y, G \h i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
