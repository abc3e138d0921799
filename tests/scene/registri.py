"""What the registers hold of another body, for the walls."""

from .congelati import atto_di_adesione, corso, invio_elenco
from .riunioni import GIORNO, progetto_segreto, segreta


def registri_segreti(ente, manager, segreto, del_manager):
    """Objects by name: a list that was sent, meetings, a project, an act, a course; with their files."""
    *riunioni, file_di_riunione = segreta(ente, manager, f"{segreto} riunione", f"{del_manager} riunione")
    progetto, file_di_progetto = progetto_segreto(ente, manager, f"{segreto} progetto")
    from registri.models import Intermediazione

    una = Intermediazione.objects.create(giorno=GIORNO, organizzazione=ente, argomento=f"{del_manager} contatto")
    return {
        "intermediazione": una,
        "invio_elenco": invio_elenco(manager),
        "riunioni": riunioni,
        "file_di_riunione": file_di_riunione,
        "progetto": progetto,
        "file_di_progetto": file_di_progetto,
        "carta_di_adesione": atto_di_adesione(ente, manager),
        "attestato": corso(manager),
    }
