"""`carica_programma`: the real programme, again, changed, wrong; a second year beside the first."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, Site

from guide.models import EstatePage
from home.models import ContenutoPage, HomePage
from organizzazioni.models import Distretto, Organizzazione, OrganizzazionePage, Utente
from programma.models import AzionePage, Classificazione, Criterio, Evidenza, ProgrammaPage

from .scene.programma import IMPIANTO_2025, bozza_2026, impronta


class TestProgrammaVero:
    def test_programme__acts_and_state(self, programma):
        assert programma.stato == ProgrammaPage.Stato.APPROVATO
        assert programma.live
        assert (programma.dal, programma.scadenza) == (date(2025, 1, 1), date(2025, 12, 31))
        assert (programma.atto_numero, programma.atto_data) == ("6607", date(2025, 6, 19))
        assert programma.note.count("\n") == 2

    def test_actions__ten_public(self, programma):
        azioni = AzionePage.objects.child_of(programma).live().order_by("numero")
        assert [azione.numero for azione in azioni] == list(range(1, 11))
        seconda = azioni[1]
        assert [referente.organizzazione.chiave for referente in seconda.referenti.all()] == [
            "distretto-family-audit",
            "distretto-famiglia-alta-valsugana",
            "distretto-valsugana-tesino",
        ]
        assert {organizzazione.chiave for organizzazione in seconda.altre.all()} == {
            "cciaa-trento",
            "istituto-degasperi",
        }
        assert {classificazione.codice for classificazione in seconda.classificazioni.all()} == {"E0310", "A0206"}

    def test_criteria__in_the_order_of_the_act(self, programma):
        codici = list(programma.criteri.in_ordine().values_list("codice", flat=True))
        assert len(codici) == 31
        assert codici[:9] == [f"M{numero}" for numero in range(1, 10)]
        assert codici[-1] == "P10.2"
        assert Criterio.objects.get(codice="M3").campi_richiesti == [
            "data",
            "argomento",
            "persone_coinvolte|organizzazioni",
        ]
        assert Criterio.objects.get(codice="P7.1").percentuale == Decimal(100)
        assert Criterio.objects.get(codice="P8.2").percentuale is None
        assert Criterio.objects.get(codice="P5.1").azione.numero == 5
        assert Criterio.objects.get(codice="M9").azione is None

    def test_bodies__members_and_district_active(self, db):
        assert Organizzazione.objects.count() == 14
        assert set(Organizzazione.objects.attive().values_list("chiave", flat=True)) == {
            "cs4",
            "comune-pergine",
            "asif-chimelli",
            "comunita-alta-valsugana",
            "soste",
            "dial-funghi",
            "distretto-family-audit",
        }
        assert OrganizzazionePage.objects.live().count() == 14

    def test_district__settings(self, db):
        distretto = Distretto.for_site(Site.objects.get())
        assert distretto.organizzazione.chiave == "distretto-family-audit"
        assert distretto.accordo_di_area == "Giunta provinciale, n. 1273 del 15 luglio 2022"
        assert distretto.attori.first().ruolo == "coordinatore_istituzionale"
        date = ["2022-03", "2022-07-15", "2022-10-28", "2023-02", "2023-12"]
        assert [tappa.data for tappa in distretto.tappe.all()] == date

    def test_site__nothing_left_of_the_empty_database(self, db):
        home = Site.objects.get().root_page.specific
        assert isinstance(home, HomePage)
        assert [pagina.slug for pagina in home.get_children().in_menu()] == [
            "family-guide",
            "convenzioni",
            "notizie",
            "chi-siamo",
        ]
        assert set(ContenutoPage.objects.values_list("slug", flat=True)) == {
            "chi-siamo",
            "contatti",
            "domande-frequenti",
            "note-legali",
            "accessibilita",
            "privacy",
            "licenza",
            "segnala-un-problema",
        }
        assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
        assert not Page.objects.filter(slug="home").exclude(pk=home.pk).exists()

    def test_people__none_made(self, db):
        assert not Utente.objects.exists()

    def test_pages__have_a_revision_and_no_pending_change(self, db):
        pagine = Page.objects.filter(depth__gt=1)
        assert not pagine.filter(latest_revision=None).exists()
        assert not pagine.filter(has_unpublished_changes=True).exists()


class TestAncora:
    def test_same_file__changes_nothing(self, carica):
        prima = impronta()
        assert "nessuna modifica" in carica(IMPIANTO_2025.read_bytes())
        assert impronta() == prima

    def test_same_file__gives_an_older_site_the_pages_of_a_new_version(self, carica):
        EstatePage.objects.get().delete()
        assert "nessuna modifica" in carica(IMPIANTO_2025.read_bytes())
        assert EstatePage.objects.live().count() == 1

    def test_same_file__other_layout_and_comments(self, carica, impianto):
        prima = impronta()
        carica(impianto)
        carica("# altro commento\n" + IMPIANTO_2025.read_text(encoding="utf-8"))
        carica(b"\xef\xbb\xbf" + IMPIANTO_2025.read_bytes())
        assert impronta() == prima

    def test_same_file__what_people_changed_stays(self, carica, programma):
        programma.criteri.filter(codice="M9").update(offerto=20)
        Distretto.objects.update(email="nuova@example.org")
        Organizzazione.objects.filter(chiave="cs4").update(aderente_fino_al=date(2025, 6, 30))
        prima = impronta()
        carica(IMPIANTO_2025.read_bytes())
        assert impronta() == prima

    def test_changed_file__refused_when_approved(self, carica, impianto):
        impianto["progettualita"][2]["titolo"] = "Un altro titolo"
        impianto["progettualita"][0]["criteri"][0]["percentuale"] = 25
        impianto["organizzazioni"][0]["nome_breve"] = "CS4"
        prima = impronta()
        with pytest.raises(CommandError) as errore:
            carica(impianto)
        testo = str(errore.value)
        assert "Il programma 2025 è approvato" in testo
        assert "progettualita[2].titolo: «La comunità educante: teorie e prassi condivise» → «Un altro titolo»" in testo
        assert "progettualita[0].criteri[0].percentuale: «50.00» → «25»" in testo
        assert "organizzazioni[0].nome_breve: «Cooperativa CS4» → «CS4»" in testo
        assert testo.count("→") == 3
        assert impronta() == prima

    def test_changed_file__order_and_titles_of_the_duties(self, carica, impianto):
        impianto["azioni_vamt"][0]["azioni"][0]["titolo"] = "Altro"
        impianto["progettualita"][4]["criteri"].reverse()
        with pytest.raises(CommandError) as errore:
            carica(impianto)
        righe = str(errore.value).splitlines()[1:]
        assert righe[0].startswith("azioni_vamt[0].azioni[0].criteri[0].titolo: «Monitoraggio e aggiornamento")
        assert len(righe) == 3
        assert all(".posizione: " in riga for riga in righe[1:])

    def test_changed_file__refused_when_closed(self, carica, impianto, programma):
        ProgrammaPage.objects.update(stato=ProgrammaPage.Stato.CHIUSO)
        impianto["progettualita"][2]["titolo"] = "Un altro titolo"
        with pytest.raises(CommandError, match="è chiuso"):
            carica(impianto)

    def test_changed_file__value_left_to_the_manager(self, carica, impianto, programma):
        """What the file leaves empty is not a difference with what the manager wrote there."""
        programma.criteri.filter(codice="M9").update(offerto=20)
        impianto["innovazioni_2024"].append("Una riga in più, che il sito non conserva")
        prima = impronta()
        assert "nessuna modifica" in carica(impianto)
        assert impronta() == prima


class TestSecondoAnno:
    def test_draft__beside_the_first_and_not_public(self, carica, impianto, programma):
        prima = programma.criteri.count(), AzionePage.objects.child_of(programma).count()
        carica(bozza_2026(impianto))
        nuovo = ProgrammaPage.objects.get(anno=2026)
        assert nuovo.stato == ProgrammaPage.Stato.BOZZA
        assert not nuovo.live
        assert not AzionePage.objects.child_of(nuovo).live().exists()
        assert nuovo.criteri.count() == 29
        assert (programma.criteri.count(), AzionePage.objects.child_of(programma).count()) == prima
        assert Organizzazione.objects.count() == 14

    def test_draft__same_file_changes_nothing(self, carica, impianto):
        carica(bozza_2026(impianto))
        prima = impronta()
        carica(bozza_2026(impianto))
        assert impronta() == prima

    def test_draft__updated_by_a_changed_file(self, carica, impianto):
        dati = bozza_2026(impianto)
        carica(dati)
        revisioni = Revision.objects.count()
        dati["progettualita"][0].update(titolo="Insieme", referenti=["cs4", "soste"], altre=["asif-chimelli"])
        dati["progettualita"][0]["criteri"][0]["percentuale"] = 25
        del dati["progettualita"][8]
        del dati["azioni_vamt"][0]
        dati["programma"]["numero_azioni"] = 8
        dati["classificazioni"]["Z0101"] = "Una classificazione nuova"
        uscita = carica(dati, "-v2")
        nuovo = ProgrammaPage.objects.get(anno=2026)
        prima_azione = AzionePage.objects.child_of(nuovo).get(numero=1)
        assert prima_azione.title == "Insieme"
        assert [referente.organizzazione.chiave for referente in prima_azione.referenti.all()] == ["cs4", "soste"]
        assert [organizzazione.chiave for organizzazione in prima_azione.altre.all()] == ["asif-chimelli"]
        assert prima_azione.get_latest_revision_as_object().title == "Insieme"
        assert prima_azione.get_latest_revision_as_object().referenti.count() == 2
        assert nuovo.criteri.get(codice="P1.1").percentuale == 25
        assert not nuovo.criteri.filter(codice__in=["M1", "P9.1"]).exists()
        assert list(nuovo.criteri.in_ordine().values_list("posizione", flat=True)) == list(range(1, 26))
        assert AzionePage.objects.child_of(nuovo).count() == 8
        assert Classificazione.objects.filter(codice="Z0101").exists()
        assert Revision.objects.count() - revisioni < 3
        assert "progettualita[0].referenti: asif-chimelli → cs4, soste" in uscita

    def test_draft__criterion_with_evidence_is_taken_off_and_stays_written(self, carica, impianto, organizzazione_a):
        dati = bozza_2026(impianto)
        carica(dati)
        evidenza = Evidenza.objects.create(organizzazione=organizzazione_a, titolo="Prova")
        criterio = Criterio.objects.get(programma__anno=2026, codice="P9.1")
        evidenza.criteri.add(criterio)
        del dati["progettualita"][8]
        dati["programma"]["numero_azioni"] = 8
        carica(dati)
        criterio.refresh_from_db()
        assert criterio.tolto and criterio.azione.numero == 9 and list(evidenza.criteri.all()) == [criterio]
        assert not Criterio.objects.filter(programma__anno=2026, codice="P9.2").exists()
        carica(dati)

    def test_act__makes_it_approved_and_public(self, carica, impianto):
        dati = bozza_2026(impianto)
        carica(dati)
        dati["programma"]["atto"] = {"tipo": "Determinazione", "numero": 1, "data": date(2026, 5, 1)}
        carica(dati)
        nuovo = ProgrammaPage.objects.get(anno=2026)
        assert nuovo.stato == ProgrammaPage.Stato.APPROVATO
        assert nuovo.live
        assert AzionePage.objects.child_of(nuovo).live().count() == 9
        assert nuovo.get_latest_revision_as_object().atto_numero == "1"

    def test_new_member__activated(self, carica, impianto):
        dati = bozza_2026(impianto)
        dati["organizzazioni"].append(
            {
                "chiave": "nuova",
                "denominazione": "Nuova aderente",
                "natura": "privata",
                "aderente_dal": date(2026, 1, 1),
            }
        )
        carica(dati)
        assert Organizzazione.objects.attive().filter(chiave="nuova").exists()
        assert OrganizzazionePage.objects.live().filter(slug="nuova").exists()

    def test_deactivated_member__stays_so(self, carica, impianto, organizzazione_a):
        from organizzazioni.operazioni import disattiva

        disattiva(organizzazione_a)
        carica(bozza_2026(impianto))
        organizzazione_a.refresh_from_db()
        assert not organizzazione_a.attiva

    def test_dry_run__writes_nothing(self, carica, impianto):
        prima = impronta()
        assert "niente è stato scritto" in carica(bozza_2026(impianto), "--dry-run")
        assert impronta() == prima

    def test_load__one_entry_in_the_history(self, carica, impianto):
        prima = PageLogEntry.objects.count(), ModelLogEntry.objects.count()
        carica(bozza_2026(impianto))
        nuovo = ProgrammaPage.objects.get(anno=2026)
        assert PageLogEntry.objects.filter(page_id=nuovo.pk, action="programma.carica").count() == 1
        assert ModelLogEntry.objects.count() == prima[1]

    def test_district_without_its_body__said(self, carica, impianto):
        dati = bozza_2026(impianto)
        dati["distretto"]["denominazione"] = "Altro Distretto"
        assert "Nessuna organizzazione si chiama «Altro Distretto»" in carica(dati)
