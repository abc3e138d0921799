"""The only function that registers entries and exits: it writes the body's dates, and keeps the act."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction

from base.storia import a_nome_di
from organizzazioni.models import Organizzazione, Utente

from ..models import AttoDiAdesione, FileDellAtto
from ..permissions import puo_inviare_elenco
from ..riservati import riponi
from .movimenti import ADESIONE, CAMPI, MovimentoRifiutato, dopo
from .selettori import periodo_di


@transaction.atomic
def registra_movimento(
    organizzazione: Organizzazione,
    cosa: str,
    verso: str,
    giorno: date,
    utente: Utente,
    atto: str = "",
    atto_del: date | None = None,
    motivo: str = "",
    file: File | None = None,
    corregge: bool = False,
) -> AttoDiAdesione:
    """Something begins on `giorno`, or `giorno` is its last day: the list of members says so from now on.

    Written again for the day that is there, it only adds the act. `corregge` puts another day in place of a wrong one,
    with a `motivo`. `ValidationError` when the body's present state does not allow it, or the file is not taken.
    """
    if not puo_inviare_elenco(utente):
        raise PermissionDenied("Iscrizioni e cancellazioni le registra il manager")
    if corregge and not motivo.strip():
        raise ValidationError({"motivo": "Scrivi perché si corregge: resta nel registro"})
    attuale = Organizzazione.objects.select_for_update().get(pk=organizzazione.pk)
    try:
        dal, al = dopo(periodo_di(attuale, cosa), verso, giorno, corregge)
    except MovimentoRifiutato as rifiuto:
        raise ValidationError({"giorno": str(rifiuto)}) from rifiuto
    campo_dal, campo_al = CAMPI[cosa]
    setattr(attuale, campo_dal, dal)
    setattr(attuale, campo_al, al)
    if cosa != ADESIONE:
        setattr(attuale, cosa, True)
    with a_nome_di(utente):
        attuale.save()
    registrato = AttoDiAdesione.objects.create(
        organizzazione=attuale,
        cosa=cosa,
        verso=verso,
        giorno=giorno,
        atto=atto.strip(),
        atto_del=atto_del,
        motivo=motivo.strip(),
        registrato_da=utente,
    )
    if file is not None:
        riponi(FileDellAtto.objects, file, utente, di=registrato)
    return registrato
