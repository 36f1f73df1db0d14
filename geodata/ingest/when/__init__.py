"""When an incident happened: days, hours and spans in any spelling. Knows no place."""
