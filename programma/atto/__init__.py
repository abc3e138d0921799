"""Reading the official act of a programme: lines, then blocks, then fields, then facts. Pure: no Django here."""

from .enti import EnteNoto
from .intero import AttoLetto, leggi_atto
from .schede import Rilievo

__all__ = ["AttoLetto", "EnteNoto", "Rilievo", "leggi_atto"]
