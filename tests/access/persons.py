"""People of the tests."""

from alerts.access.person import Person, Role

ANNA = Person("anna-1", "Anna Andersson", Role.CASEWORKER, "0181")
LENA = Person("lena-2", "Lena Larsson", Role.TEAM_LEADER, "0181", ("Hovsjö",))
NOW = 1_800_000_000.0
