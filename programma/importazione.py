"""Bringing the programme of a year to what a facts file states."""

from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from base.confronto import Differenza, imposta
from base.formati.schema import FileNonValido, Problema

from .models import AzionePage, Classificazione, Criterio, ProgrammaPage, ReferenteAzione

CARICATO = "programma.carica"
CHIAVI_DEL_PROGRAMMA = {
    "atto_tipo": "atto.tipo",
    "atto_numero": "atto.numero",
    "atto_data": "atto.data",
    "atto_riferimento": "atto.riferimento",
    "delibera_organo": "delibera_capofila.organo",
    "delibera_numero": "delibera_capofila.numero",
    "delibera_data": "delibera_capofila.data",
    "protocollo_numero": "trasmissione.protocollo",
    "protocollo_data": "trasmissione.data",
}
CHIAVI_DELL_AZIONE = {
    "title": "titolo",
    "obiettivo_generale": "sintesi.generale",
    "obiettivo_specifico": "sintesi.specifico",
    "azioni": "sintesi.azioni",
}


def gia_caricato(anno, impronta):
    """Whether the file with this fingerprint is the last one loaded for the programme of `anno`."""
    ultima = (
        PageLogEntry.objects.filter(action=CARICATO, page_id__in=ProgrammaPage.objects.filter(anno=anno).values("pk"))
        .order_by("-timestamp", "-pk")
        .first()
    )
    return ultima is not None and ultima.data.get("impronta") == impronta


def importa_programma(fatti, organizzazioni, indice, impronta, differenze):
    """Make or update the programme in `fatti` under `indice`; `differenze` collects what changes.

    `organizzazioni` are the bodies by key. What a draft programme no longer has is deleted; the value of
    `offerto`, which belongs to the manager, is never erased. Raises `FileNonValido` when a criterion that the file
    drops already has evidence.
    """
    for codice, titolo in fatti.classificazioni:
        _importa_classificazione(codice, titolo, differenze)
    programma = _importa_pagina(fatti, indice, differenze)
    azioni = {fatto.numero: _importa_azione(fatto, programma, organizzazioni, differenze) for fatto in fatti.azioni}
    _importa_criteri(fatti, programma, azioni, differenze)
    _togli_il_resto(fatti, programma, differenze)
    if differenze:
        log(
            instance=programma,
            action=CARICATO,
            data={
                "impronta": impronta,
                "modifiche": [str(differenza) for differenza in differenze],
            },
        )
    return programma


def _importa_classificazione(codice, titolo, differenze):
    classificazione = Classificazione.objects.filter(codice=codice).first()
    if classificazione is None:
        Classificazione.objects.create(codice=codice, titolo=titolo)
        differenze.append(Differenza(f"classificazioni.{codice}", None, titolo))
    elif imposta(classificazione, {"titolo": titolo}, f"classificazioni.{codice}", differenze):
        classificazione.save()


def _importa_pagina(fatti, indice, differenze):
    valori = {
        nome: getattr(fatti, nome)
        for nome in (
            "anno",
            "dal",
            "scadenza",
            "aderenti_al",
            "atto_tipo",
            "atto_numero",
            "atto_data",
            "atto_riferimento",
            "delibera_organo",
            "delibera_numero",
            "delibera_data",
            "protocollo_numero",
            "protocollo_data",
        )
    } | {"note": "\n".join(fatti.note)}
    programma = ProgrammaPage.objects.filter(anno=fatti.anno).first()
    if programma is None:
        titolo = f"Programma di lavoro {fatti.anno}"
        differenze.append(Differenza("programma", None, titolo))
        return _aggiungi(indice, ProgrammaPage(title=titolo, slug=str(fatti.anno), show_in_menus=False, **valori))
    if imposta(programma, valori, "programma", differenze, CHIAVI_DEL_PROGRAMMA):
        _salva(programma)
    return programma


def _importa_azione(fatto, programma, organizzazioni, differenze):
    percorso = fatto.percorso
    valori = {
        "title": fatto.titolo,
        "area": fatto.area,
        "obiettivo_generale": fatto.obiettivo_generale,
        "obiettivo_specifico": fatto.obiettivo_specifico,
        "azioni": fatto.azioni,
        "altre_testo": fatto.altre_testo,
        "tempi": fatto.tempi,
    }
    azione = AzionePage.objects.child_of(programma).filter(numero=fatto.numero).first()
    nuova = azione is None
    if nuova:
        azione = AzionePage(numero=fatto.numero, slug=_slug_libero(fatto, programma), **valori)
        differenze.append(Differenza(percorso, None, fatto.titolo))
        cambiata = True
        referenti_ora, altre_ora, classi_ora = (), (), ()
    else:
        cambiata = imposta(azione, valori, percorso, differenze, CHIAVI_DELL_AZIONE)
        referenti_ora = tuple(referente.organizzazione.chiave for referente in azione.referenti.all())
        altre_ora = tuple(sorted(organizzazione.chiave for organizzazione in azione.altre.all()))
        classi_ora = tuple(sorted(classificazione.codice for classificazione in azione.classificazioni.all()))
    if referenti_ora != fatto.referenti:
        azione.referenti = [
            ReferenteAzione(organizzazione=organizzazioni[chiave], sort_order=posto)
            for posto, chiave in enumerate(fatto.referenti)
        ]
    if altre_ora != tuple(sorted(fatto.altre)):
        azione.altre = [organizzazioni[chiave] for chiave in fatto.altre]
    if classi_ora != tuple(sorted(fatto.classificazioni)):
        azione.classificazioni = list(Classificazione.objects.filter(codice__in=fatto.classificazioni))
    if nuova:
        return _aggiungi(programma, azione)
    for nome, prima, dopo in (
        ("referenti", referenti_ora, fatto.referenti),
        ("altre", altre_ora, tuple(sorted(fatto.altre))),
        ("classificazione", classi_ora, tuple(sorted(fatto.classificazioni))),
    ):
        if prima != dopo:
            differenze.append(Differenza(f"{percorso}.{nome}", prima, dopo))
            cambiata = True
    if cambiata:
        _salva(azione)
    return azione


