"""The scene of the tests of meetings: one prepared, people invited, who was there, closed."""

import datetime

import pytest

from organizzazioni.models import Organizzazione
from registri.models import Partecipante, Riunione, TipoRiunione
from registri.riunioni import operazioni

GIORNO = datetime.date(2025, 10, 7)
COORDINATORE, AMMINISTRATIVA = "coordinatore_istituzionale", "referente_amministrativo"


def tipo(chiave):
    return TipoRiunione.objects.get(chiave=chiave)


def segreta(organizzazione_b, manager, titolo, file):
    """For the walls: a meeting of B that was held, with its file, and one that the manager only prepares."""
    from django.core.files.base import ContentFile

    from registri.models import FileDellaRiunione, Seguito

    comuni = {"tipo": tipo("operativo"), "giorno": GIORNO}
    tenuta = Riunione.objects.create(titolo=titolo, stato="tenuta", verbale=titolo, luogo=titolo, **comuni)
    Partecipante.objects.create(
        riunione=tenuta, nome=titolo, organizzazione=organizzazione_b, partecipazione="presente"
    )
    Seguito.objects.create(riunione=tenuta, che_cosa=titolo, responsabile=titolo)
    suo = FileDellaRiunione(riunione=tenuta, nome=f"{titolo}.txt", tipo="text/plain", caricato_da=manager)
    suo.file.save("x.txt", ContentFile(titolo.encode()))
    preparata = Riunione.objects.create(titolo=file, **comuni)
    Partecipante.objects.create(riunione=preparata, nome=file, organizzazione=organizzazione_b)
    return tenuta, preparata, suo


def progetto_segreto(organizzazione_b, manager, titolo):
    """For the walls: a shared project of B, with its file."""
    from django.core.files.base import ContentFile

    from registri.models import EnteDelProgetto, FileDelProgetto, Progetto, TipoProgetto

    suo = Progetto.objects.create(tipo=TipoProgetto.objects.first(), titolo=titolo, risultato=titolo, dal=GIORNO)
    EnteDelProgetto.objects.create(progetto=suo, organizzazione=organizzazione_b)
    file = FileDelProgetto(progetto=suo, nome=f"{titolo}.txt", tipo="text/plain", caricato_da=manager)
    file.file.save("x.txt", ContentFile(titolo.encode()))
    return suo, file


@pytest.fixture
def prepara(programma, manager):
    """A meeting of a kind, and who is invited: (name, body's key or None, role)."""

    def nuova(chiave="operativo", persone=(), giorno=GIORNO, titolo="Piano dell'estate", **campi):
        riunione = operazioni.salva_riunione(
            Riunione(tipo=tipo(chiave), titolo=titolo, giorno=giorno, **campi), manager
        )
        enti = {ente.chiave: ente for ente in Organizzazione.objects.all()}
        righe = [Partecipante(nome=nome, organizzazione=enti.get(ente), ruolo=ruolo) for nome, ente, ruolo in persone]
        return operazioni.salva_partecipanti(riunione, manager, righe)

    return nuova


@pytest.fixture
def tieni(prepara, manager):
    """The same, held: who is named in `assenti` was not there."""

    def tenuta(*argomenti, assenti=(), verbale="", **campi):
        riunione = prepara(*argomenti, **campi)
        segni = {uno.pk: "assente" if uno.nome in assenti else "presente" for uno in riunione.partecipanti.all()}
        riunione = operazioni.registra_presenze(riunione, manager, segni)
        return operazioni.salva_verbale(riunione, manager, verbale, []) if verbale else riunione

    return tenuta
