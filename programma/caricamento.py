"""Bringing the programme of a year to what a set-up file states."""

from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from base.differenze import Differenza, imposta
from base.formati.schema import FileNonValido, Problema

from .models import AzionePage, Classificazione, Criterio, ParoleDellAtto, ProgrammaPage, ReferenteAzione
from .operazioni.programmi import togli_criterio

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


def importa_programma(impianto, organizzazioni, indice, impronta, differenze, lasciate=None):
    """Make or update the programme in `impianto` under `indice`; `differenze` collects what changes.

    `organizzazioni` are the bodies by key. What a draft programme no longer has is deleted; the value of
    `offerto`, which belongs to the manager, is never erased. Raises `FileNonValido` when a criterion that the file
    drops already has evidence. With `lasciate` (an act, not a set-up file) what is written stays, and goes there where
    the act says something else: nothing is deleted, and nothing but what is empty is written.
    """
    for codice, titolo in impianto.classificazioni:
        _importa_classificazione(codice, titolo, differenze, lasciate)
    programma = _importa_pagina(impianto, indice, differenze, lasciate)
    azioni = {
        dato.numero: _importa_azione(dato, programma, organizzazioni, differenze, lasciate) for dato in impianto.azioni
    }
    _importa_criteri(impianto, programma, azioni, differenze, lasciate)
    for dato in impianto.azioni:
        scrivi_parole(azioni[dato.numero], dato, differenze, lasciate)
    if lasciate is None:
        _togli_il_resto(impianto, programma, differenze)
    if differenze and lasciate is None:
        log(
            instance=programma,
            action=CARICATO,
            data={
                "impronta": impronta,
                "modifiche": [str(differenza) for differenza in differenze],
            },
        )
    return programma


def _importa_classificazione(codice, titolo, differenze, lasciate):
    classificazione = Classificazione.objects.filter(codice=codice).first()
    if classificazione is None:
        Classificazione.objects.create(codice=codice, titolo=titolo)
        differenze.append(Differenza(f"classificazioni.{codice}", None, titolo))
    elif imposta(classificazione, {"titolo": titolo}, f"classificazioni.{codice}", differenze, lasciate=lasciate):
        classificazione.save()


def _importa_pagina(impianto, indice, differenze, lasciate):
    valori = {
        nome: getattr(impianto, nome)
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
    } | {"note": "\n".join(impianto.note)}
    programma = ProgrammaPage.objects.filter(anno=impianto.anno).first()
    altri = ProgrammaPage.objects.exclude(anno=impianto.anno)
    if altro := altri.che_si_sovrappongono(impianto.dal, impianto.scadenza).first():
        raise FileNonValido([Problema("programma.dal", f"il periodo si sovrappone a quello del {altro.anno}")])
    if programma is None:
        titolo = f"Programma di lavoro {impianto.anno}"
        differenze.append(Differenza("programma", None, titolo))
        return _aggiungi(indice, ProgrammaPage(title=titolo, slug=str(impianto.anno), show_in_menus=False, **valori))
    if imposta(programma, valori, "programma", differenze, CHIAVI_DEL_PROGRAMMA, lasciate):
        _salva(programma)
    return programma


def _importa_azione(dato, programma, organizzazioni, differenze, lasciate):
    percorso = dato.percorso
    valori = {
        "title": dato.titolo,
        "area": dato.area,
        "obiettivo_generale": dato.obiettivo_generale,
        "obiettivo_specifico": dato.obiettivo_specifico,
        "azioni": dato.azioni,
        "altre_testo": dato.altre_testo,
        "tempi": dato.tempi,
    }
    azione = AzionePage.objects.child_of(programma).filter(numero=dato.numero).first()
    nuova = azione is None
    if nuova:
        azione = AzionePage(numero=dato.numero, slug=_slug_libero(dato, programma), **valori)
        differenze.append(Differenza(percorso, None, dato.titolo))
        cambiata = True
        referenti_ora, altre_ora, classi_ora = (), (), ()
    else:
        cambiata = imposta(azione, valori, percorso, differenze, CHIAVI_DELL_AZIONE, lasciate)
        referenti_ora = tuple(referente.organizzazione.chiave for referente in azione.referenti.all())
        altre_ora = tuple(sorted(organizzazione.chiave for organizzazione in azione.altre.all()))
        classi_ora = tuple(sorted(classificazione.codice for classificazione in azione.classificazioni.all()))
    cambia = (lambda ora, dopo: ora != dopo) if lasciate is None else (lambda ora, dopo: dopo and not ora)
    if cambia(referenti_ora, dato.referenti):
        azione.referenti = [
            ReferenteAzione(organizzazione=organizzazioni[chiave], sort_order=posto)
            for posto, chiave in enumerate(dato.referenti)
        ]
    if cambia(altre_ora, tuple(sorted(dato.altre))):
        azione.altre = [organizzazioni[chiave] for chiave in dato.altre]
    if cambia(classi_ora, tuple(sorted(dato.classificazioni))):
        azione.classificazioni = list(Classificazione.objects.filter(codice__in=dato.classificazioni))
    if nuova:
        return _aggiungi(programma, azione)
    for nome, prima, dopo in (
        ("referenti", referenti_ora, dato.referenti),
        ("altre", altre_ora, tuple(sorted(dato.altre))),
        ("classificazione", classi_ora, tuple(sorted(dato.classificazioni))),
    ):
        if cambia(prima, dopo):
            differenze.append(Differenza(f"{percorso}.{nome}", prima, dopo))
            cambiata = True
        elif prima != dopo and dopo:
            lasciate.append(Differenza(f"{percorso}.{nome}", prima, dopo))
    if cambiata:
        _salva(azione)
    return azione


