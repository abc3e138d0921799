"""The only functions that change the state of an evidence.

Each one: permission, passage, transaction, save, record of the passage, mail after commit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from base.allegati import FileAccettato
from base.archivio import SPAZIO_FINITO, disco_pieno

from .. import flusso, notifiche, permissions
from ..flusso import PassaggioNonAmmesso
from ..models import Allegato, Evidenza, Passaggio, ProgrammaPage, Riconoscimento
from ..requisiti import SENZA_COLONNA
from ..selettori.doppioni import doppioni_di
from ..selettori.evidenze import errori_dei_valori, errori_di_invio, valori_di
from .comuni import esigi, motivo_di

MASSIMO_ALLEGATI = 10
"""Files that one evidence may carry."""
CAMBIATA = "L'evidenza è cambiata mentre la leggevi: rileggila, poi decidi"
NON_LETTA = "Non si sa quale versione hai letto: apri l'evidenza, leggila, poi decidi"


class Conflitto(Exception):
    """Someone else saved the same evidence in the meantime; `attuale` is what they left."""

    def __init__(self, attuale: Evidenza):
        super().__init__("L'evidenza è stata modificata da un'altra persona mentre scrivevi")
        self.attuale = attuale


class GiaDetta(Exception):
    """What is being sent may have been said before: who sends it has to have read so."""


@dataclass(frozen=True)
class Riconosciuto:
    """What the approver recognises of one criterion: units (≥ 0) and, where they differ from the declared, why."""

    quantita: Decimal
    nota: str = ""


def blocca_evidenza(evidenza: Evidenza) -> Evidenza:
    """The evidence as it is in the database now, with its programme, locked until the transaction ends where the
    database can: a closing waits for what is being decided, or is seen by it.
    """
    attuale = (
        Evidenza.objects.select_for_update(of=("self",))
        .select_related("programma", "organizzazione")
        .get(pk=evidenza.pk)
    )
    if attuale.programma_id is not None:
        attuale.programma = blocca_programma(attuale.programma_id)
    return attuale


def blocca_programma(chiave: int) -> ProgrammaPage:
    """The programme as it is now, locked as above: what is sent for it is compared one at a time."""
    return ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=chiave)


def esigi_letta(versione: int | None, attuale: Evidenza) -> None:
    """Who decides decides on what they read: `versione`, unless they say none."""
    if versione is not None and versione != attuale.versione:
        raise PassaggioNonAmmesso(CAMBIATA)


def _passa(
    evidenza: Evidenza, azione: str, utente, motivo: str, quando: datetime | None = None, caduta: bool = False
) -> Passaggio:
    """Move `evidenza` by `azione`, save it and record the passage; `caduta` when its content fell, and it with it."""
    da = evidenza.stato
    evidenza.stato = flusso.passa(azione, da, motivo)
    evidenza.versione += 1
    evidenza.save()
    return Passaggio.objects.create(
        evidenza=evidenza,
        chi=utente,
        da=da,
        a=evidenza.stato,
        motivo=motivo.strip(),
        quando=quando or timezone.now(),
        caduta=caduta,
    )


# -- evidence: writing ------------------------------------------------------------------------------------


@transaction.atomic
def salva_bozza(
    evidenza: Evidenza, utente, criteri: Iterable, organizzazioni: Iterable = (), versione: int | None = None
) -> Evidenza:
    """Save what `utente` wrote so far, complete or not; an unsaved `evidenza` becomes a new draft.

    `versione` is the one on which they worked: another one now raises `Conflitto`. `PermissionDenied` when
    it is not theirs to edit or is frozen. The programme follows from the first criterion.
    """
    criteri = list(criteri)
    if evidenza.pk:
        attuale = blocca_evidenza(evidenza)
        esigi(permissions.puo_modificare(utente, attuale), "Questa evidenza non si può modificare ora")
        if versione is not None and versione != attuale.versione:
            raise Conflitto(attuale)
        evidenza.stato, evidenza.versione = attuale.stato, attuale.versione + 1
    else:
        esigi(permissions.puo_scrivere_per(utente).filter(pk=evidenza.organizzazione_id).exists())
    if criteri:
        esigi(not criteri[0].programma.chiuso, "Il programma è chiuso: non accetta più evidenze")
        evidenza.programma = criteri[0].programma
    evidenza.save()
    evidenza.criteri.set(criteri)
    evidenza.organizzazioni.set(organizzazioni)
    evidenza.autori.add(utente)
    return evidenza


@transaction.atomic
def allega(evidenza: Evidenza, utente, file, esito: FileAccettato) -> Allegato:
    """Add a file that `base.allegati.esamina` accepted. `ValidationError`: past `MASSIMO_ALLEGATI`, or no more room."""
    attuale = blocca_evidenza(evidenza)
    esigi(permissions.puo_modificare(utente, attuale), "Questa evidenza non si può modificare ora")
    if attuale.allegati.count() >= MASSIMO_ALLEGATI:
        raise ValidationError(f"«{esito.nome}» non è stato aggiunto: il massimo è {MASSIMO_ALLEGATI} file")
    attuale.autori.add(utente)
    dati = {"nome": esito.nome, "tipo": esito.tipo, "dimensione": esito.dimensione, "caricato_da": utente}
    try:
        return Allegato.objects.create(evidenza=attuale, file=file, **dati)
    except OSError as errore:
        if disco_pieno(errore):
            raise ValidationError(f"«{esito.nome}» non è stato aggiunto: {SPAZIO_FINITO}") from errore
        raise


@transaction.atomic
def togli_allegato(allegato: Allegato, utente) -> None:
    """Remove a file from an evidence that may still be edited; the file itself goes after commit."""
    esigi(
        permissions.puo_modificare(utente, blocca_evidenza(allegato.evidenza)),
        "Questa evidenza non si può modificare ora",
    )
    _elimina_file([allegato])
    allegato.delete()


@transaction.atomic
def elimina_bozza(evidenza: Evidenza, utente) -> None:
    """Throw a draft away, with its files. Evidence that was ever recognised is revoked, never deleted."""
    attuale = blocca_evidenza(evidenza)
    esigi(permissions.puo_eliminare(utente, attuale), "Si possono eliminare solo le bozze")
    _elimina_file(list(attuale.allegati.all()))
    attuale.delete()


def _elimina_file(allegati):
    nomi = [(allegato.file.storage, allegato.file.name) for allegato in allegati]
    transaction.on_commit(lambda: [archivio.delete(nome) for archivio, nome in nomi])


# -- evidence: the passages ---------------------------------------------------------------------------------


@transaction.atomic
def invia(evidenza: Evidenza, utente, quando: datetime | None = None, *, anche_se_detta: bool = True) -> Evidenza:
    """Submit: from then on it is frozen. `ValidationError` (by field) lists what is missing or wrong.

    `GiaDetta` when it may have been said before, unless `anche_se_detta`.
    """
    attuale = blocca_evidenza(evidenza)
    esigi(permissions.puo_modificare(utente, attuale), "Questa evidenza non si può inviare ora")
    quando = quando or timezone.now()
    errori = errori_di_invio(attuale, timezone.localdate(quando))
    if errori:
        raise ValidationError(errori)
    if not anche_se_detta and doppioni_di(attuale):
        raise GiaDetta
    _metti_in_attesa(attuale, utente, quando)
    attuale.autori.add(utente)
    notifiche.evidenza_inviata(attuale)
    return attuale


def _metti_in_attesa(evidenza: Evidenza, utente, quando: datetime, motivo: str = "") -> None:
    assert evidenza.programma is not None, "a criterion has its programme"  # noqa: S101  (for the type)
    evidenza.inviata_il = quando
    evidenza.inviata_da = utente
    evidenza.tardiva = timezone.localdate(quando) > evidenza.programma.scadenza
    _passa(evidenza, "invia", utente, motivo, quando)


@transaction.atomic
def richiama(evidenza: Evidenza, utente, motivo: str = "") -> Evidenza:
    """Take back what one submitted, while it still waits."""
    attuale = blocca_evidenza(evidenza)
    flusso.passa("richiama", attuale.stato)
    esigi(permissions.puo_richiamare(utente, attuale), "Può richiamarla solo chi l'ha inviata")
    _passa(attuale, "richiama", utente, motivo)
    return attuale


@transaction.atomic
def restituisci(evidenza: Evidenza, utente, motivo: str, versione: int | None = None) -> Evidenza:
    """Send it back with what is missing; `motivo` is required and reaches everyone of the organisation."""
    attuale = blocca_evidenza(evidenza)
    flusso.passa("restituisci", attuale.stato, motivo)
    esigi_letta(versione, attuale)
    _esigi_decisione(utente, attuale)
    passaggio = _passa(attuale, "restituisci", utente, motivo)
    notifiche.evidenza_decisa(attuale, passaggio)
    return attuale


@transaction.atomic
def approva(
    evidenza: Evidenza,
    utente,
    riconosciuti: Mapping[int, Riconosciuto] | None = None,
    commento: str = "",
    avvisa: bool = True,
    versione: int | None = None,
) -> Evidenza:
    """Approve, and write one `Riconoscimento` per criterion: the score changes here and nowhere else.

    `riconosciuti` maps a criterion's pk to what is recognised; criteria left out get the declared quantity.
    `versione` is the one that was read: `PassaggioNonAmmesso` when it was withdrawn, changed and sent again since.
    `ValidationError` when a different quantity comes without a note or is negative.
    """
    attuale = blocca_evidenza(evidenza)
    flusso.passa("approva", attuale.stato)
    esigi_letta(versione, attuale)
    _esigi_decisione(utente, attuale)
    if tolti := [criterio.codice for criterio in attuale.criteri.all() if criterio.tolto]:
        raise PassaggioNonAmmesso(
            f"Non è più nel programma: {', '.join(tolti)}. Scegli un altro criterio, o restituiscila"
        )
    return _riconosci(attuale, utente, riconosciuti or {}, commento, timezone.now(), avvisa)


def _riconosci(evidenza, utente, riconosciuti, commento, quando, avvisa=True, noto_dal=None):
    """The recognition itself, decided at `quando`; shared with content approved in its workflow (`alimentazione`)."""
    passaggio = _passa(evidenza, "approva", utente, commento, quando)
    dichiarata = Decimal(evidenza.quantita_dichiarata)
    enti = list(evidenza.organizzazioni.all())
    for criterio in evidenza.criteri.all():
        riconosciuto = riconosciuti.get(criterio.pk, Riconosciuto(dichiarata))
        if riconosciuto.quantita < 0:
            raise ValidationError(f"{criterio.codice}: la quantità riconosciuta non può essere negativa")
        if riconosciuto.quantita != dichiarata and not riconosciuto.nota.strip():
            raise ValidationError(f"{criterio.codice}: spiega in una nota perché riconosci una quantità diversa")
        riga = Riconoscimento.objects.create(
            evidenza=evidenza,
            criterio=criterio,
            data=evidenza.data,
            quantita_dichiarata=dichiarata,
            quantita_riconosciuta=riconosciuto.quantita,
            nota=riconosciuto.nota.strip(),
            deciso_il=quando,
            deciso_da=utente,
            noto_dal=noto_dal,
        )
        riga.organizzazioni.add(*enti)
    if avvisa:
        notifiche.evidenza_decisa(evidenza, passaggio)
    return evidenza


def approva_insieme(
    evidenze: Iterable[Evidenza], utente, versioni: Mapping[int, int | None]
) -> tuple[list[Evidenza], list[tuple[Evidenza, str]]]:
    """Approve each as declared, each in its own transaction: those done, and those refused with the reason.

    `versioni` maps an evidence's pk to the version that was read: what nobody says to have read is refused.
    """
    fatte, rifiutate = [], []
    for evidenza in evidenze:
        try:
            if versioni.get(evidenza.pk) is None:
                raise PassaggioNonAmmesso(NON_LETTA)
            fatte.append(approva(evidenza, utente, versione=versioni[evidenza.pk]))
        except (PermissionDenied, PassaggioNonAmmesso, ValidationError) as errore:
            rifiutate.append((evidenza, motivo_di(errore)))
    return fatte, rifiutate


@transaction.atomic
def revoca(evidenza: Evidenza, utente, motivo: str, versione: int | None = None) -> Evidenza:
    """Undo an approval, with the reason: its rows stay, marked as revoked from now on."""
    attuale = blocca_evidenza(evidenza)
    flusso.passa("revoca", attuale.stato, motivo)
    esigi_letta(versione, attuale)
    esigi(permissions.puo_revocare(utente, attuale), "Non puoi revocare questa evidenza")
    return _revoca(attuale, utente, motivo)


def _revoca(evidenza, utente, motivo, caduta=False):
    """The revocation itself, shared with content that is no longer published (`alimentazione`)."""
    quando = timezone.now()
    passaggio = _passa(evidenza, "revoca", utente, motivo, quando, caduta)
    evidenza.riconoscimenti.filter(revocato_il=None).update(
        revocato_il=quando, revocato_da=utente, motivo=motivo.strip()
    )
    notifiche.evidenza_decisa(evidenza, passaggio)
    return evidenza


# -- evidence read from a file: see `importazione_evidenze` ----------------------------------------------------


@transaction.atomic
def importa(evidenza: Evidenza, criteri: list, organizzazioni: Iterable = ()) -> Evidenza:
    """Save and submit what a file states, files apart: nobody is its author, and nobody is told (see the summary).

    Where one fact serves two criteria of a level, its description says why.

    `ValidationError` (by field) lists what is missing or wrong, and then nothing is saved.
    """
    quando = timezone.now()
    valori = valori_di(evidenza) | {"organizzazioni": list(organizzazioni), "perche_insieme": evidenza.descrizione}
    if errori := errori_dei_valori(criteri, valori, timezone.localdate(quando), SENZA_COLONNA):
        raise ValidationError(errori)
    evidenza.origine = Evidenza.Origine.IMPORTAZIONE
    evidenza.programma = criteri[0].programma
    evidenza.save()
    evidenza.criteri.add(*criteri)
    evidenza.organizzazioni.add(*organizzazioni)
    _metti_in_attesa(evidenza, None, quando)
    return evidenza


# -- evidence born from content: see `alimentazione` ----------------------------------------------------------


@transaction.atomic
def ricevi_da_contenuto(
    evidenza: Evidenza,
    criteri,
    organizzazioni,
    autori: Iterable[int],
    scritta_da=None,
    approvata_da=None,
    approvata_il: datetime | None = None,
) -> Evidenza:
    """Save and submit what a content proves, in the name of `scritta_da`; recognise it at once if `approvata_da`
    approved it, at `approvata_il`: that is when they decided, whenever it begins to count.

    What may have been said already waits: nobody has compared the two.

    `autori` are the ids of who wrote the content. Whoever approved it in the workflow is none of them: the
    caller has seen to it, and so has the workflow. What waits already is another version from now on: who was
    reading it has to read it again.
    """
    adesso = timezone.now()
    inviata_il = adesso if evidenza.pk or approvata_il is None else approvata_il
    if evidenza.stato == flusso.INVIATA:
        evidenza.versione += 1
        evidenza.inviata_da = scritta_da or evidenza.inviata_da
    evidenza.save()
    evidenza.criteri.set(criteri)
    evidenza.organizzazioni.set(organizzazioni)
    evidenza.autori.set(autori)
    if evidenza.stato != flusso.INVIATA:
        _metti_in_attesa(evidenza, scritta_da, inviata_il)
    if approvata_da is None or doppioni_di(evidenza):
        notifiche.evidenza_inviata(evidenza)
    else:
        detto, deciso_il = "Approvata con il contenuto", approvata_il or adesso
        _riconosci(evidenza, approvata_da, {}, detto, deciso_il, avvisa=False, noto_dal=adesso)
    return evidenza


@transaction.atomic
def lascia_cadere(evidenza: Evidenza, motivo: str, chi=None) -> None:
    """The content no longer proves it: revoke what was recognised, withdraw what waits.

    `chi` took the content away, or changed it; None when nobody did, as at the end of a schedule.
    """
    if evidenza.stato == flusso.APPROVATA:
        _revoca(evidenza, chi, motivo, caduta=True)
    elif evidenza.stato == flusso.INVIATA:
        _passa(evidenza, "richiama", chi, motivo, caduta=True)


def _esigi_decisione(utente, evidenza):
    if evidenza.programma.chiuso:
        raise PermissionDenied("Il programma è chiuso: non si approva e non si restituisce più nulla")
    if perche := permissions.perche_non_decide(utente, evidenza):
        raise PermissionDenied(perche)
