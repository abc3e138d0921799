"""`manage.py ripristina`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.salvataggio import NonSiPuo, ripristina


class Command(BaseCommand):
    help = "Rifà il sito da una copia di `salva`, in un database e in cartelle vuoti, e controlla che sia uguale"
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("archivio", type=Path)
        parser.add_argument("--identita", type=Path, help="il file con la chiave privata di age, se è cifrata")
        parser.add_argument("--dry-run", action="store_true", help="legge e controlla la copia, e non scrive nulla")

    def handle(self, *args, archivio, identita, dry_run, **options):
        try:
            manifesto = ripristina(archivio, identita.read_text() if identita else "", prova=dry_run)
        except (NonSiPuo, OSError) as errore:
            raise CommandError(str(errore)) from errore
        righe = sum(quante for quante, _ in manifesto["tabelle"].values())
        self.stdout.write(
            f"Copia del {manifesto['fatto_il']}: {len(manifesto['tabelle'])} tabelle, {righe} righe, "
            f"{len(manifesto['file'])} file, tutti uguali."
        )
        if not dry_run:
            self.stdout.write("Se il codice è più nuovo della copia: python manage.py migrate")
