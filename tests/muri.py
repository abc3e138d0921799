"""What the walls are walked with: another organisation's secrets; the addresses are in `muri_indirizzi`."""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.base import ContentFile
from wagtail.models import Comment, Revision, Site, Task, Workflow

from .muri_indirizzi import categorie
from .scene.congelati import definitivo, istantanea, pacchetto
from .scene.prenotazioni import prenotata
from .scene.registri import registri_segreti

PAGINA = "ZZPAGINA"
"""In every title, text, comment or file name of organisation B's own unpublished content and media."""
EVIDENZA = "ZZEVIDENZA"
"""In every title, text and file name of organisation B's evidence."""
MANAGER = "ZZMANAGER"
"""In what the manager wrote and has not published."""


@dataclass
class Segreti:
    """Objects that carry the secrets above, and the values that URL parameters take to reach them."""

    oggetti: dict = field(default_factory=dict)
    valori: dict = field(default_factory=dict)


def prepara(organizzazione_a, organizzazione_b, referente_b, manager):
    """Give organisation B drafts, waiting changes, media and evidence in every state, and the manager a draft."""
    s = Segreti()
    _pagine(s, organizzazione_a, organizzazione_b, referente_b, manager)
    _media(s, organizzazione_b, referente_b)
    _evidenze(s, organizzazione_b, referente_b, manager)
    _guida(s, organizzazione_b, referente_b)
    o = s.oggetti
    pagine = [o["bozza"], o["modifica"], o["del_manager"], o["pagina_b"]]
    s.valori = {
        "page_id": pagine,
        "parent_page_id": [o["sezione_b"], *pagine],
        "page_to_move_id": pagine,
        "destination_id": [o["sezione_a"], o["sezione_b"]],
        "page_pk": [o["sezione_b"]],
        "workflow_pk": [Workflow.objects.get()],
        "revision_id": list(Revision.objects.filter(object_id__in=[str(p.pk) for p in pagine])),
        **{f"revision_id_{n}": [quale] for n, quale in (("a", "earliest"), ("b", "latest"))},
        "task_state_id": [o["modifica"].current_workflow_task_state],
        "workflow_state_id": [o["modifica"].current_workflow_state],
        "task_id": [Task.objects.get()],
        "action_name": ["approve", "reject", "cancel", "publish", "delete", "copy"],
        "content_type_app_name": ["notizie"],
        "content_type_model_name": ["notiziapage", "comunicatopage", "eventopage"],
        "image_id": [o["immagine"]],
        **{nome: [o["documento"]] for nome in ("document_id", "doc_id")},
        "collection_id": [organizzazione_b.raccolta],
        "filter_spec": ["max-100x100"],
        **{nome: [1] for nome in ("uploaded_file_id", "redirect_id", "session_id")},
        "object_id": pagine,
        "chiave": [o["allegato"].chiave],
        "formato": ["pdf", "json"],
        "che_cosa": ["guida"],
        "emissione": [1],
        "anno": [2025],
        "ente": [organizzazione_b],
        "persona": [referente_b],
    }
    s.oggetti |= registri_segreti(organizzazione_b, manager, EVIDENZA, MANAGER)
    s.oggetti["pacchetto"] = pacchetto(manager, o["programma"])
    s.oggetti["definitivo"] = definitivo(manager, o["programma"], f"{EVIDENZA} definitivo")
    s.valori["pk"] = {
        "wagtailadmin_api:pages": pagine,
        "wagtailadmin_api:images": [o["immagine"]],
        "wagtailadmin_api:documents": [o["documento"]],
        "wagtailadmin_pages": pagine,
        "wagtailadmin_collections": [organizzazione_b.raccolta],
        "wagtailadmin_workflows": [Workflow.objects.get()],
        "wagtailsettings": [Site.objects.get()],
        "wagtailsites": [Site.objects.get()],
        **{gruppo: [modello.objects.first()] for gruppo, modello in categorie().items()},
        "wagtailusers_users": [referente_b],
        "wagtailusers_groups": [organizzazione_b.gruppo],
        "wagtaildocs_chooser": [o["documento"]],
        "wagtailimages_chooser": [o["immagine"]],
        "programma": o["evidenze"],
        "card": [o["lotto"]],
        "ped": o["pezzi"],
        "convenzioni": [o["convenzione"], o["convenzione_in_bozza"]],
        "estate": [o["centro_estivo"], o["centro_in_bozza"]],
        "formazione": [o["attestato"].corso],
        **{nome: [o[nome]] for nome in ("intermediazione", "quesito")},
        **{nome: o[nome] for nome in ("sondaggi", "consultazioni")},
        "fascicoli": [istantanea(manager)],
        "gestione_organizzazioni": [organizzazione_b],
        "newsletter": [o["numero_in_bozza"]],
        "posta": [o["messaggio"]],
        **{"prenotazioni": [o["evento"]], "progetti": [o["progetto"]]},
        "riunioni": o["riunioni"],
        "misure": [una.rilevazione for una in o["misure"]],
        "tipo_progetto": [o["progetto"].tipo],
        "tipo_riunione": [o["riunioni"][0].tipo],
    }
    return s


