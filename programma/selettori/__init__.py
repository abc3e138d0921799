"""The read side of the programme."""

from .pubblici import contesto_azione, contesto_programma, programmi_pubblici

__all__ = ["contesto_azione", "contesto_programma", "programmi_pubblici"]
