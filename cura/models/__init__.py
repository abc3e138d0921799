"""Models of the common life of entries."""

from .indice import InsiemeFaccetta, InsiemeParola, Parola, VoceIndice
from .ricerche import RicercaVana, Sinonimo

__all__ = ["InsiemeFaccetta", "InsiemeParola", "Parola", "RicercaVana", "Sinonimo", "VoceIndice"]