def _pagine(s, organizzazione_a, organizzazione_b, referente_b, manager):
    from notizie.models import NotiziaPage, SezioneNotiziePage
    from organizzazioni.models import Organizzazione

    s.oggetti["sezione_a"] = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    s.oggetti["sezione_b"] = sezione_b = SezioneNotiziePage.objects.get(organizzazione=organizzazione_b)
    distretto = Organizzazione.objects.get(chiave="distretto-family-audit")
    corpo = [("titolo", f"{PAGINA} nel testo")]

    bozza = NotiziaPage(
        title=f"{PAGINA} bozza",
        slug="zzpagina-bozza",
        sommario=f"{PAGINA} sommario",
        live=False,
        owner=referente_b,
        corpo=corpo,
    )
    sezione_b.add_child(instance=bozza)
    bozza.save_revision(user=referente_b, log_action=True)
    commento = Comment.objects.create(page=bozza, user=referente_b, text=f"{PAGINA} commento", contentpath="title")

    modifica = NotiziaPage(title="Notizia pubblicata da B", slug="notizia-pubblicata", owner=referente_b)
    sezione_b.add_child(instance=modifica)
    modifica.save_revision(user=referente_b).publish()
    modifica.title = f"{PAGINA} modifica in attesa"
    modifica.save_revision(user=referente_b, log_action=True)
    modifica = NotiziaPage.objects.get(pk=modifica.pk)
    modifica.get_workflow().start(modifica, referente_b)

    sezione_distretto = SezioneNotiziePage.objects.get(organizzazione=distretto)
    del_manager = NotiziaPage(title=f"{MANAGER} bozza", slug="zzmanager-bozza", live=False, owner=manager)
    sezione_distretto.add_child(instance=del_manager)
    del_manager.save_revision(user=manager, log_action=True)

    _evento(s, sezione_b, referente_b)
    _centri_estivi(s, organizzazione_b, referente_b)
    _convenzioni(s, organizzazione_b, referente_b)
    _newsletter(s)
    _card(s, organizzazione_b)
    _pezzi_programmati(s, organizzazione_b, referente_b)
    pagina_b = organizzazione_b.pagina
    pagina_b.presentazione = f"<p>{PAGINA} presentazione</p>"
    pagina_b.title = f"{PAGINA} nuova denominazione"
    pagina_b.save_revision(user=referente_b, log_action=True)
    s.oggetti.update(
        bozza=bozza,
        modifica=NotiziaPage.objects.get(pk=modifica.pk),
        del_manager=del_manager,
        pagina_b=pagina_b,
        commento=commento,
    )


def _evento(s, sezione_b, referente_b):
    """A published event with a change that nobody sent: others may choose it, and read only what is public."""
    from notizie.models import EventoPage

    evento = EventoPage(title="Evento di B", slug="evento-di-b", data=date(2026, 5, 1), owner=referente_b)
    sezione_b.add_child(instance=evento)
    evento.save_revision(user=referente_b).publish()
    evento.title = evento.luogo = f"{PAGINA} evento"
    evento.save_revision(user=referente_b, log_action=True)
    s.oggetti |= {"evento": evento, "prenotazione": prenotata(evento, PAGINA)}


def _centri_estivi(s, organizzazione_b, referente_b):
    """A published summer service with a change that nobody sent, and one that was never published."""
    import datetime

    from guide.models import ServizioPage, SettimanaEstiva, SezioneGuidaPage

    def settimana():
        return SettimanaEstiva(dal=datetime.date(2027, 7, 5), al=datetime.date(2027, 7, 9), prezzo=100, posti=20)

    sezione = SezioneGuidaPage.objects.get(organizzazione=organizzazione_b)
    centro = ServizioPage(title="Centro di B", slug="centro-di-b", sommario="x", natura="privato", owner=referente_b)
    centro.settimane_estive = [settimana()]
    sezione.add_child(instance=centro)
    centro.save_revision(user=referente_b).publish()
    centro.title = f"{PAGINA} centro"
    centro.save_revision(user=referente_b, log_action=True)
    bozza = ServizioPage(
        title=f"{PAGINA} centro in bozza",
        slug="zzpagina-centro",
        sommario="x",
        natura="privato",
        live=False,
        owner=referente_b,
    )
    bozza.settimane_estive = [settimana()]
    sezione.add_child(instance=bozza)
    bozza.save_revision(user=referente_b, log_action=True)
    s.oggetti.update(centro_estivo=centro, centro_in_bozza=bozza)


