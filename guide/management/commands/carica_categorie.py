"""`manage.py carica_categorie`."""

from django.core.management.base import BaseCommand

from guide.importazione import carica_categorie


class Command(BaseCommand):
    help = "Riempie le categorie della Family Guide che sono ancora vuote (bisogni, età, momenti, comuni, sinonimi)."

    def handle(self, *args, **options):
        fatte = {nome: quante for nome, quante in carica_categorie().items() if quante}
        detto = ", ".join(f"{nome} {quante}" for nome, quante in fatte.items())
        self.stdout.write(f"Categorie create: {detto}." if fatte else "Le categorie ci sono già: nessuna modifica.")
