"""The only functions that change the editorial plan: pieces, what was sent of them, the plan itself.

What is recorded feeds its criterion, and plan and calendar together feed theirs, through `programma.alimentazione`:
the evidence is born *inviata* and waits for somebody who wrote none of it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.allegati import FileAccettato, FileRifiutato, esamina
from base.immagini import foto_pulita
from organizzazioni.models import Organizzazione, Utente
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ..models import PezzoProgrammato, PianoEditoriale
from . import permissions
from .requisiti import mancanze

PED = "ped"
"""What plan and calendar feed, in the facts of a programme."""
REGISTRATO, ANNULLATO, ELIMINATO = "notizie.ped_registra", "notizie.ped_annulla", "notizie.ped_elimina"
PRESENTE, NON_PRESENTE = "notizie.ped_presente", "notizie.ped_non_presente"
CAMPI_DELL_EVIDENZA = {"data": "inviato_il", "link": "url", "titolo": None, "descrizione": "testo"}
"""Where the form of a recording shows what an evidence says of its own fields; elsewhere, above all of them."""


def _blocca_pezzo(pezzo: PezzoProgrammato, utente: Utente) -> PezzoProgrammato:
    attuale = (
        PezzoProgrammato.objects.select_for_update(of=("self",))
        .select_related("organizzazione", "criterio__programma")
        .get(pk=pezzo.pk)
    )
    if not permissions.puo_modificare(utente, attuale):
        raise PermissionDenied("Questo pezzo è di un'altra organizzazione")
    return attuale


def _esigi_non_registrato(pezzo: PezzoProgrammato) -> None:
    if pezzo.registrato:
        raise ValidationError("L'invio è registrato: per cambiarlo, prima annulla la registrazione")


def _esigi_programma_aperto(pezzo: PezzoProgrammato) -> None:
    """What a closed programme counted stays as it was."""
    if pezzo.registrato and pezzo.criterio and pezzo.criterio.programma.chiuso:
        raise ValidationError(f"Il programma {pezzo.criterio.programma.anno} è chiuso: l'evidenza resta com'è")


# -- pieces -----------------------------------------------------------------------------------------------


@transaction.atomic
def salva_pezzo(pezzo: PezzoProgrammato, utente: Utente) -> PezzoProgrammato:
    """Plan a new piece, or change one that is not recorded. Whose it is never changes.

    A post or a mail is published only by `registra`.
    """
    if pezzo.pk:
        attuale = _blocca_pezzo(pezzo, utente)
        _esigi_non_registrato(attuale)
        pezzo.organizzazione = attuale.organizzazione
    elif not permissions.pianifica_per(utente).filter(pk=pezzo.organizzazione_id).exists():
        raise PermissionDenied("Non puoi pianificare per questa organizzazione")
    if pezzo.canale in pezzo.REGISTRABILI and pezzo.stato == pezzo.Stato.PUBBLICATO:
        raise ValidationError({"stato": "Un post o una mail risulta pubblicato quando registri l'invio"})
    if pezzo.criterio and pezzo.criterio.azione_id:
        if pezzo.azione_id and pezzo.azione_id != pezzo.criterio.azione_id:
            raise ValidationError({"criterio": f"{pezzo.criterio.codice} è di un'altra azione"})
        pezzo.azione = pezzo.criterio.azione
    pezzo.save()
    pezzo.autori.add(utente)
    _allinea_piani(utente)
    return pezzo


@transaction.atomic
def sposta(pezzo: PezzoProgrammato, giorno: date, utente: Utente) -> PezzoProgrammato:
    """Plan `pezzo`, which is still to be done, for another day."""
    attuale = _blocca_pezzo(pezzo, utente)
    if attuale.stato not in attuale.APERTI:
        raise ValidationError("Non è più da fare: il suo giorno resta quello che è")
    attuale.data = giorno
    attuale.save(update_fields=["data", "modificato_il"])
    attuale.autori.add(utente)
    _allinea_piani(utente)
    return attuale


@transaction.atomic
def registra(pezzo: PezzoProgrammato, utente: Utente, prova: Mapping[str, Any]) -> PezzoProgrammato:
    """Record that a post or a mail was sent, with its proof: `inviato_il`, `testo`, `immagine`, `url`, `destinatari`.

    Without a new `immagine` the one that is there stays. `ValidationError`, by field, says what is missing and what
    its criterion would not accept; then nothing is kept. From now on the evidence waits for its approval.
    """
    attuale = _blocca_pezzo(pezzo, utente)
    if not attuale.registrabile:
        raise ValidationError("Si registrano i post e le mail che sono ancora da fare")
    immagine = prova.get("immagine")
    valori = {**prova, "immagine": immagine or attuale.immagine}
    errori: dict[str, str | list[str]] = dict(mancanze(attuale.canale, valori, timezone.localdate()))
    if immagine:
        try:
            immagine, accettata = _esamina_immagine(immagine)
        except ValidationError as rifiuto:
            errori["immagine"] = rifiuto.messages
    if errori:
        raise ValidationError(errori)
    for campo in ("inviato_il", "testo", "url", "destinatari"):
        setattr(attuale, campo, prova.get(campo) or "")
    fatto = _fatto(attuale, prova["inviato_il"])
    if fatto and (ostacoli := _ostacoli(attuale, fatto)):
        raise ValidationError(ostacoli)
    if immagine:
        _metti_immagine(attuale, immagine, accettata)
    attuale.stato, attuale.registrato_da = attuale.Stato.PUBBLICATO, utente
    attuale.save()
    attuale.autori.add(utente)
    log(instance=attuale, action=REGISTRATO, user=utente)
    if fatto:
        alimentazione.allinea(attuale, [fatto], _provenienza(attuale), pubblicata=True, chi=utente)
    return attuale


@transaction.atomic
def annulla_registrazione(pezzo: PezzoProgrammato, utente: Utente) -> PezzoProgrammato:
    """Back to what is to be done: the evidence is revoked, or withdrawn; what was typed stays, to be corrected."""
    attuale = _blocca_pezzo(pezzo, utente)
    if not attuale.registrato:
        raise ValidationError("L'invio non è registrato")
    _esigi_programma_aperto(attuale)
    attuale.inviato_il, attuale.stato = None, attuale.Stato.IN_PREPARAZIONE
    attuale.save()
    log(instance=attuale, action=ANNULLATO, user=utente)
    alimentazione.allinea(attuale, [], chi=utente)
    return attuale


@transaction.atomic
def elimina(pezzo: PezzoProgrammato, utente: Utente) -> None:
    """Delete a piece with its file; the evidence that it fed is revoked, or withdrawn."""
    attuale = _blocca_pezzo(pezzo, utente)
    _esigi_programma_aperto(attuale)
    alimentazione.allinea(attuale, [], chi=utente)
    log(instance=attuale, action=ELIMINATO, user=utente, deleted=True)
    _togli_file(attuale)
    attuale.delete()
    _allinea_piani(utente)


@transaction.atomic
def conserva_immagine(pezzo: PezzoProgrammato, utente: Utente, immagine: File) -> PezzoProgrammato:
    """Keep the picture of a recording that was refused for something else: a browser does not send it a second time.

    `ValidationError` when it is no picture.
    """
    attuale = _blocca_pezzo(pezzo, utente)
    if not attuale.registrabile:
        raise ValidationError("Si registrano i post e le mail che sono ancora da fare")
    _metti_immagine(attuale, *_esamina_immagine(immagine))
    attuale.save(update_fields=["immagine", "nome_immagine", "tipo_immagine", "modificato_il"])
    attuale.autori.add(utente)
    return attuale


def _esamina_immagine(immagine: File) -> tuple[File, FileAccettato]:
    """As a browser shows it: it is read on the page, not downloaded."""
    try:
        if not esamina(immagine).immagine:
            raise ValidationError("Serve un'immagine: JPG, PNG, WEBP o HEIC")
        pulita = foto_pulita(immagine, immagine.name or "")
        return pulita, esamina(pulita)
    except FileRifiutato as rifiuto:
        raise ValidationError(str(rifiuto)) from rifiuto


def _metti_immagine(pezzo: PezzoProgrammato, immagine: File, accettata: FileAccettato) -> None:
    _togli_file(pezzo)
    pezzo.immagine.save(accettata.nome, immagine, save=False)
    pezzo.nome_immagine, pezzo.tipo_immagine = accettata.nome, accettata.tipo


def _togli_file(pezzo: PezzoProgrammato) -> None:
    """Remove the file of the image, once what replaces it is committed."""
    if pezzo.immagine:
        archivio, nome = pezzo.immagine.storage, str(pezzo.immagine.name)
        transaction.on_commit(lambda: archivio.delete(nome))


def _fatto(pezzo: PezzoProgrammato, giorno: date) -> Fatto | None:
    """What `pezzo`, sent on `giorno`, proves of its criterion, if it has one."""
    if pezzo.criterio is None:
        return None
    link = (pezzo.url,) if pezzo.canale == pezzo.Canale.FACEBOOK else ()
    enti = (pezzo.organizzazione,)
    return Fatto(pezzo.criterio, giorno, organizzazioni=enti, link=link, argomento=pezzo.titolo, a_parte=True)


def _ostacoli(pezzo: PezzoProgrammato, fatto: Fatto) -> dict[str, list[str]]:
    """What the criterion of `fatto` would not accept, by field of the recording."""
    trovati: dict[str, list[str]] = {}
    errori = alimentazione.ostacoli(
        fatto.criterio, fatto.data, pezzo.titolo, pezzo.testo, fatto.link, fatto.organizzazioni
    )
    for campo, detti in errori.items():
        dove = CAMPI_DELL_EVIDENZA.get(campo) or "__all__"
        if dove == "url" and not fatto.link:
            dove = "__all__"
        trovati.setdefault(dove, []).extend(detti)
    return trovati


def _provenienza(pezzo: PezzoProgrammato) -> Provenienza:
    righe = [f"{pezzo.get_canale_display()}, inviato il {pezzo.inviato_il:%d/%m/%Y}."]
    if pezzo.destinatari:
        righe.append(f"Destinatari: {pezzo.destinatari}.")
    autori = frozenset(pezzo.autori.values_list("pk", flat=True))
    return Provenienza(
        pezzo.organizzazione, pezzo.titolo, "\n".join([*righe, "", pezzo.testo]), autori, pezzo.registrato_da
    )


# -- the plan ---------------------------------------------------------------------------------------------


@transaction.atomic
def salva_piano(piano: PianoEditoriale, utente: Utente, presente: bool | None = None) -> PianoEditoriale:
    """Save the plan; with `presente`, mark it as present or take the mark away. None leaves the mark as it is."""
    if not permissions.puo_scrivere_piano(utente):
        raise PermissionDenied("Il piano editoriale lo scrive il manager")
    if piano.programma.chiuso:
        raise ValidationError(f"Il programma {piano.programma.anno} è chiuso: il piano resta com'è")
    programma = alimentazione.programmi().select_for_update(of=("self",)).get(pk=piano.programma.pk)
    if piano.pk is None and PianoEditoriale.objects.filter(programma=programma).exists():
        raise ValidationError("Qualcuno lo ha appena scritto: rileggi il piano, e salva di nuovo")
    resta = piano.presente if presente is None else presente
    if resta and (vuote := piano.parti_vuote()):
        raise ValidationError(f"Per segnarlo come presente mancano: {', '.join(vuote)}")
    azione = PRESENTE if resta and not piano.presente else NON_PRESENTE if piano.presente and not resta else ""
    piano.presente_dal = (piano.presente_dal or timezone.localdate()) if resta else None
    piano.save()
    piano.autori.add(utente)
    if azione:
        log(instance=piano, action=azione, user=utente)
    _allinea_piano(piano, utente, pubblicata=True)
    return piano


def _allinea_piani(utente: Utente) -> None:
    """Bring in line the plans that a change of the calendar may complete, or leave without a calendar."""
    presenti = PianoEditoriale.objects.exclude(presente_dal=None).select_related("programma")
    for piano in presenti.select_for_update(of=("self",)):  # one at a time: the last piece is the last for everyone
        _allinea_piano(piano, utente)


def _allinea_piano(piano: PianoEditoriale, utente: Utente, pubblicata: bool = False) -> None:
    """Plan and calendar both present are one evidence, of the day on which they both were, by hand of `utente`."""
    if piano.programma.chiuso:
        return
    pezzi = PezzoProgrammato.objects.del_programma(piano.programma)
    completo = piano.presente and pezzi.exists()
    if completo != (piano.completo_dal is not None):
        piano.completo_dal = timezone.localdate() if completo else None
        piano.save(update_fields=["completo_dal"])
    distretto = Organizzazione.objects.filter(distretto__isnull=False).first()
    if piano.completo_dal is None or distretto is None:
        alimentazione.allinea(piano, [], chi=utente)
        return
    criteri = alimentazione.criteri_alimentati(PED, piano.completo_dal).filter(programma=piano.programma)
    fatti = [Fatto(criterio, piano.completo_dal, argomento=str(piano), a_parte=True) for criterio in criteri]
    autori = {*piano.autori.values_list("pk", flat=True), *pezzi.exclude(autori=None).values_list("autori", flat=True)}
    provenienza = Provenienza(distretto, str(piano), _racconto(piano, pezzi.count()), frozenset(autori), utente)
    alimentazione.allinea(piano, fatti, provenienza, pubblicata, utente)


def _racconto(piano: PianoEditoriale, quanti: int) -> str:
    """The plan as the text of an evidence."""
    parti = [f"{nome.capitalize()}\n{testo}" for nome, testo in piano.parti()]
    return "\n\n".join([*parti, f"Calendario editoriale: {quanti} pezzi previsti."])
