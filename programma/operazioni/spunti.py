"""What one has in hand becomes a draft: a mail sent on to the portal, what a phone shared. Nothing is ever submitted.

A stranger's mail, and what a program wrote, gets no answer: whoever forges a sender must not make us write to them.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from base.allegati import MASSIMO_BYTE, FileAccettato, FileRifiutato, esamina
from base.formati import foto
from base.formati.nomi_di_file import nome_leggibile
from base.posta.lettera import Lettera
from organizzazioni.models import Organizzazione, Utente

from .. import notifiche, permissions
from ..indizi import CANALI, Indizi, canale, indizi_di, tipo_del_testo
from ..models import AvvisiPersonali, Evidenza, FileDiSpunto, Spunto
from ..models.termini import nuova_chiave_di_posta
from ..selettori.spunti import criterio_di, persona_di
from .evidenze import MASSIMO_ALLEGATI, _elimina_file, allega, salva_bozza
from .termini import avvisi_di

CONSERVA = timedelta(days=30)
"""After so long what was not made a draft is forgotten, and that a mail came too."""
AL_GIORNO, IN_MANO = 30, 20
"""So many mails of one person in a day, so many things in hand at once: more is a loop, or a joke."""


@transaction.atomic
def ricevi_lettera(lettera: Lettera, adesso: datetime | None = None) -> bool:
    """Make a draft of `lettera` for who sent it, and write them where it is; whether it was somebody's of ours.

    Who acts for one body has the draft at once; who acts for more says for which when they open the link.
    """
    persona = None if lettera.automatica or _e_nostro(lettera.mittente) else persona_di(lettera)
    if persona is None:
        return False
    adesso = adesso or timezone.now()
    if Spunto.objects.filter(persona=persona, lettera=lettera.identita).exists():
        return True
    if Spunto.objects.filter(persona=persona, creato_il__gt=adesso - timedelta(days=1)).count() >= AL_GIORNO:
        return False
    enti = list(permissions.puo_scrivere_per(persona)[:2])
    if not enti:
        notifiche.lettera_non_presa(persona, lettera.oggetto)
        return True
    spunto = _spunto_della_lettera(persona, lettera, timezone.localdate(adesso))
    _tieni_file(spunto, [(uno.nome, uno.dati) for uno in lettera.file])
    if not lettera.intera:
        spunto.rifiuti.append("Il messaggio è troppo grande: i file dopo i primi 30 MB non sono stati presi")
        spunto.save(update_fields=["rifiuti"])
    if len(enti) == 1:
        fai_bozza(spunto, *enti)
        spunto.refresh_from_db()
    notifiche.lettera_ricevuta(persona, spunto)
    return True


def _e_nostro(mittente: str) -> bool:
    """Whether the portal wrote it: an answer to an answer would never end."""
    indirizzi = (settings.DEFAULT_FROM_EMAIL, settings.NEWSLETTER_RIMBALZI, settings.EVIDENZE_INDIRIZZO)
    nostri = {parseaddr(indirizzo)[1].lower() for indirizzo in indirizzi}
    return re.sub(r"\+[^@]*@", "@", mittente) in nostri - {""}


def _spunto_della_lettera(persona: Utente, lettera: Lettera, oggi: Any) -> Spunto:
    indizi = indizi_di(lettera.oggetto, lettera.testo, "", oggi)
    scritta = timezone.localdate(lettera.scritta_il) if lettera.scritta_il else oggi
    return Spunto.objects.create(
        persona=persona,
        lettera=lettera.identita,
        titolo=indizi.titolo if lettera.oggetto else "",
        testo=indizi.testo,
        link=[uno for uno in indizi.link if canale(uno) in CANALI.values()],
        data=indizi.data or min(scritta, oggi),
        tipo=tipo_del_testo(f"{indizi.titolo} {indizi.testo}"),
    )


@transaction.atomic
def ricevi_condivisione(persona: Utente, indizi: Indizi, file: Iterable[tuple[str, bytes]]) -> Spunto:
    """Keep for `persona` what their phone shared, until they say what it is; what is too much, the oldest goes."""
    dati = {"titolo": indizi.titolo, "testo": indizi.testo, "link": list(indizi.link)}
    spunto = Spunto.objects.create(persona=persona, data=indizi.data, tipo=indizi.tipo, **dati)
    _tieni_file(spunto, file)
    _elimina(Spunto.objects.aperti_di(persona).filter(lettera="")[IN_MANO:])
    return spunto


def _tieni_file(spunto: Spunto, file: Iterable[tuple[str, bytes]]) -> None:
    for nome, dati in file:
        try:
            if spunto.file.count() >= MASSIMO_ALLEGATI:
                raise FileRifiutato(f"«{nome_leggibile(nome)}» non è stato preso: il massimo è {MASSIMO_ALLEGATI} file")
            contenuto, esito = _esaminato(nome, dati)
        except FileRifiutato as rifiuto:
            spunto.rifiuti.append(str(rifiuto))
            continue
        campi = {"nome": esito.nome, "tipo": esito.tipo, "dimensione": esito.dimensione}
        FileDiSpunto.objects.create(spunto=spunto, file=contenuto, **campi)
    spunto.save(update_fields=["rifiuti"])


def _esaminato(nome: str, dati: bytes) -> tuple[ContentFile, FileAccettato]:
    """A file as it is kept, judged as any other; a picture that weighs too much is made smaller. `FileRifiutato`."""
    if len(dati) > MASSIMO_BYTE and nome.rpartition(".")[2].lower() in foto.FORMATI:
        try:
            dati, nome = foto.riduci(ContentFile(dati), nome)
        except foto.FotoRifiutata as rifiuto:
            raise FileRifiutato(f"«{nome_leggibile(nome)}» {rifiuto}") from rifiuto
    contenuto = ContentFile(dati, nome_leggibile(nome))
    return contenuto, esamina(contenuto)


@transaction.atomic
def fai_bozza(spunto: Spunto, organizzazione: Organizzazione) -> Evidenza:
    """A draft of what `spunto` says, in the name of who sent it; its files go with it."""
    bozza = Evidenza(
        organizzazione=organizzazione,
        titolo=spunto.titolo,
        descrizione=spunto.testo,
        data=spunto.data,
        link=spunto.link,
    )
    criterio = criterio_di(spunto)
    salva_bozza(bozza, spunto.persona, [criterio] if criterio else [])
    versa(spunto, bozza, spunto.persona)
    return bozza


@transaction.atomic
def versa(spunto: Spunto, evidenza: Evidenza, utente) -> list[str]:
    """Move the files of `spunto` to a draft that was made of it; the sentences about those that found no room.

    Its words are forgotten; that it was used stays. Used already, or somebody else's, it does nothing.
    """
    spunto = Spunto.objects.select_for_update().get(pk=spunto.pk)
    if spunto.usato_il is not None or spunto.persona_id != utente.pk:
        return []
    rifiuti = []
    for file in spunto.file.all():
        with file.file.open("rb") as aperto:
            contenuto = ContentFile(aperto.read(), file.nome)
        try:
            allega(evidenza, utente, contenuto, FileAccettato(file.nome, file.tipo, file.dimensione))
        except ValidationError as rifiuto:
            rifiuti.extend(rifiuto.messages)
    _elimina_i_file(spunto)
    spunto.usato_il, spunto.evidenza = timezone.now(), evidenza
    spunto.titolo, spunto.testo, spunto.link = "", "", []
    spunto.save()
    return rifiuti


@transaction.atomic
def butta(spunto: Spunto, utente) -> None:
    """Forget what one has in hand, without making anything of it."""
    if spunto.persona_id == utente.pk:
        _elimina([spunto])


@transaction.atomic
def dimentica_spunti(adesso: datetime) -> int:
    """Forget what came more than `CONSERVA` ago, used or not; how many."""
    return _elimina(Spunto.objects.filter(creato_il__lt=adesso - CONSERVA))


@transaction.atomic
def cambia_indirizzo_di_posta(persona: Utente, togli: bool = False) -> None:
    """Give `persona` a new secret address for their mails, or none: the one before stops working at once."""
    nuova = None if togli else nuova_chiave_di_posta()
    AvvisiPersonali.objects.filter(pk=avvisi_di(persona).pk).update(chiave_posta=nuova)


def _elimina(spunti: Iterable[Spunto]) -> int:
    tutti = list(spunti)
    for spunto in tutti:
        _elimina_i_file(spunto)
        spunto.delete()
    return len(tutti)


def _elimina_i_file(spunto: Spunto) -> None:
    _elimina_file(list(spunto.file.all()))
    spunto.file.all().delete()
