"""Freezing the guide of a year, and offering what is frozen as evidence."""

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from organizzazioni.models import Utente
from organizzazioni.permissions import e_manager
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from ..fascicoli.dati import dati_json
from ..models import Istantanea
from .fascicoli import rifai_intero, turno

MAPPA, STRUMENTI = "guida", "guida_strumenti"
"""What the guide feeds, in the words of the set-up file: the map of services, and the ways by which it is known."""


def congela(utente: Utente) -> Istantanea:
    """Keep the guide as it is now: its booklet (printed if it is not up to date) and its data, with their SHA-256.

    The same guide frozen twice in a day is one snapshot. Raises `PermissionDenied`,
    `Occupata`, `StampaNonDisponibile`.
    """
    if not (utente.is_active and e_manager(utente)):
        raise PermissionDenied
    adesso = timezone.now()
    oggi = timezone.localdate(adesso)
    criterio = alimentazione.criterio_alimentato_da(MAPPA, oggi)
    anno = criterio.programma.anno if criterio else oggi.year
    with turno():
        contenuto, fascicolo = rifai_intero()
        with fascicolo.file.open() as file:
            pdf = file.read()
    dati = dati_json(contenuto, anno, oggi)
    impronta = _sha256(dati)
    with transaction.atomic():
        gia = Istantanea.objects.filter(json_sha256=impronta).first()
        return gia or Istantanea.objects.create(
            anno=anno,
            fatta_il=adesso,
            fatta_da=utente,
            servizi=contenuto.quante,
            pagine=fascicolo.pagine,
            pdf=ContentFile(pdf, f"{impronta[:16]}.pdf"),
            pdf_sha256=_sha256(pdf),
            json=ContentFile(dati, f"{impronta[:16]}.json"),
            json_sha256=impronta,
        )


def _sha256(dati: bytes) -> str:
    return hashlib.sha256(dati).hexdigest()


def guasti(istantanea: Istantanea) -> list[str]:
    """Which of its files (`pdf`, `json`) are not what was frozen, or are missing."""
    rotti = []
    for formato in ("pdf", "json"):
        try:
            with getattr(istantanea, formato).open() as file:
                uguale = _sha256(file.read()) == getattr(istantanea, f"{formato}_sha256")
        except FileNotFoundError:
            uguale = False
        if not uguale:
            rotti.append(formato)
    return rotti


def proponi(istantanea: Istantanea, che_cosa: str, utente: Utente, indirizzi: list[str]):
    """A draft of evidence for the criterion that `che_cosa` feeds, filled and with the files: to be read and sent.

    Asked again, the same draft. `ValidationError` when no open programme has such a criterion.
    """
    if not (utente.is_active and e_manager(utente)):
        raise PermissionDenied
    distretto = organizzazione_del_distretto()
    if distretto is None:
        raise ValidationError("Indica l'organizzazione del Distretto in Impostazioni › Distretto, poi riprova")
    giorno = timezone.localdate(istantanea.fatta_il)
    titolo, testo = {
        MAPPA: (
            f"Mappa dei servizi: la Family Guide {istantanea.anno}",
            f"La mappa dei servizi per le famiglie al {giorno:%d/%m/%Y}: {istantanea.servizi} servizi"
            " pubblicati, ciascuno approvato. In allegato il fascicolo e tutti i dati pubblici.",
        ),
        STRUMENTI: (
            f"Strumenti e canali della Family Guide {istantanea.anno}",
            f"La guida si consulta sul sito e si stampa: un fascicolo di {istantanea.pagine} pagine con un codice"
            " QR per ogni servizio, e un fascicolo per ogni bisogno. I canali sono nei link.",
        ),
    }[che_cosa]
    impronte = f"\n\nSHA-256 del PDF: {istantanea.pdf_sha256}\nSHA-256 dei dati (JSON): {istantanea.json_sha256}"
    formati = ("pdf", "json") if che_cosa == MAPPA else ("pdf",)
    return alimentazione.proponi(
        che_cosa,
        istantanea,
        utente,
        distretto,
        giorno,
        titolo,
        testo + impronte,
        link=indirizzi,
        file=[(istantanea.nome_del_file(f), getattr(istantanea, f)) for f in formati],
    )
