"""The editorial plan of the demonstration: the plan of the year, a year of pieces, posts and mails that were sent."""

from django.core.files.base import ContentFile
from django.utils import timezone

from notizie.models import PezzoProgrammato, PianoEditoriale
from notizie.ped import operazioni
from programma.models import Evidenza
from programma.operazioni import approva

from .file import disegno
from .fonti import leggi
from .orologio import giorno_detto, momento, orologio

MANAGER, COORDINAMENTO = "manager", "coordinamento"


def racconta_ped(mondo):
    detto, oggi = leggi("piano-editoriale"), timezone.localdate()
    for voce in detto["pezzi"]:
        _racconta(voce, mondo, oggi)
    parti = detto["piano"]
    piano = PianoEditoriale(programma=mondo.programma, **{nome: parti[nome] for nome in PianoEditoriale.PARTI})
    with orologio(momento(parti["scritto"])):
        operazioni.salva_piano(piano, mondo.utenti[MANAGER], presente=True)
    _approva(piano, parti, mondo.utenti[COORDINAMENTO])


def _racconta(voce, mondo, oggi):
    mondo = mondo.di(voce)
    autore = mondo.utenti[voce["autore"]]
    pezzo = PezzoProgrammato(
        titolo=voce["titolo"],
        canale=voce["canale"],
        stato=voce.get("stato", "idea"),
        responsabile=autore,
        data=giorno_detto(voce["data"], oggi),
        organizzazione=mondo.organizzazioni[voce["organizzazione"]],
        criterio=mondo.criteri[voce["criterio"]] if "criterio" in voce else None,
    )
    with orologio(momento(voce["scritto"])):
        operazioni.salva_pezzo(pezzo, autore)
    if "inviato" in voce:
        _registra(pezzo, {**voce["inviato"], "giorno": mondo.giorno(voce["inviato"]["giorno"], oggi)}, autore, mondo)
        _approva(pezzo, voce, mondo.utenti[COORDINAMENTO if voce["autore"] == MANAGER else MANAGER])


def _registra(pezzo, detto, autore, mondo):
    prova = {"inviato_il": detto["giorno"], **{nome: detto.get(nome, "") for nome in ("testo", "url", "destinatari")}}
    if "url" in detto:
        prova["immagine"] = ContentFile(disegno(pezzo.titolo, 1200, 630), name="post.png")
    with orologio(mondo.momento(detto["quando"])):
        operazioni.registra(pezzo, autore, prova)


def _approva(fonte, detto, chi):
    """What was approved of it; without `approvato` it still waits."""
    if "approvato" in detto:
        with orologio(momento(detto["approvato"])):
            for evidenza in Evidenza.objects.nate_da(fonte):
                approva(evidenza, chi)