def _convenzioni(s, organizzazione_b, referente_b):
    """A published convention with its signed act, and one that was never published."""
    import datetime

    from convenzioni.models import (
        Accordo,
        Categoria,
        ConvenzionePage,
        RichiestaDiRitiro,
        Segnalazione,
        SezioneConvenzioniPage,
    )

    sezione = SezioneConvenzioniPage.objects.get(organizzazione=organizzazione_b)
    comuni = {
        "categoria": Categoria.objects.first(),
        "partner": f"{PAGINA} partner",
        "owner": referente_b,
        "valida_dal": datetime.date(2026, 1, 1),
    }
    convenzione = ConvenzionePage(title=f"{PAGINA} convenzione", slug="convenzione-di-b", **comuni, live=False)
    bozza = ConvenzionePage(title=f"{PAGINA} proposta", slug="zzpagina-proposta", live=False, **comuni)
    for pagina in (convenzione, bozza):
        sezione.add_child(instance=pagina)
        pagina.save_revision(user=referente_b, log_action=True)
    accordo = Accordo(
        convenzione=convenzione,
        firmata_il=datetime.date(2026, 1, 1),
        protocollo=f"{PAGINA} protocollo",
        nome="zzpagina.txt",
        tipo="text/plain",
    )
    accordo.file.save("zzpagina.txt", ContentFile(PAGINA.encode()))
    detto = {"testo": f"{PAGINA} detto", "nome": f"{PAGINA} convenzione", "email": "chi.scrive@example.org"}
    s.oggetti.update(
        convenzione=convenzione,
        convenzione_in_bozza=bozza,
        accordo=accordo,
        rifiuto_b=Segnalazione.objects.create(tipo="rifiuto", convenzione=convenzione, **detto),
        correzione_b=Segnalazione.objects.create(tipo="correzione", convenzione=convenzione, **detto),
        ritiro_di_convenzione=RichiestaDiRitiro.objects.create(
            convenzione=convenzione, nome=f"{PAGINA} convenzione", motivo=f"{PAGINA} motivo", chiesta_da=referente_b
        ),
        proposta_di_convenzione=Segnalazione.objects.create(tipo="proposta", nome=MANAGER, testo=MANAGER),
    )


def _newsletter(s):
    """The manager's draft of an issue, and a subscriber who would get it."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from base.models import MessaggioInUscita
    from notizie.models import Iscritto, NumeroNewsletter

    Iscritto.objects.create(email="zzmanager@example.org", consenso="2026-11", confermata_il=timezone.now())
    s.oggetti["messaggio"] = MessaggioInUscita.objects.create(
        email="zz@example.org", a_chi=MANAGER, oggetto=MANAGER, stato=MessaggioInUscita.Stato.FALLITO
    )
    s.oggetti["lavoro_fallito"] = DBTaskResult.objects.create(
        task_path=MANAGER, args_kwargs={"args": [], "kwargs": {}}, backend_name="lenti", status="FAILED",
        finished_at=timezone.now(), run_after=timezone.now(),
    )  # fmt: skip
    s.oggetti["numero_in_bozza"] = NumeroNewsletter.objects.create(titolo=f"{MANAGER} numero", sommario=MANAGER)


def _card(s, organizzazione_b):
    """A batch of B with a card whose number is a secret."""
    import datetime

    from convenzioni.models import Card, Lotto

    lotto = Lotto.objects.create(
        organizzazione=organizzazione_b, anno=2025, concesse=5, valido_fino_al=datetime.date(2100, 12, 31)
    )
    card = Card.objects.create(lotto=lotto, seriale=f"{PAGINA}00000001", emissione=1, posto=1)
    s.oggetti.update(lotto=lotto, card=card)


def _pezzi_programmati(s, organizzazione_b, referente_b):
    """A post of B that was sent, with its image, a mail that is late, and the manager's plan, not present yet."""
    import datetime

    from wagtail.images.tests.utils import get_test_image_file

    from notizie.models import PezzoProgrammato, PianoEditoriale
    from programma.models import ProgrammaPage

    comuni = {"organizzazione": organizzazione_b, "data": datetime.date(2025, 10, 10), "responsabile": referente_b}
    inviato = PezzoProgrammato(
        titolo=f"{PAGINA} post",
        canale="facebook",
        stato="pubblicato",
        testo=f"{PAGINA} testo",
        url=f"https://facebook.com/{PAGINA}",
        inviato_il=datetime.date(2025, 10, 10),
        nome_immagine=f"{PAGINA}.png",
        tipo_immagine="image/png",
        **comuni,
    )
    inviato.immagine.save("x.png", ContentFile(get_test_image_file().file.getvalue() + PAGINA.encode()))
    da_fare = PezzoProgrammato.objects.create(titolo=f"{PAGINA} mail", canale="mail", **comuni)
    piano = PianoEditoriale.objects.create(programma=ProgrammaPage.objects.get(), obiettivi=f"{MANAGER} obiettivi")
    s.oggetti.update(pezzi=[inviato, da_fare], piano=piano)