def _slug_libero(dato, programma):
    """From the title; from the number too when another page of the programme has it."""
    slug = slugify(dato.titolo.replace("'", " ").replace("’", " "))[:200] or f"azione-{dato.numero}"
    occupato = AzionePage.objects.child_of(programma).filter(slug=slug).exists()
    return f"{slug}-{dato.numero}" if occupato else slug


def _importa_criteri(impianto, programma, azioni, differenze, lasciate):
    presenti = {criterio.codice: criterio for criterio in programma.criteri.in_vigore()}
    parti = [(obbligo.area, obbligo.titolo, None, dato) for obbligo in impianto.obblighi for dato in obbligo.criteri]
    parti += [
        (azione.area, azione.titolo, azioni[azione.numero], dato)
        for azione in impianto.azioni
        for dato in azione.criteri
    ]
    for posizione, (area, titolo, azione, dato) in enumerate(parti, start=1):
        ereditati = {"azione": azione, "area": area, "titolo": titolo}
        valori = {
            "posizione": posizione,
            "indicatore": dato.indicatore,
            "regola": dato.regola,
            "percentuale": dato.percentuale,
            "unita": dato.unita,
            "unita_plurale": dato.unita_plurale,
            "unita_genere": dato.unita_genere,
            "distinte": dato.distinte,
            "atteso": dato.atteso,
            "campi_richiesti": list(dato.campi_richiesti),
            "luogo": dato.luogo,
            "nota": dato.nota,
            "alimentato_da": dato.alimentato_da,
            "link_ammessi": list(dato.link_ammessi or dato.prova.link_ammessi),
            "prova": list(dato.prova.chiede),
            "parti": list(dato.prova.parti),
            "conta_link": dato.prova.conta_link,
            "solo_nuove": dato.prova.solo_nuove,
            "somma": dato.prova.somma,
            "intere": dato.prova.intere,
        }
        if dato.offerto is not None:
            valori["offerto"] = dato.offerto
        if dato.testo_atto:
            valori["testo_atto"] = dato.testo_atto
        criterio = presenti.get(dato.codice)
        if criterio is None:
            criterio = Criterio.objects.create(programma=programma, codice=dato.codice, **ereditati, **valori)
            differenze.append(Differenza(dato.percorso, None, str(criterio)))
            continue
        # What comes from an action is a difference of the action, and was listed there.
        gia_dette = [] if azione else differenze
        cambiato = imposta(criterio, ereditati, dato.percorso, gia_dette, lasciate=lasciate if lasciate is None else [])
        if imposta(criterio, valori, dato.percorso, differenze, lasciate=lasciate) or cambiato:
            criterio.save()


def scrivi_parole(azione, dato, differenze, lasciate=None):
    """Keep the act's own words of an action; with `lasciate` those that are there stay."""
    presenti = {testo.parte: testo for testo in azione.parole_dell_atto.all()}
    for parte, parole in dato.atto:
        testo = presenti.get(parte) or ParoleDellAtto(azione=azione, parte=parte)
        if imposta(testo, {"testo": parole}, f"{dato.percorso}.atto.{parte}", differenze, lasciate=lasciate):
            testo.save()


def _togli_il_resto(impianto, programma, differenze):
    """Take the criteria and the numbered actions that the file no longer has off a draft; of others, say so."""
    bozza = programma.stato == ProgrammaPage.Stato.BOZZA
    codici = [criterio.codice for criterio in impianto.criteri]
    for criterio in programma.criteri.in_vigore().exclude(codice__in=codici):
        if criterio.evidenze.exists() and not bozza:
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
            togli_criterio(criterio)
    numeri = [azione.numero for azione in impianto.azioni]
    for azione in AzionePage.objects.child_of(programma).exclude(numero=None).exclude(numero__in=numeri):
        differenze.append(Differenza(f"azione {azione.numero}", azione.title, None))
        if bozza and not azione.criteri.exists():
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
