"""The life of a document: its words, its final versions, what of them is public, the evidence that it is."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.tempo import giorno_in_parole
from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.models import Evidenza, ProgrammaPage
from programma.operazioni.comuni import esigi

from .. import resa
from ..cambiamenti import fatti_in_breve
from ..corpo import in_json
from ..models import Definitivo, Narrazione, Pubblicazione
from ..narrazione import con_le_parole
from ..permissions import puo_scrivere_documenti
from ..selettori import anteprima_pubblica, lavorazione
from ..tipi import PROGRAMMA, giorno_del_documento, resa_di, tipi_di

FATTO, PUBBLICATO, RITIRATO = "documenti.definitivo", "documenti.pubblica", "documenti.ritira"
"""What the history of the programme keeps."""
NULLA_DI_PUBBLICO = "Di questo documento non c'è nulla da pubblicare: è solo interno, come la bozza di un programma"
NON_E_TUO = "I documenti li scrive e li pubblica il manager"


class SovrapposizioneDiScritture(Exception):
    """Somebody else wrote the same part in the meantime; `attuale` is what they left."""

    def __init__(self, attuale: Narrazione):
        super().__init__("Un'altra persona ha scritto questa parte mentre scrivevi")
        self.attuale = attuale


class CambiatoNelFrattempo(Exception):
    """What was read is not what there is now: it is to be read again. The text says so."""


@transaction.atomic
def scrivi_parte(
    programma: ProgrammaPage, nome: str, chiave: str, testo: str, numero: int, utente: Utente
) -> Narrazione | None:
    """Keep what `utente` wrote in the block `chiave` of the document `nome`; None where nothing changed.

    `numero` is the version on which they worked, 0 for none: `SovrapposizioneDiScritture` when there is another.
    """
    esigi(puo_scrivere_documenti(utente), NON_E_TUO)
    ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=programma.pk)
    tipo = tipi_di(programma)[nome]
    attuale = Narrazione.objects.ultime(programma, nome).filter(blocco=chiave).first()
    if testo == (attuale.testo if attuale else ""):
        return None
    if numero != (attuale.numero if attuale else 0):
        raise SovrapposizioneDiScritture(attuale)
    dati = tipo.in_dati(tipo.raccogli(programma, giorno_del_documento(programma)))
    return Narrazione.objects.create(
        programma=programma,
        tipo=nome,
        blocco=chiave,
        numero=numero + 1,
        testo=testo,
        fatti=fatti_in_breve(dati),
        scritta_da=utente,
        scritta_il=timezone.now(),
    )


@transaction.atomic
def rendi_definitivo(programma: ProgrammaPage, nome: str, utente: Utente, impronta: str) -> Definitivo:
    """Freeze the document `nome` as it is now: text and figures, number, day, files with their fingerprints.

    `impronta` is that of what `utente` has read (`Lavorazione.impronta`): `CambiatoNelFrattempo` when facts or words
    are others now. A version that is there is never touched. `StampaNonDisponibile` without Pango.
    """
    esigi(puo_scrivere_documenti(utente), NON_E_TUO)
    tipo = tipi_di(programma)[nome]
    ora = lavorazione(programma, nome, tipo)
    if impronta != ora.impronta:
        raise CambiatoNelFrattempo(
            "Mentre leggevi sono cambiati fatti o parole, o è già definitivo: rileggi, poi decidi"
        )
    numero, adesso = ora.ultimo + 1, timezone.now()
    corpo = con_le_parole(tipo.in_corpo(ora.dati), tipo.blocchi, ora.parole)
    estremi = f"Documento n. {numero} {giorno_in_parole(timezone.localdate(adesso), dopo='del')}."
    corpo = replace(corpo, righe=(*corpo.righe, estremi))
    file = {"pdf": resa.in_pdf(corpo), "docx": resa.in_docx(corpo)}
    dati = resa_di(tipo, ora.dati, "json")
    autori = Narrazione.objects.filter(programma=programma, tipo=nome).values_list("scritta_da", flat=True)
    try:
        with transaction.atomic():
            definitivo = Definitivo.objects.create(
                programma=programma,
                tipo=nome,
                numero=numero,
                titolo=corpo.titolo[:250],
                al=ora.al,
                fatto_il=adesso,
                fatto_da=utente,
                autori=sorted({*autori, utente.pk}),
                corpo=in_json(corpo),
                dati=dati.decode(),
                dati_sha256=_sha256(dati),
                **{formato: ContentFile(contenuto, f"d.{formato}") for formato, contenuto in file.items()},
                **{f"{formato}_sha256": _sha256(contenuto) for formato, contenuto in file.items()},
            )
    except IntegrityError as errore:
        raise CambiatoNelFrattempo(f"Il n. {numero} l'ha appena fatto un'altra persona: rileggilo") from errore
    log(instance=programma, action=FATTO, user=utente, data={"nome": str(definitivo)})
    return definitivo


@transaction.atomic
def ferma_programma(programma: ProgrammaPage, utente: Utente, approvato_il: datetime) -> Definitivo | None:
    """The programme as `utente` approved it, made final; None where it was already, or is being corrected again."""
    gia = Definitivo.objects.filter(programma=programma, tipo=PROGRAMMA, fatto_il__gte=approvato_il)
    if programma.in_attesa_dell_atto or gia.exists():
        return None
    ora = lavorazione(programma, PROGRAMMA, tipi_di(programma)[PROGRAMMA])
    return rendi_definitivo(programma, PROGRAMMA, utente, ora.impronta)


def _sha256(contenuto: bytes) -> str:
    return hashlib.sha256(contenuto).hexdigest()


@transaction.atomic
def pubblica(definitivo: Definitivo, utente: Utente, letta: str) -> Pubblicazione:
    """Let the public read what `utente` has just read (`letta`, see `anteprima_pubblica`); what it read before of the
    same document and year is taken away.

    Raises `CambiatoNelFrattempo`, `ValidationError` where there is nothing to read, and `StampaNonDisponibile`.
    """
    esigi(puo_scrivere_documenti(utente), NON_E_TUO)
    programma = ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=definitivo.programma_id)
    definitivo.programma = programma
    corpo, impronta = anteprima_pubblica(definitivo)
    if not corpo.capitoli:
        raise ValidationError(NULLA_DI_PUBBLICO)
    if letta != impronta:
        raise CambiatoNelFrattempo("Ciò che sarebbe pubblico è cambiato mentre leggevi: rileggilo, poi pubblica")
    vivo = definitivo.pubblicazioni.in_vigore().first()
    if vivo is not None and vivo.corpo == in_json(corpo):
        return vivo
    adesso = timezone.now()
    stesso = {"definitivo__programma": programma, "definitivo__tipo": definitivo.tipo}
    for prima in Pubblicazione.objects.in_vigore().filter(**stesso):
        _ritira(prima, utente, adesso)
    pdf = resa.in_pdf(corpo)
    pubblicazione = Pubblicazione.objects.create(
        definitivo=definitivo,
        corpo=in_json(corpo),
        pubblicata_il=adesso,
        pubblicata_da=utente,
        pdf=ContentFile(pdf, "p.pdf"),
        pdf_sha256=_sha256(pdf),
        dimensione=len(pdf),
    )
    log(instance=programma, action=PUBBLICATO, user=utente, data={"nome": str(definitivo)})
    return pubblicazione


@transaction.atomic
def ritira(pubblicazione: Pubblicazione, utente: Utente) -> None:
    """Take away what the public reads; what was final stays, and may be published again."""
    esigi(puo_scrivere_documenti(utente), NON_E_TUO)
    attuale = Pubblicazione.objects.select_for_update(of=("self",)).get(pk=pubblicazione.pk)
    if attuale.ritirata_il is None:
        _ritira(attuale, utente, timezone.now())


@transaction.atomic
def ritira_approvato(programma: ProgrammaPage, utente: Utente, approvato_il: datetime) -> None:
    """Take away from the public the programme as it was approved at that moment: it was as if it had not been."""
    sue = {"definitivo__programma": programma, "definitivo__tipo": PROGRAMMA, "definitivo__fatto_il__gte": approvato_il}
    for pubblicazione in Pubblicazione.objects.in_vigore().filter(**sue):
        _ritira(pubblicazione, utente, timezone.now())


def _ritira(pubblicazione, utente, quando):
    pubblicazione.ritirata_il, pubblicazione.ritirata_da = quando, utente
    pubblicazione.save(update_fields=["ritirata_il", "ritirata_da"])
    programma = pubblicazione.definitivo.programma
    log(instance=programma, action=RITIRATO, user=utente, data={"nome": str(pubblicazione.definitivo)})


@transaction.atomic
def offri_come_evidenza(definitivo: Definitivo, utente: Utente) -> Evidenza:
    """Submit it as the evidence of the criterion that asks for it, with its PDF: who wrote it does not decide on it.

    Asked again, the one that is there. `ValidationError` where it cannot be evidence, with the reason.
    """
    esigi(puo_scrivere_documenti(utente), NON_E_TUO)
    programma = ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=definitivo.programma_id)
    tipo = tipi_di(programma).get(definitivo.tipo)
    if tipo is None or tipo.criterio is None:
        raise ValidationError("Nessun criterio chiede questo documento")
    if programma.chiuso:
        raise ValidationError("Il programma è chiuso: non accetta più evidenze")
    distretto = organizzazione_del_distretto()
    if distretto is None:
        raise ValidationError("Indica l'organizzazione del Distretto in Impostazioni › Distretto, poi riprova")
    fratelli = Definitivo.objects.filter(programma=programma, tipo=definitivo.tipo).exclude(pk=definitivo.pk)
    genere = ContentType.objects.get_for_model(Definitivo)
    altre = Evidenza.objects.filter(fonte_tipo=genere, fonte_id__in=fratelli.values("pk")).exclude(stato="revocata")
    if gia := altre.first():
        raise ValidationError(f"È già evidenza un'altra versione («{gia}»): va prima ritirata, o revocata")
    return alimentazione.proponi(
        tipo.criterio,
        definitivo,
        utente,
        distretto,
        min(definitivo.al, programma.scadenza),
        str(definitivo),
        f"Documento definitivo fatto dal portale. SHA-256 del PDF: {definitivo.pdf_sha256}",
        file=[(definitivo.nome_del_file("pdf"), definitivo.pdf)],
        subito=True,
        autori=definitivo.autori,
    )
