"""What is kept as it was: a list that was sent, the guide of a year, a package, a final document."""

from django.core.files.base import ContentFile


def invio_elenco(manager):
    from django.utils import timezone

    from registri.models import InvioElenco

    file = {formato: ContentFile(b"x", f"e.{formato}") for formato in ("csv", "xlsx", "pdf")}
    return InvioElenco.objects.create(
        al=timezone.localdate(),
        righe=[],
        destinatari=["ufficio@example.org"],
        inviato_il=timezone.now(),
        inviato_da=manager,
        **file,
    )


def atto_di_adesione(organizzazione, manager):
    """With its paper."""
    from registri.models import AttoDiAdesione, FileDellAtto

    atto = AttoDiAdesione.objects.create(
        organizzazione=organizzazione,
        cosa="adesione",
        verso="inizio",
        giorno=organizzazione.aderente_dal,
        registrato_da=manager,
    )
    carta = FileDellAtto(di=atto, nome="atto.txt", tipo="text/plain", caricato_da=manager)
    carta.file.save("x.txt", ContentFile(b"x"))
    return carta


def corso(manager):
    """With its certificate."""
    from django.utils import timezone

    from registri.models import Attestato, Corso

    suo = Corso.objects.create(titolo="Corso", giorno=timezone.localdate(), ore=2)
    attestato = Attestato(corso=suo, nome="attestato.txt", tipo="text/plain", caricato_da=manager)
    attestato.file.save("x.txt", ContentFile(b"x"))
    return attestato


def istantanea(manager):
    from django.utils import timezone

    from guide.models import Istantanea

    return Istantanea.objects.create(
        anno=2025,
        fatta_il=timezone.now(),
        fatta_da=manager,
        servizi=0,
        pagine=1,
        pdf=ContentFile(b"%PDF-1.7\n%%EOF\n", "i.pdf"),
        json=ContentFile(b"{}", "i.json"),
    )


def pacchetto(manager, programma):
    from django.utils import timezone

    from documenti.models import Pacchetto

    return Pacchetto.objects.create(
        programma=programma,
        al=timezone.localdate(),
        stato="pronto",
        chiesto_da=manager,
        file=ContentFile(b"PK\x05\x06" + bytes(18), "p.zip"),
    )


def definitivo(manager, programma, segreto):
    """A final document that says `segreto`, of which one part was written with it."""
    from django.utils import timezone

    from documenti.corpo import Capitolo, Corpo, Paragrafo, in_json
    from documenti.models import Definitivo, Narrazione

    Narrazione.objects.create(
        programma=programma,
        tipo="report-annuale",
        blocco="presentazione",
        numero=1,
        testo=segreto,
        scritta_da=manager,
        scritta_il=timezone.now(),
    )
    return Definitivo.objects.create(
        programma=programma,
        tipo="report-annuale",
        numero=1,
        titolo=segreto,
        al=timezone.localdate(),
        fatto_il=timezone.now(),
        fatto_da=manager,
        corpo=in_json(Corpo(segreto, "", (), (Capitolo(segreto, 1, (Paragrafo(segreto),)),))),
        dati=f'{{"detto": "{segreto}"}}',
        **{formato: ContentFile(segreto.encode(), f"d.{formato}") for formato in ("pdf", "docx")},
    )