def _media(s, organizzazione_b, referente_b):
    from wagtail.images.tests.utils import get_test_image_file

    from base.models import Documento, Immagine

    immagine = Immagine.objects.create(
        title=f"{PAGINA} immagine",
        file=get_test_image_file("zzpagina.png"),
        collection=organizzazione_b.raccolta,
        uploaded_by_user=referente_b,
    )
    documento = Documento.objects.create(
        title=f"{PAGINA} documento",
        file=ContentFile(b"testo", name="zzpagina.txt"),
        collection=organizzazione_b.raccolta,
        uploaded_by_user=referente_b,
    )
    for oggetto in (immagine, documento):
        oggetto.tags.add(f"{PAGINA} etichetta")
    s.oggetti.update(immagine=immagine, documento=documento)


def _evidenze(s, organizzazione_b, referente_b, manager):
    from base.allegati import esamina
    from organizzazioni.models import Incarico
    from programma import operazioni
    from programma.models import AttoDelProgramma, AzionePage, Criterio, Evidenza, TermineInterno

    criterio = Criterio.objects.filter(regola="realizzazione").first()
    evidenze = []
    for passaggi in ([], ["invia"], ["invia", "restituisci"], ["invia", "approva"]):
        evidenza = operazioni.salva_bozza(
            Evidenza(
                organizzazione=organizzazione_b,
                titolo=f"{EVIDENZA} {len(evidenze)}",
                data=criterio.programma.dal,
                descrizione=f"{EVIDENZA} descrizione",
                argomento=f"{EVIDENZA} argomento",
                persone_coinvolte=f"{EVIDENZA} persone",
                luogo=f"{EVIDENZA} luogo",
                link=["https://example.org/"],
            ),
            referente_b,
            [criterio],
            [organizzazione_b],
        )
        file = ContentFile(EVIDENZA.encode(), name="zzevidenza.txt")
        allegato = operazioni.allega(evidenza, referente_b, file, esamina(file))
        for passaggio in passaggi:
            if passaggio == "invia":
                evidenza = operazioni.invia(evidenza, referente_b)
            elif passaggio == "restituisci":
                evidenza = operazioni.restituisci(evidenza, manager, f"{EVIDENZA} motivo")
            else:
                evidenza = operazioni.approva(evidenza, manager)
        evidenze.append(evidenza)
    atto = AttoDelProgramma.objects.create(
        programma=criterio.programma,
        passo=AttoDelProgramma.Passo.DELIBERA,
        file=ContentFile(MANAGER.encode(), "delibera.pdf"),
        nome=f"{MANAGER}.pdf",
        tipo="application/pdf",
        dimensione=len(MANAGER),
    )
    s.oggetti.update(evidenze=evidenze, allegato=allegato, criterio=criterio, programma=criterio.programma)
    s.oggetti["atto_del_programma"] = atto
    sua = AzionePage.objects.get(referenti__organizzazione=organizzazione_b)
    s.oggetti["incarico"] = Incarico.objects.create(
        persona=manager, gruppo=manager.groups.get(organizzazione=None), dal=date(2025, 1, 1), dato_da=manager
    )
    s.oggetti["ente_b"] = organizzazione_b
    s.oggetti["termine_interno"] = TermineInterno.objects.create(
        azione=sua, giorno=date(2025, 12, 1), che_cosa=f"{EVIDENZA} termine"
    )


def _guida(s, organizzazione_b, referente_b):
    """An entry of organisation B, what readers say of it, an error reported, and its withdrawal asked for."""
    from cura.operazioni import chiedi_ritiro, giudica, spiega
    from guide import operazioni
    from guide.models import ServizioPage, SezioneGuidaPage
    from organizzazioni.operazioni import pubblica_nuova

    sezione = SezioneGuidaPage.objects.get(organizzazione=organizzazione_b)
    servizio = pubblica_nuova(sezione, ServizioPage(title="Servizio di B", sommario="In breve", natura="privato"))
    spiega(giudica(servizio, False, date(2025, 12, 1)).pk, f"{PAGINA} giudizio")
    s.oggetti.update(
        servizio_b=servizio,
        segnalazione_b=operazioni.segnala_errore(servizio, f"{PAGINA} segnalato", "chi.scrive@example.org"),
        ritiro_b=chiedi_ritiro(servizio, referente_b, f"{PAGINA} motivo"),
    )


# -- what must not change ---------------------------------------------------------------------------------
