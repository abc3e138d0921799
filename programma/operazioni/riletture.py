"""Deciding again on what was given for a criterion that changed, or that the act took away."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import flusso, permissions
from ..flusso import PassaggioNonAmmesso
from ..models import Criterio, Evidenza, Passaggio, Riconoscimento
from ..selettori.cambiati import cambi_da_leggere
from ..selettori.evidenze import errori_dei_valori, valori_di
from .evidenze import blocca_evidenza, esigi_letta


@transaction.atomic
def rivedi(
    evidenza: Evidenza, utente, al_posto_di: Mapping[int, Criterio], nota: str = "", versione: int | None = None
) -> Evidenza:
    """Say that `evidenza` still holds though its criteria changed; `al_posto_di` maps a criterion that was taken off
    (its key) to the one, of the same programme, that it serves from now on.

    What was recognised of the old one is revoked and recognised of the new one; everything else stays as it was.
    `ValidationError` when a criterion that was taken off has no other in its place, or the other one asks for more.
    """
    attuale = blocca_evidenza(evidenza)
    esigi_letta(versione, attuale)
    if attuale.stato not in flusso.RIVEDIBILI or attuale.programma is None or attuale.programma.chiuso:
        raise PassaggioNonAmmesso("Questa evidenza non si rivede ora")
    if perche := permissions.perche_non_decide(utente, attuale):
        raise PermissionDenied(perche)
    cambi = cambi_da_leggere(attuale)
    if not cambi:
        raise PassaggioNonAmmesso("I criteri di questa evidenza non sono cambiati")
    detto = [nota.strip() or "Riletta: vale anche con il criterio cambiato"]
    for criterio in [criterio for criterio in attuale.criteri.all() if criterio.tolto]:
        nuovo = _un_altro(attuale, criterio, al_posto_di.get(criterio.pk))
        _sostituisci(attuale, criterio, nuovo, utente)
        detto.append(f"Al posto di {criterio.codice}, che non è più nel programma, vale per {nuovo}")
    Passaggio.objects.create(evidenza=attuale, chi=utente, da=attuale.stato, a=attuale.stato, motivo="\n".join(detto))
    attuale.versione += 1
    attuale.save()
    return attuale


def _un_altro(evidenza: Evidenza, criterio: Criterio, nuovo: Criterio | None) -> Criterio:
    """`nuovo`, once it is known that it may take the place of `criterio`."""
    if nuovo is None or nuovo.tolto or nuovo.programma_id != evidenza.programma_id:
        raise ValidationError(f"{criterio.codice} non è più nel programma: scegli per quale criterio vale")
    if evidenza.origine == Evidenza.Origine.CONTENUTO:
        raise ValidationError(f"Nasce da «{evidenza.fonte}»: scegli l'altro criterio là, e l'evidenza lo segue")
    valori = valori_di(evidenza) | {
        "organizzazioni": list(evidenza.organizzazioni.all()),
        "allegati": [allegato.nome for allegato in evidenza.allegati.all()],
    }
    if errori := errori_dei_valori([nuovo], valori, timezone.localdate(), di=evidenza):
        raise ValidationError([motivo for motivi in errori.values() for motivo in motivi])
    return nuovo


def _sostituisci(evidenza: Evidenza, criterio: Criterio, nuovo: Criterio, utente) -> None:
    """From `criterio` to `nuovo`, with what was recognised; a source keeps feeding what it fed."""
    adesso = timezone.now()
    for riga in evidenza.riconoscimenti.filter(criterio=criterio, revocato_il=None):
        if not evidenza.riconoscimenti.filter(criterio=nuovo).exists():
            nuova = Riconoscimento.objects.create(
                evidenza=evidenza,
                criterio=nuovo,
                data=riga.data,
                quantita_dichiarata=riga.quantita_dichiarata,
                quantita_riconosciuta=riga.quantita_riconosciuta,
                nota=riga.nota,
                deciso_il=adesso,
                deciso_da=utente,
            )
            nuova.organizzazioni.add(*riga.organizzazioni.all())
        evidenza.riconoscimenti.filter(pk=riga.pk).update(
            revocato_il=adesso, revocato_da=utente, motivo=f"{criterio.codice} non è più nel programma"
        )
    evidenza.criteri.remove(criterio)
    evidenza.criteri.add(nuovo)
    if evidenza.fonte_criterio_id == criterio.pk:
        evidenza.fonte_criterio = nuovo
