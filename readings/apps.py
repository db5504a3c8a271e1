from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ReadingsConfig(AppConfig):
    name = "readings"

    def ready(self) -> None:
        from readings.guides import GuideLayer, ItemForms, register_part_forms
        from readings.page import register, watch, watches
        from readings.passages import find_gate_places
        from seminars.gates import register_gates

        register(GuideLayer())
        register_part_forms(ItemForms())
        register_gates(find_gate_places)
        watch(*watches())
        pre_migrate.connect(lift_triggers, sender=self)
        post_migrate.connect(install_triggers, sender=self)


def lift_triggers(using: str, **_: Any) -> None:
    from readings.page import lift

    lift(connections[using])


def install_triggers(using: str, **_: Any) -> None:
    from database.full_text import install as install_indexes
    from readings.page import install

    install(connections[using])
    install_indexes(connections[using])
