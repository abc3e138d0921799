"""What of the site must stay as it was, whoever walked along its walls."""

from django.contrib.auth.models import Group
from wagtail.models import Comment, Page, PageLogEntry, Revision, Site, Task, Workflow


def fotografia():
    """The state of everything that a stranger's POST could touch."""
    from django.contrib.auth import get_user_model
    from django_tasks_db.models import DBTaskResult
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import (
        Collection,
        GroupCollectionPermission,
        GroupPagePermission,
        PageViewRestriction,
        TaskState,
        WorkflowState,
    )

    from ascolto.models import Codice, ParoleDaRivedere, Sondaggio
    from base.models import Documento, Immagine, MessaggioInUscita
    from convenzioni.models import Accordo, Card, Lotto
    from convenzioni.models import RichiestaDiRitiro as RitiroDiConvenzione
    from convenzioni.models import Segnalazione as SullaConvenzione
    from guide.models import Istantanea, PostiLiberi, RichiestaDiRitiro, Segnalazione, Stamperia, Verifica
    from notizie.models import (
        Consegna,
        Iscritto,
        NumeroNewsletter,
        PezzoProgrammato,
        PianoEditoriale,
        PostiDellEvento,
        Prenotazione,
    )
    from organizzazioni.models import Distretto, Incarico, Organizzazione
    from programma.models import (
        Allegato,
        AvvisiPersonali,
        Criterio,
        Evidenza,
        Passaggio,
        ProgrammaPage,
        Riconoscimento,
        TermineInterno,
    )
    from registri.models import (
        Attestato,
        AttoDiAdesione,
        BisognoRaccolto,
        Consultazione,
        Corso,
        FileDellaRiunione,
        FileDelProgetto,
        Intermediazione,
        InvioElenco,
        MisureDellEnte,
        Partecipante,
        Progetto,
        Quesito,
        Rilevazione,
        Riunione,
        Seguito,
    )

    def righe(modello, *campi):
        return list(modello.objects.order_by("pk").values_list("pk", *campi))

    return {
        "elenchi inviati": (righe(InvioElenco, "al"), righe(AttoDiAdesione)),
        "misure": (
            righe(MisureDellEnte, "versione", "ultimo_sollecito"),
            (righe(Rilevazione, "scade_il", "chiusa_il"), righe(Quesito, "testo")),
        ),
        "sondaggi": (righe(Sondaggio, "titolo", "stato", "versione"), righe(ParoleDaRivedere, "stato"), righe(Codice)),
        "consultazioni": (
            righe(Consultazione, "titolo", "stato", "versione"),
            righe(BisognoRaccolto, "parole", "stato"),
        ),
        "riunioni": (
            righe(Riunione, "titolo", "stato", "versione"),
            righe(Partecipante, "nome", "partecipazione"),
            (righe(Seguito, "fatto_il"), righe(FileDellaRiunione, "nome")),
        ),
        "formazione": (righe(Corso, "titolo", "versione"), righe(Attestato, "nome")),
        "intermediazione": righe(Intermediazione, "argomento", "fatto_il", "riunione"),
        "progetti": (righe(Progetto, "titolo", "versione"), righe(FileDelProgetto, "nome")),
        "guida stampata": (righe(Istantanea), righe(Stamperia, "da_rifare_dal", "in_corso_dal")),
        "pagine": righe(Page, "title", "draft_title", "path", "live", "locked", "latest_revision", "expire_at"),
        "revisioni": righe(Revision, "approved_go_live_at"),
        "flusso": (righe(WorkflowState, "status"), righe(TaskState, "status")),
        "schema di flusso": (righe(Workflow, "name", "active"), righe(Task, "name", "active")),
        "commenti": righe(Comment, "text"),
        "riservatezza": righe(PageViewRestriction),
        "media": (righe(Immagine, "title", "collection"), righe(Documento, "title", "collection")),
        "raccolte": righe(Collection, "name", "path"),
        "gruppi": (righe(Group, "name"), righe(GroupPagePermission), righe(GroupCollectionPermission)),
        "utenti": righe(get_user_model(), "username", "is_active", "is_superuser", "email", "password"),
        "appartenenze": list(get_user_model().groups.through.objects.order_by("pk").values_list()),
        "siti": righe(Site, "hostname"),
        "redirect": righe(Redirect, "old_path"),
        "programma": (righe(ProgrammaPage, "stato"), righe(Criterio, "indicatore", "offerto")),
        "incarichi": righe(Incarico, "al", "finito_il"),
        "termini": (righe(TermineInterno, "giorno", "fatto_il"), righe(AvvisiPersonali, "riassunto", "chiave")),
        "organizzazioni": righe(Organizzazione, "denominazione", "attiva"),
        "distretto": righe(Distretto, "denominazione"),
        "evidenze": righe(Evidenza, "titolo", "stato", "versione"),
        "allegati": righe(Allegato, "nome"),
        "passaggi": righe(Passaggio, "a"),
        "riconoscimenti": righe(Riconoscimento, "quantita_riconosciuta", "revocato_il"),
        "card": (righe(Lotto, "concesse", "valido_fino_al"), righe(Card, "revocata_il")),
        "accordi": (
            righe(Accordo, "firmata_il", "cessata_il", "protocollo", "risposto_il", "ultimo_sollecito"),
            righe(SullaConvenzione, "stato", "presa_da", "email", "bozza"),
            righe(RitiroDiConvenzione, "esito"),
        ),
        "piano editoriale": (
            righe(PezzoProgrammato, "titolo", "data", "stato", "inviato_il", "immagine"),
            righe(PianoEditoriale, "obiettivi", "presente_dal"),
        ),
        "posta": (righe(MessaggioInUscita, "stato"), righe(DBTaskResult, "status")),
        "newsletter": (righe(NumeroNewsletter, "titolo", "stato"), righe(Iscritto, "email"), righe(Consegna, "stato")),
        "prenotazioni": (righe(PostiDellEvento, "versione", "presenti_comunita"), righe(Prenotazione, "stato")),
        "posti liberi": righe(PostiLiberi, "turno", "posti"),
        "guida": (
            righe(Verifica, "verificata_il", "scade_il", "ultimo_sollecito"),
            righe(Segnalazione, "stato", "presa_da", "email"),
            righe(RichiestaDiRitiro, "esito"),
        ),
        "registro": PageLogEntry.objects.count(),
    }
