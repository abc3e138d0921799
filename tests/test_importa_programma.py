"""`importa_programma`: an act into a draft, and its words into an approved programme."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from organizzazioni.models import Organizzazione
from programma.models import AzionePage, Criterio, ParoleDellAtto, ProgrammaPage
from programma.operazioni import approva_programma, chiudi_programma
from programma.selettori.prontezza import lacune

from .scene.atto import ETICHETTE, AttoDiProva, scansione

pytestmark = pytest.mark.django_db


@pytest.fixture
def importa(tmp_path):
    """Run the command on an act; returns what it wrote on its two outputs."""

    def comando(atto, *opzioni):
        file = tmp_path / "atto.txt"
        file.write_bytes(atto if isinstance(atto, bytes) else atto.testo().encode())
        detto, errori = io.StringIO(), io.StringIO()
        call_command("importa_programma", str(file), *opzioni, stdout=detto, stderr=errori)
        return detto.getvalue(), errori.getvalue()

    return comando


def impronta():
    return [
        list(modello.objects.order_by("pk").values())
        for modello in (ProgrammaPage, AzionePage, Criterio, ParoleDellAtto)
    ] + [Organizzazione.objects.count()]


class TestBozza:
    def test_new_programme__has_everything_and_waits_as_a_draft(self, importa):
        importa(AttoDiProva.con(3))
        programma = ProgrammaPage.objects.get(anno=2031)
        assert (programma.stato, programma.live) == (ProgrammaPage.Stato.BOZZA, False)
        assert (programma.atto_numero, programma.delibera_numero, programma.protocollo_numero) == ("42", "8", "777")
        azioni = AzionePage.objects.child_of(programma).order_by("numero")
        assert [azione.title for azione in azioni] == [
            "Orti in cortile",
            "La città dei nonni",
            "Biciclette in prestito",
        ]
        prima = azioni[0]
        assert [r.organizzazione.denominazione for r in prima.referenti.all()] == [
            "Comune di Borgo Alto",
            "La Lanterna società cooperativa sociale",
        ]
        assert [c.codice for c in programma.criteri.in_ordine()][:6] == ["M1", "M2", "M3", "M4", "P1.1", "P1.2"]
        assert {testo.parte for testo in prima.parole_dell_atto.all()} == {"area", *ETICHETTE}
        assert "50% per ogni incontro svolto" in programma.criteri.get(codice="P1.1").testo_atto
        assert lacune(programma) == []

    def test_same_act_again__changes_nothing(self, importa):
        importa(AttoDiProva.con(2))
        prima = impronta()
        detto, _ = importa(AttoDiProva.con(2))
        assert "0 modifiche" in detto and impronta() == prima

    def test_dry_run__writes_nothing_and_says_what(self, importa):
        prima = impronta()
        detto, _ = importa(AttoDiProva.con(2), "--dry-run")
        assert impronta() == prima
        assert "niente è stato scritto" in detto and "Orti in cortile" in detto

    def test_draft_that_people_wrote__keeps_their_words_and_what_the_act_has_not(self, importa):
        importa(AttoDiProva.con(3))
        programma = ProgrammaPage.objects.get(anno=2031)
        azione = AzionePage.objects.child_of(programma).get(numero=1)
        azione.obiettivo_generale, azione.tempi = "Con parole nostre", ""
        azione.save_revision().publish()
        Criterio.objects.filter(programma=programma, codice="P1.1").update(indicatore="Il nostro")
        detto, _ = importa(AttoDiProva.con(2))
        azione.refresh_from_db()
        assert (azione.obiettivo_generale, azione.tempi) == ("Con parole nostre", "Entro 30 novembre 2031")
        assert programma.criteri.get(codice="P1.1").indicatore == "Il nostro"
        assert AzionePage.objects.child_of(programma).count() == 3
        assert "Resta com'è scritto nel portale" in detto and "Con parole nostre" in detto

    def test_act_without_some_rows__makes_a_draft_that_lacks_them(self, importa):
        atto = AttoDiProva.con(1)
        atto.azioni[0].referenti = atto.azioni[0].generale = None
        importa(atto)
        mancano = [str(lacuna) for lacuna in lacune(ProgrammaPage.objects.get(anno=2031))]
        assert mancano == [
            "Azione P1 · Orti in cortile: mancano obiettivo generale, organizzazioni referenti",
        ]


class TestApprovato:
    @pytest.fixture
    def approvato(self, importa):
        importa(AttoDiProva.con(2))
        ParoleDellAtto.objects.all().delete()
        Criterio.objects.filter(programma__anno=2031).update(testo_atto="")
        return approva_programma(ProgrammaPage.objects.get(anno=2031))

    def test_words_of_the_act__are_filled_in_and_nothing_else(self, importa, approvato):
        Criterio.objects.filter(programma=approvato, codice="P1.1").update(testo_atto="Già incollate")
        AzionePage.objects.child_of(approvato).update(tempi="")
        enti = Organizzazione.objects.count()
        importa(AttoDiProva.con(3))
        assert AzionePage.objects.child_of(approvato).count() == 2
        assert set(AzionePage.objects.child_of(approvato).values_list("tempi", flat=True)) == {""}
        assert ParoleDellAtto.objects.filter(parte="tempi").count() == 2
        testi = dict(approvato.criteri.values_list("codice", "testo_atto"))
        assert testi["P1.1"] == "Già incollate" and "100% per la mappa" in testi["P1.2"]
        assert Organizzazione.objects.count() == enti

    def test_action_with_another_title__takes_no_words(self, importa, approvato):
        atto = AttoDiProva.con(2)
        atto.azioni[1].titolo = "TUTT'ALTRA COSA"
        detto, _ = importa(atto)
        assert set(ParoleDellAtto.objects.values_list("azione__numero", flat=True)) == {1}
        assert "La città dei nonni" in detto

    def test_closed_programme__takes_nothing(self, importa, approvato, manager):
        chiudi_programma(approvato, manager)
        with pytest.raises(CommandError, match="è chiuso"):
            importa(AttoDiProva.con(2))
        assert not ParoleDellAtto.objects.exists()


class TestComando:
    def test_json__is_all_of_stdout_and_loads_as_facts(self, importa, carica):
        detto, errori = importa(AttoDiProva.con(2), "--json", "--dry-run")
        impianto = json.loads(detto)
        assert impianto["programma"]["scadenza"] == "2031-12-31"
        assert [a["titolo"] for a in impianto["progettualita"]] == ["Orti in cortile", "La città dei nonni"]
        assert "Programma 2031" in errori
        carica(impianto)
        assert ProgrammaPage.objects.get(anno=2031).stato == ProgrammaPage.Stato.APPROVATO

    @pytest.mark.parametrize(
        ("contenuto", "motivo"), [(b"una lettera", "non è un programma di lavoro"), (scansione(), "scansione")]
    )
    def test_refused__with_the_reason(self, importa, contenuto, motivo):
        with pytest.raises(CommandError, match=motivo) as rifiuto:
            importa(contenuto, "--json")
        assert rifiuto.value.returncode == 1

    def test_file_that_is_not_there(self):
        with pytest.raises(CommandError, match="non si legge"):
            call_command("importa_programma", "/niente/atto.pdf")