def _slug_libero(fatto, programma):
    """From the title; from the number too when another page of the programme has it."""
    slug = slugify(fatto.titolo.replace("'", " ").replace("’", " "))[:200] or f"azione-{fatto.numero}"
    occupato = AzionePage.objects.child_of(programma).filter(slug=slug).exists()
    return f"{slug}-{fatto.numero}" if occupato else slug


def _importa_criteri(fatti, programma, azioni, differenze):
    presenti = {criterio.codice: criterio for criterio in programma.criteri.all()}
    parti = [(obbligo.area, obbligo.titolo, None, fatto) for obbligo in fatti.obblighi for fatto in obbligo.criteri]
    parti += [
        (azione.area, azione.titolo, azioni[azione.numero], fatto)
        for azione in fatti.azioni
        for fatto in azione.criteri
    ]
    for posizione, (area, titolo, azione, fatto) in enumerate(parti, start=1):
        ereditati = {"azione": azione, "area": area, "titolo": titolo}
        valori = {
            "posizione": posizione,
            "indicatore": fatto.indicatore,
            "regola": fatto.regola,
            "percentuale": fatto.percentuale,
            "unita": fatto.unita,
            "unita_plurale": fatto.unita_plurale,
            "unita_genere": fatto.unita_genere,
            "distinte": fatto.distinte,
            "atteso": fatto.atteso,
            "evidenza": list(fatto.evidenza),
            "luogo": fatto.luogo,
            "nota": fatto.nota,
            "alimentato_da": fatto.alimentato_da,
            "link_ammessi": list(fatto.link_ammessi or fatto.prova.link_ammessi),
            "prova": list(fatto.prova.chiede),
            "parti": list(fatto.prova.parti),
            "conta_link": fatto.prova.conta_link,
            "solo_nuove": fatto.prova.solo_nuove,
            "somma": fatto.prova.somma,
            "intere": fatto.prova.intere,
        }
        if fatto.offerto is not None:
            valori["offerto"] = fatto.offerto
        criterio = presenti.get(fatto.codice)
        if criterio is None:
            criterio = Criterio.objects.create(programma=programma, codice=fatto.codice, **ereditati, **valori)
            differenze.append(Differenza(fatto.percorso, None, str(criterio)))
            continue
        # What comes from an action is a difference of the action, and was listed there.
        cambiato = imposta(criterio, ereditati, fatto.percorso, [] if azione else differenze)
        if imposta(criterio, valori, fatto.percorso, differenze) or cambiato:
            criterio.save()


def _togli_il_resto(fatti, programma, differenze):
    """Delete the criteria and the numbered actions of a draft that the file no longer has; of others, say so."""
    bozza = programma.stato == ProgrammaPage.Stato.BOZZA
    codici = [criterio.codice for criterio in fatti.criteri]
    for criterio in programma.criteri.exclude(codice__in=codici):
        if criterio.evidenze.exists():
            raise FileNonValido(
                [
                    Problema(
                        f"criterio {criterio.codice}",
                        "il file non lo contiene più, ma ha già evidenze: non si può togliere",
                    )
                ]
            )
        differenze.append(Differenza(f"criterio {criterio.codice}", criterio.indicatore, None))
        if bozza:
            criterio.delete()
    numeri = [azione.numero for azione in fatti.azioni]
    for azione in AzionePage.objects.child_of(programma).exclude(numero=None).exclude(numero__in=numeri):
        differenze.append(Differenza(f"azione {azione.numero}", azione.title, None))
        if bozza:
            azione.delete()


def _aggiungi(genitore, pagina):
    """Add a page not yet public: the approval of the programme publishes it."""
    pagina.live = False
    genitore.add_child(instance=pagina)
    pagina.save_revision(log_action=False)
    return pagina


def _salva(pagina):
    """Keep the row and its latest revision the same, whether the page is public or not."""
    pagina.draft_title = pagina.title
    pagina.save()
    revisione = pagina.save_revision(log_action=False)
    if pagina.live:
        revisione.publish(log_action=False)
