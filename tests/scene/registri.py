"""What the registers hold of another body, for the walls."""

from . import consultazioni
from .congelati import atto_di_adesione, corso, invio_elenco
from .riunioni import GIORNO, progetto_segreto, segreta
from .sondaggi import chiuso, nuovo_sondaggio


def registri_segreti(ente, manager, segreto, del_manager):
    """Objects by name: a list that was sent, meetings, a project, an act, a course; with their files."""
    *riunioni, file_di_riunione = segreta(ente, manager, f"{segreto} riunione", f"{del_manager} riunione")
    progetto, file_di_progetto = progetto_segreto(ente, manager, f"{segreto} progetto")
    from registri.models import Intermediazione, Quesito

    una = Intermediazione.objects.create(giorno=GIORNO, organizzazione=ente, argomento=f"{del_manager} contatto")
    return {
        "sondaggi": [
            nuovo_sondaggio(manager, titolo=f"{del_manager} sondaggio"),
            chiuso(
                manager, [{"d1": n % 2, "d6": f"{del_manager} parole"} for n in range(12)], titolo=f"{segreto} chiuso"
            ),
        ],
        "consultazioni": [consultazioni.segreta(ente, manager, f"{segreto} consultazione")],
        "misure": list(misure_segrete(ente, manager, segreto)),
        "quesito": Quesito.objects.first(),
        "intermediazione": una,
        "invio_elenco": invio_elenco(manager),
        "riunioni": riunioni,
        "file_di_riunione": file_di_riunione,
        "progetto": progetto,
        "file_di_progetto": file_di_progetto,
        "carta_di_adesione": atto_di_adesione(ente, manager),
        "attestato": corso(manager),
    }


def misure_segrete(ente, manager, segreto):
    """What a body answered to a collection that is closed, and writes in one that is open."""
    from django.utils import timezone

    from registri.misure.quesiti import in_dati
    from registri.models import MisureDellEnte, Quesito, Rilevazione

    domande = [in_dati(quesito.fermo) for quesito in Quesito.objects.all()]
    risposte = {"novita": f"{segreto} misura", "racconto": f"{segreto} racconto", "dipendenti": "12"}
    for anno, quando in ((2024, timezone.now()), (2025, None)):
        rilevazione = Rilevazione.objects.create(
            anno=anno, scade_il=GIORNO, domande=domande, aperta_da=manager, chiusa_il=quando
        )
        yield MisureDellEnte.objects.create(
            rilevazione=rilevazione, organizzazione=ente, risposte=risposte, inviata_il=quando
        )
