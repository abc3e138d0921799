"""Evidence of meetings that was given by hand, paired with the meetings that it tells of: criterion, day and words."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from programma.alimentazione import evidenze_scritte_per, impronta

from ..models import Partecipante, Riunione, TipoRiunione
from . import flusso_riunioni as flusso

_NOMI = re.compile(r"[,;\n]+")
PRESENTE = Partecipante.Partecipazione.PRESENTE
SENZA_NOME = "Persona non nominata"


@dataclass(frozen=True)
class Coppia:
    """Evidence of one meeting, and the meeting: None when it is still to be made, of the kind `tipo`."""

    evidenze: list[Any]
    tipo: TipoRiunione
    riunione: Riunione | None = None

    @property
    def chiave(self) -> str:
        return "-".join(str(evidenza.pk) for evidenza in self.evidenze)

    @property
    def prima(self) -> Any:
        return self.evidenze[0]

    @property
    def codici(self) -> list[str]:
        return sorted({criterio.codice for evidenza in self.evidenze for criterio in evidenza.criteri.all()})

    def da_fare(self) -> Riunione:
        """The meeting as the evidence tells it, still to be saved."""
        prima = self.prima
        titolo = prima.argomento or prima.titolo
        return Riunione(tipo=self.tipo, titolo=titolo[:200], giorno=prima.data, luogo=prima.luogo)

    def persone(self) -> list[Partecipante]:
        """Who took part: the names that are written, and one person for each body."""
        nomi = [nome.strip() for e in self.evidenze for nome in _NOMI.split(e.persone_coinvolte) if nome.strip()]
        enti = {ente.pk: ente for e in self.evidenze for ente in e.organizzazioni.all()}
        persone = [Partecipante(nome=nome[:120], partecipazione=PRESENTE) for nome in dict.fromkeys(nomi)]
        return persone + [
            Partecipante(nome=SENZA_NOME, organizzazione=ente, partecipazione=PRESENTE) for ente in enti.values()
        ]


def coppie() -> list[Coppia]:
    """Evidence that is of no meeting yet, each day's with the same words together, oldest first; constant queries.

    The meeting is one of that day with the same words, or of a kind that serves its criteria if it is the only one.
    """
    tipi = list(TipoRiunione.objects.prefetch_related("criteri"))
    serve = {tipo.pk: [criterio.codice for criterio in tipo.criteri.all()] for tipo in tipi}
    date = evidenze_scritte_per({codice for codici in serve.values() for codice in codici}).filter(riunioni=None)
    gruppi: dict[tuple, list[Any]] = defaultdict(list)
    for evidenza in date:
        gruppi[evidenza.data, impronta(evidenza.titolo)].append(evidenza)
    giorni = {giorno for giorno, _ in gruppi}
    tenute: dict[Any, list[Riunione]] = defaultdict(list)
    for riunione in Riunione.objects.filter(giorno__in=giorni).exclude(stato=flusso.ANNULLATA).per_elenco():
        tenute[riunione.giorno].append(riunione)
    return [_coppia(evidenze, tenute[giorno], tipi, serve) for (giorno, _), evidenze in gruppi.items() if tipi]


def _coppia(evidenze, tenute, tipi, serve) -> Coppia:
    codici = {criterio.codice for evidenza in evidenze for criterio in evidenza.criteri.all()}
    parole = {impronta(testo) for e in evidenze for testo in (e.titolo, e.argomento) if testo}
    uguali = [riunione for riunione in tenute if impronta(riunione.titolo) in parole]
    adatte = [riunione for riunione in tenute if codici & set(serve[riunione.tipo_id])]
    trovata = next(iter(uguali or (adatte if len(adatte) == 1 else [])), None)
    tipo = max(tipi, key=lambda uno: (len(codici & set(serve[uno.pk])), serve[uno.pk][:1] == [min(codici)]))
    return Coppia(evidenze, trovata.tipo if trovata else tipo, trovata)
