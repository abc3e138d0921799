"""The official act in the admin: upload it, read what it says and what it would write, confirm."""

import hashlib

from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views import View
from wagtail.admin import messages

from base.formati.schema import FileNonValido
from base.tenuti import lascia, ripreso, tieni

from ..atto import AttoLetto, leggi_atto
from ..forms_programmi import AttoForm
from ..operazioni.importa_atto import AttoImportato, importa_atto
from ..selettori.enti_noti import enti_noti
from .programmi import GestioneMixin

CARTELLA = "atti"


class AttoView(GestioneMixin, View):
    """Two steps: the act is read and kept aside, and what it would write is shown; confirmed, that is written."""

    template_name = "programma/admin/atto.html"
    page_title = "Importa l'atto"
    header_icon = "doc-full-inverse"

    def get(self, request):
        return self.mostra(modulo=AttoForm())

    def post(self, request):
        if "conferma" in request.POST:
            return self.conferma()
        modulo = AttoForm(request.POST, request.FILES)
        if not modulo.is_valid():
            return self.mostra(status=400, modulo=modulo)
        file = modulo.cleaned_data["file"]
        contenuto = file.read()
        try:
            letto, esito = self.prova(contenuto)
        except (FileNonValido, ValidationError) as errore:
            modulo.add_error("file", errore.messages if isinstance(errore, ValidationError) else str(errore))
            return self.mostra(status=400, modulo=modulo)
        return self.mostra_esito(letto, esito, contenuto, tieni(CARTELLA, file.name, contenuto, request.user))

    def prova(self, contenuto: bytes) -> tuple[AttoLetto, AttoImportato]:
        """What the act says, and what it would write now."""
        letto = leggi_atto(contenuto, enti_noti())
        return letto, importa_atto(letto, _impronta(contenuto), self.request.user, prova=True)

    def conferma(self):
        utente, parola = self.request.user, self.request.POST.get("atto", "")
        try:
            _, percorso, contenuto = ripreso(CARTELLA, parola, utente)
            letto, esito = self.prova(contenuto)
        except (signing.BadSignature, FileNotFoundError):
            messages.error(self.request, "Questo file non c'è più: caricalo di nuovo")
            return redirect("programma:importa_atto")
        except ValidationError as errore:
            messages.error(self.request, "; ".join(errore.messages))
            return redirect("programma:importa_atto")
        if _impronta_dell_esito(contenuto, esito) != self.request.POST.get("impronta"):
            messages.warning(self.request, "Intanto qualcosa è cambiato: guarda di nuovo che cosa scriverebbe l'atto")
            return self.mostra_esito(letto, esito, contenuto, parola)
        fatto = importa_atto(letto, _impronta(contenuto), utente)
        lascia(percorso)
        messages.success(self.request, f"Programma {fatto.anno}: scritte {len(fatto.differenze)} cose dall'atto")
        return redirect("programma:criteri", fatto.programma.pk)

    def mostra_esito(self, letto: AttoLetto, esito: AttoImportato, contenuto: bytes, parola: str):
        return self.mostra(
            modulo=AttoForm(),
            letto=letto,
            esito=esito,
            criteri=sum(len(azione["criteri"]) for azione in letto.impianto["progettualita"]),
            atto=parola,
            impronta=_impronta_dell_esito(contenuto, esito),
        )


def _impronta(contenuto: bytes) -> str:
    return hashlib.sha256(contenuto).hexdigest()


def _impronta_dell_esito(contenuto: bytes, esito: AttoImportato) -> str:
    """What was shown, in a word: the same as long as the same would be written."""
    righe = [_impronta(contenuto), esito.stato, *map(str, esito.differenze), "", *map(str, esito.lasciate)]
    return _impronta("\n".join(righe).encode())
