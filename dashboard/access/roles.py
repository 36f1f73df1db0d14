"""The five roles. Knows what each is called, not what it may see: that is reckoned by ``rights``."""

from __future__ import annotations

from enum import StrEnum

from geodata.errors import N_


class Role(StrEnum):
    """What a person does here. Each account has one."""

    COMMITTEE = "committee"
    CHIEF = "chief"
    OFFICER = "officer"
    DATA = "data"
    ADMINISTRATOR = "administrator"

    @property
    def bound(self) -> bool:
        """Whether it sees no more than the regions and communes its account names."""
        return self in {Role.CHIEF, Role.OFFICER}


LABELS = {
    Role.COMMITTEE: N_("Steering committee"),
    Role.CHIEF: N_("Chief of an area"),
    Role.OFFICER: N_("Commune officer"),
    Role.DATA: N_("Data officer"),
    Role.ADMINISTRATOR: N_("Administrator of accounts"),
}
