"""The life of a meeting. Closed, it feeds its criteria through `programma.alimentazione`."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.log_actions import log

from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ...blocco import Blocco
from ...models import FileDellaRiunione, Partecipante, PassaggioDellaRiunione, Riunione, Seguito
from ...models.riunioni import RUOLI
from ...riservati import aggiungi, dopo_togli
from .. import flusso_riunioni as flusso
from .. import notifiche, selettori

ELIMINATA = "registri.riunione_elimina"
DA_DIRE = ("titolo", "giorno", "dalle", "alle", "sede_id", "luogo", "ordine_del_giorno")
"""What whoever was convened is told of when it changes."""
bloccata = Blocco("Le riunioni le", "questa riunione")
DOPO_IL_GIORNO = "Le presenze si segnano dal giorno della riunione in poi"


def _esigi(condizione: bool, perche: str) -> None:
    if not condizione:
        raise ValidationError(perche)


def _esigi_da_scrivere(riunione: Riunione) -> None:
    _esigi(riunione.da_scrivere, "La riunione è chiusa o annullata: resta com'è")


def _salva(riunione: Riunione, utente: Utente) -> None:
    riunione.versione += 1
    riunione.save()
    riunione.autori.add(utente)


def _passa(riunione: Riunione, azione: str, utente: Utente, motivo: str = "") -> None:
    """Move by `azione`, save, record the passage."""
    da = riunione.stato
    riunione.stato = flusso.passa(azione, da, motivo)
    _salva(riunione, utente)
    PassaggioDellaRiunione.objects.create(
        riunione=riunione, chi=utente, da=da, a=riunione.stato, motivo=motivo.strip()[:500]
    )


# -- writing ----------------------------------------------------------------------------------------------


@transaction.atomic
def salva_riunione(riunione: Riunione, utente: Utente, versione: int | None = None) -> Riunione:
    """Prepare a meeting, or change what is said of one that is not held yet: who was convened is told of it.

    A new one invites the manager, and whoever was invited to the last of its kind.
    """
    if riunione.pk:
        attuale = bloccata(riunione, utente, versione)
        _esigi(attuale.da_tenere, "La riunione è già stata tenuta: giorno, sede e argomento restano quelli")
        for campo in ("stato", "convocata_il", "sequenza", "versione"):
            setattr(riunione, campo, getattr(attuale, campo))
        cambia = any(getattr(attuale, campo) != getattr(riunione, campo) for campo in DA_DIRE)
        if cambia and riunione.stato == flusso.CONVOCATA:
            riunione.sequenza += 1
            notifiche.cambiata(riunione)
        _salva(riunione, utente)
        return riunione
    bloccata.esigi_che_gestisca(utente)
    riunione.save()
    riunione.autori.add(utente)
    consueti = selettori.invitati_consueti(riunione.tipo, riunione.pk)
    if not any(uno.ruolo == RUOLI.MANAGER_TERRITORIALE for uno in consueti):
        consueti.insert(0, _il_manager(utente))
    for uno in consueti:
        uno.riunione = riunione
        uno.save()
    return riunione


def _il_manager(utente: Utente) -> Partecipante:
    """The manager as a participant, of no body: meetings are not all of the body that employs them."""
    return Partecipante(nome=str(utente)[:120], email=utente.email, ruolo=RUOLI.MANAGER_TERRITORIALE)


@transaction.atomic
def salva_partecipanti(
    riunione: Riunione, utente: Utente, righe: Iterable[Partecipante], tolti: Iterable[int] = ()
) -> Riunione:
    """Write these participants, new or changed, and take `tolti` (keys) off the list; of a meeting that is convened,
    who is new is convened and who goes is told."""
    attuale = bloccata(riunione, utente)
    _esigi_da_scrivere(attuale)
    righe, via = list(righe), list(attuale.partecipanti.filter(pk__in=list(tolti)))
    nuovi = [uno for uno in righe if uno.pk is None]
    attuale.partecipanti.filter(pk__in=[uno.pk for uno in via]).delete()
    for uno in righe:
        uno.riunione = attuale
        uno.save()
    if attuale.stato == flusso.CONVOCATA:
        notifiche.convocata(attuale, nuovi)
        notifiche.tolti(attuale, via)
    _salva(attuale, utente)
    return attuale


@transaction.atomic
def registra_presenze(
    riunione: Riunione, utente: Utente, segni: Mapping[int, str], altri: Iterable[tuple[str, str]] = ()
) -> Riunione:
    """Who was there: `segni` maps participants to `Partecipante.Partecipazione`; `altri` came without being invited,
    (name, body). With it the meeting is held. `ValidationError` before its day."""
    attuale = bloccata(riunione, utente)
    _esigi_da_scrivere(attuale)
    _esigi(attuale.giorno <= timezone.localdate(), DOPO_IL_GIORNO)
    for uno in attuale.partecipanti.filter(pk__in=list(segni)):
        uno.partecipazione = segni[uno.pk]
        uno.save(update_fields=["partecipazione"])
    for nome, ente in altri:
        Partecipante.objects.create(
            riunione=attuale,
            nome=nome,
            altro_ente=ente,
            invitato=False,
            partecipazione=Partecipante.Partecipazione.OSPITE,
        )
    if attuale.da_tenere:
        _passa(attuale, "tieni", utente)
    else:
        _salva(attuale, utente)
    return attuale


@transaction.atomic
def salva_verbale(
    riunione: Riunione,
    utente: Utente,
    verbale: str,
    decisioni: list[str],
    seguiti: Iterable[Seguito] = (),
    tolti: Iterable[int] = (),
    versione: int | None = None,
) -> Riunione:
    """The minutes of a meeting that was held: words, decisions, what is to be done after."""
    attuale = bloccata(riunione, utente, versione)
    _esigi(attuale.stato == flusso.TENUTA, "Il verbale si scrive dopo aver segnato chi c'era, e prima di chiudere")
    attuale.verbale, attuale.decisioni = verbale, decisioni
    attuale.seguiti.filter(pk__in=list(tolti)).delete()
    for uno in seguiti:
        uno.riunione = attuale
        uno.save()
    _salva(attuale, utente)
    return attuale


@transaction.atomic
def allega_file(riunione: Riunione, utente: Utente, file: File, genere: str) -> FileDellaRiunione:
    """Keep a file of the meeting. `ValidationError`: of a kind that is not accepted, too many, no room."""
    attuale = bloccata(riunione, utente)
    _esigi_da_scrivere(attuale)
    creato = aggiungi(attuale.file, file, utente, genere=genere)
    _salva(attuale, utente)
    return creato


@transaction.atomic
def togli_file(file: FileDellaRiunione, utente: Utente) -> None:
    """Remove a file; what is on the disk goes after the commit."""
    attuale = bloccata(file.riunione, utente)
    _esigi_da_scrivere(attuale)
    dopo_togli([file])
    file.delete()
    _salva(attuale, utente)


@transaction.atomic
def segna_fatto(seguito: Seguito, utente: Utente, fatto: bool = True) -> Seguito:
    """What was to be done is done today, or is not after all; a meeting that is closed too."""
    bloccata(seguito.riunione, utente)
    seguito.fatto_il = timezone.localdate() if fatto else None
    seguito.save(update_fields=["fatto_il"])
    return seguito


# -- the passages -----------------------------------------------------------------------------------------


@transaction.atomic
def convoca(riunione: Riunione, utente: Utente, versione: int | None = None) -> Riunione:
    """Convene whoever is invited and has an address, each with the meeting for their calendar.

    `ValidationError` when nobody is invited, or its day is past.
    """
    attuale = bloccata(riunione, utente, versione)
    invitati = list(attuale.partecipanti.filter(invitato=True))
    _esigi(bool(invitati), "Nessuno è invitato: prima scrivi chi")
    _esigi(attuale.giorno >= timezone.localdate(), "Il giorno è passato: non si convoca più, si segna chi c'era")
    attuale.convocata_il = timezone.now()
    _passa(attuale, "convoca", utente)
    notifiche.convocata(attuale, invitati)
    return attuale


@transaction.atomic
def chiudi(
    riunione: Riunione, utente: Utente, codici: Iterable[str], perche_insieme: str = "", versione: int | None = None
) -> Riunione:
    """Freeze the meeting and give the evidence of the criteria `codici`, which waits for who wrote none of it.

    Each must be among those that the meeting serves, else `ValidationError`; `perche_insieme` is required where two
    are of one level. Closed again after a correction, what did not change stays decided as it was.
    """
    attuale = bloccata(riunione, utente, versione)
    flusso.passa("chiudi", attuale.stato)
    prefetch_related_objects([attuale], "partecipanti__organizzazione", "file", "tipo__criteri__enti")
    codici = set(codici)
    scelte = [proposta for proposta in selettori.proposte(attuale) if proposta.criterio.codice in codici]
    no = [f"{p.criterio.codice}: {p.perche}" for p in scelte if not p.serve]
    no += [f"{codice}: questa riunione non può servirlo" for codice in codici - {p.criterio.codice for p in scelte}]
    if no:
        raise ValidationError(sorted(no))
    insieme = alimentazione.dello_stesso_livello(p.criterio for p in scelte)
    if insieme and not perche_insieme.strip():
        raise ValidationError({"perche_insieme": f"Scrivi perché la stessa riunione vale per {' e '.join(insieme)}"})
    attuale.perche_insieme = perche_insieme.strip()
    _passa(attuale, "chiudi", utente)
    _alimenta(attuale, utente, scelte)
    return attuale


def _alimenta(riunione: Riunione, utente: Utente, scelte: list[selettori.Proposta]) -> None:
    distretto = organizzazione_del_distretto()
    if distretto is None:
        _esigi(not scelte, selettori.SENZA_DISTRETTO)
        return
    persone = str(selettori.presenti_per(None, riunione))
    fatti = [
        Fatto(
            proposta.criterio,
            riunione.giorno,
            organizzazioni=selettori.enti_presenti(riunione),
            argomento=riunione.titolo,
            persone=persone,
            perche_insieme=riunione.perche_insieme,
            a_parte=True,
        )
        for proposta in scelte
    ]
    autori = frozenset(riunione.autori.values_list("pk", flat=True))
    provenienza = Provenienza(distretto, riunione.titolo, _racconto(riunione, scelte), autori, utente)
    alimentazione.allinea(riunione, fatti, provenienza, pubblicata=True, chi=utente)


def _racconto(riunione: Riunione, scelte: list[selettori.Proposta]) -> str:
    """The meeting as the text of an evidence: what kind, where, and why it serves what it serves."""
    righe = [f"{riunione.tipo}{f', {riunione.dove}' if riunione.dove else ''}."]
    return "\n".join([*righe, *(f"{p.criterio.codice}: {p.perche}." for p in scelte)])


@transaction.atomic
def riapri(riunione: Riunione, utente: Utente, motivo: str) -> Riunione:
    """To correct a closed meeting, with the reason. What it gave stays as it was read, until it is closed again."""
    attuale = bloccata(riunione, utente)
    _passa(attuale, "riapri", utente, motivo)
    return attuale


@transaction.atomic
def annulla(riunione: Riunione, utente: Utente, motivo: str) -> Riunione:
    """It will not be held, for the reason that whoever was convened is told."""
    attuale = bloccata(riunione, utente)
    if attuale.convocata_il is not None:
        attuale.sequenza += 1
    _passa(attuale, "annulla", utente, motivo)
    if attuale.convocata_il is not None:
        notifiche.annullata(attuale, motivo)
    return attuale


@transaction.atomic
def elimina(riunione: Riunione, utente: Utente) -> None:
    """Throw away what was only being prepared; what was convened is cancelled, not deleted."""
    attuale = bloccata(riunione, utente)
    mai_uscita = attuale.stato == flusso.IN_PREPARAZIONE and not attuale.passaggi.exists()
    _esigi(mai_uscita, "Si elimina solo ciò che è ancora in preparazione: una riunione convocata si annulla")
    dopo_togli(list(attuale.file.all()))
    log(instance=attuale, action=ELIMINATA, user=utente, deleted=True)
    attuale.delete()
