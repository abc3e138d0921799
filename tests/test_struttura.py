"""What is there as soon as a module is imported: an operation is one transaction, or it is said here why not; a value
does not change.
"""

import dataclasses
import importlib
import inspect

from django.apps import apps
from django.db.transaction import Atomic

from .deposito import RADICE

ALTRE = {
    "legge soltanto": """cura.controlla guide.guasti guide.intero_aggiornato notizie.anteprima notizie.firma
        notizie.rifiuti_nostri programma.blocca_evidenza
        programma.blocca_programma programma.esigi programma.esigi_letta programma.motivo_di""",
    "scrive una volta sola": """base.accoda base.accoda_senza_testo base.dimentica_esterno base.dimentica_vecchi
        base.metti_in_dubbio base.rispedisci cura.chiedi_adesso cura.dimentica cura.dimentica_giudizi cura.giudica
        cura.sollecita cura.spiega guide.segna_da_rifare
        notizie.dimentica_non_confermati notizie.metti_in_coda notizie.metti_in_dubbio""",
    "chiama chi lo è": """convenzioni.proponi_convenzione convenzioni.segnala_errore
        convenzioni.segnala_rifiuto cura.annota_vana guide.congela
        guide.proponi guide.proponi_servizio guide.segnala_errore
        guide.segnala_problema notizie.invia_prova organizzazioni.approva_pagina
        organizzazioni.crea_indici organizzazioni.crea_pagina organizzazioni.pubblica_nuova
        organizzazioni.restituisci_pagina programma.correggi_programma programma.riapri_programma""",
    "ciascuna per sé: una che non riesce non ferma le altre, o ciò che è partito non torna": """base.spedisci
        cura.aggiorna documenti.prepara guide.prepara_tutti guide.rifai guide.rifai_intero guide.turno
        notizie.spedisci_lotto programma.approva_insieme programma.manda_riassunti""",
    "una prova si disfa dentro la sua stessa transazione": "programma.importa_atto",
}
"""The operations that are no transaction of their own, by reason."""


def moduli(*modelli):
    """The modules of ours whose path is like one of these."""
    for app in apps.get_app_configs():
        for percorso in (RADICE / app.name).rglob("*.py") if (RADICE / app.name).is_dir() else ():
            relativo = percorso.relative_to(RADICE)
            if "migrations" not in relativo.parts and any(relativo.match(modello) for modello in modelli):
                yield importlib.import_module(".".join(relativo.with_suffix("").parts).removesuffix(".__init__"))


def operazioni():
    """Every public function of the modules of operations, by the app's name and its own."""
    for modulo in moduli("operazioni.py", "operazioni/*.py"):
        for nome, funzione in inspect.getmembers(modulo, inspect.isfunction):
            if not nome.startswith("_") and funzione.__module__ == modulo.__name__:
                yield f"{modulo.__name__.partition('.')[0]}.{nome}", funzione


def in_transazione(funzione):
    return any(isinstance(cella.cell_contents, Atomic) for cella in funzione.__closure__ or ())


def test_every_operation__is_whole_or_says_why_not():
    fuori = {nome for nome, funzione in operazioni() if not in_transazione(funzione)}
    assert fuori == {nome for nomi in ALTRE.values() for nome in nomi.split()}


LETTURA = "programma.atto"
"""The reading of the act, whose blocks are filled line by line."""
SI_RIEMPIONO = {"AttoImportato", "Categorie", "Letture", "Piano", "RigaLetta", "_Lettura"}
"""The dataclasses that are filled little by little, as a file or a set-up is read."""


def test_every_value__does_not_change():
    classi = {c for modulo in moduli("*.py") for c in vars(modulo).values() if dataclasses.is_dataclass(c)}
    nostre = {c for c in classi if inspect.isclass(c) and (RADICE / c.__module__.partition(".")[0]).is_dir()}
    mutevoli = {c for c in nostre if not c.__dataclass_params__.frozen and not c.__module__.startswith(LETTURA)}
    assert {c.__name__ for c in mutevoli} == SI_RIEMPIONO
