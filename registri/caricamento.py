"""Starting the kinds of meeting and of project, and the yearly questions, from a file each, when there is none yet."""

from pathlib import Path

from django.db import transaction

from base.formati.lettura_yaml import leggi_yaml
from base.formati.schema import FileNonValido, Problema
from organizzazioni.models import Organizzazione

from .impianto import DI_PROGETTO, DI_RIUNIONE, ImpiantoTipo, leggi_quesiti, leggi_tipi
from .models import CriterioDelTipo, CriterioDelTipoDiProgetto, Quesito, TipoProgetto, TipoRiunione
from .models.basi import CriterioServito, Tipo

DATI = Path(__file__).parent / "dati"
"""The kinds that every District has, with the manager's duties that they serve."""
RIUNIONI, PROGETTI, QUESITI = "tipi-riunione.yaml", "tipi-progetto.yaml", "quesiti.yaml"
"""The files that a District may have of its own, beside its set-up file."""


@transaction.atomic
def carica_tipi(cartella: Path) -> int:
    """How many kinds were made: those of the files in `cartella`, or without them the usual ones; none where there
    are some.

    What the manager changed, added or deleted is never written over. Raises `FileNonValido` when a file is not right.
    """
    return _carica(cartella, RIUNIONI, "tipi_di_riunione", DI_RIUNIONE, TipoRiunione, CriterioDelTipo) + _carica(
        cartella, PROGETTI, "tipi_di_progetto", DI_PROGETTO, TipoProgetto, CriterioDelTipoDiProgetto
    )


@transaction.atomic
def carica_quesiti(cartella: Path) -> int:
    """The same, of the questions on the yearly measures."""
    letti = leggi_quesiti(leggi_yaml(_file(cartella, QUESITI).read_bytes()))
    if Quesito.objects.exists():
        return 0
    for posto, letto in enumerate(letti):
        campi = {nome: valore for nome, valore in vars(letto).items() if nome != "scelte"}
        Quesito.objects.create(**campi, scelte="\n".join(letto.scelte), ordine=posto * 10)
    return len(letti)


def _file(cartella: Path, file: str) -> Path:
    suo = cartella / file
    return suo if suo.exists() else DATI / file


def _carica(cartella, file, nome, condizioni, modello: type[Tipo], del_criterio: type[CriterioServito]) -> int:
    letti = leggi_tipi(leggi_yaml(_file(cartella, file).read_bytes()), nome, condizioni)
    if modello.objects.exists():
        return 0
    enti = {ente.chiave: ente for ente in Organizzazione.objects.all()}
    ignoti = [
        Problema(f"{nome}.{tipo.chiave}", f"nessuna organizzazione si chiama «{chiave}»")
        for tipo in letti
        for criterio in tipo.criteri
        for chiave in criterio.enti
        if chiave not in enti
    ]
    if ignoti:
        raise FileNonValido(ignoti)
    for posto, tipo in enumerate(letti):
        _crea(tipo, posto, enti, modello, del_criterio)
    return len(letti)


def _crea(tipo: ImpiantoTipo, posto: int, enti: dict[str, Organizzazione], modello, del_criterio) -> None:
    cadenza = {"ogni_mesi": tipo.ogni_mesi} if tipo.ogni_mesi else {}
    creato = modello.objects.create(chiave=tipo.chiave, nome=tipo.nome, ordine=posto, **cadenza)
    for n, criterio in enumerate(tipo.criteri):
        suo = del_criterio(tipo=creato, sort_order=n, codice=criterio.codice, **criterio.condizioni)
        suo.save()
        suo.enti.set(enti[chiave] for chiave in criterio.enti)
        suo.save()
