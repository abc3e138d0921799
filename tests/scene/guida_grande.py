"""A guide as large as one likes: entries by the thousand, each with words that no other has."""

from django.db import transaction
from wagtail.models import Page

from guide.models import Bisogno, Comune, FasciaOraria, FaseVita, Luogo, ServizioPage, SezioneGuidaPage

ARGOMENTI = ("nido", "doposcuola", "consultorio", "biblioteca", "trasporto", "palestra", "ludoteca", "sportello")
SILLABE = [c + v for c in "bcdfglmnprstvz" for v in "aeiou"]


def propria(n):
    """A word that only the entry `n` has, as names and addresses are: pronounceable, of eight letters."""
    scritta = ""
    for _ in range(3):
        scritta, n = scritta + SILLABE[n % len(SILLABE)], n // len(SILLABE)
    return f"{scritta}zo"


@transaction.atomic
def aggiungi(quante):
    """Publish that many entries in the first section, each with words that all have and two that no other has, a
    place, hours, a need. The index is not told."""
    sezione = SezioneGuidaPage.objects.order_by("path").first()
    bisogni, comuni = list(Bisogno.objects.di_secondo_livello()), list(Comune.objects.all())
    fasi, gia = list(FaseVita.objects.all()), sezione.numchild
    servizi = []
    for n in range(gia, gia + quante):
        argomento = ARGOMENTI[n % len(ARGOMENTI)]
        titolo = f"{argomento.title()} numero {n % 500}"
        servizio = ServizioPage(
            title=titolo,
            draft_title=titolo,
            slug=f"voce-{n}",
            path=ServizioPage._get_path(sezione.path, sezione.depth + 1, n + 1),
            depth=sezione.depth + 1,
            live=True,
            url_path=f"{sezione.url_path}voce-{n}/",
            locale_id=sezione.locale_id,
            sommario=f"Un posto per le famiglie: {argomento} in compagnia",
            natura=ServizioPage.Natura.PUBBLICO,
            erogatore_id=sezione.organizzazione_id,
            eta_minima=n % 12 * 12,
            eta_massima=n % 12 * 12 + 60,
            costo=ServizioPage.Costo.GRATUITO if n % 3 else ServizioPage.Costo.PAGAMENTO,
            testo=f"<p>Qui le persone trovano {argomento}, ascolto e qualcuno che le accompagna: {propria(n)}, "
            f"{propria(n + 100_000)}.</p>",
        )
        servizio.content_type = servizio.cached_content_type
        servizi.append(servizio)
    basi = Page.objects.bulk_create(
        Page(**{campo.attname: getattr(servizio, campo.attname) for campo in Page._meta.concrete_fields})
        for servizio in servizi
    )
    for servizio, base in zip(servizi, basi, strict=True):
        servizio.pk = servizio.id = servizio.page_ptr_id = base.pk
        servizio.save_base(raw=True)  # the page itself was written above
    Page.objects.filter(pk=sezione.pk).update(numchild=gia + quante)
    Luogo.objects.bulk_create(
        Luogo(servizio=s, comune=comuni[n % len(comuni)], indirizzo=f"Via di prova {n}") for n, s in enumerate(servizi)
    )
    FasciaOraria.objects.bulk_create(
        FasciaOraria(servizio=s, giorno=n % 5, dalle="08:00", alle="12:00") for n, s in enumerate(servizi)
    )
    for campo, valori, passo in (("bisogni", bisogni, 1), ("fasi", fasi, 1), ("bisogni", bisogni, 7)):
        tramite = ServizioPage._meta.get_field(campo).remote_field.through
        colonna = valori[0]._meta.model_name
        tramite.objects.bulk_create(
            (
                tramite(**{"serviziopage_id": s.pk, f"{colonna}_id": valori[n * passo % len(valori)].pk})
                for n, s in enumerate(servizi)
            ),
            ignore_conflicts=True,
        )
