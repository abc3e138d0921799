"""How the network listens: surveys, their codes, what is answered, of nobody in particular."""

from .sondaggi import BozzaDiRisposta, Codice, ParoleDaRivedere, RispostaAlSondaggio, Sondaggio

__all__ = ["BozzaDiRisposta", "Codice", "ParoleDaRivedere", "RispostaAlSondaggio", "Sondaggio"]
