"""What press releases and events of the demonstration have besides what every piece has."""

from datetime import datetime, time

from django.core.files.base import ContentFile
from django.utils import timezone

from base.models import Documento
from notizie.models import AllegatoComunicato, EventoPage, Ripresa

from .file import pdf
from .orologio import giorno_detto

ORA_DELL_EMBARGO = time(11)
DETTI = (
    "stato",
    "avviso",
    "luogo",
    "comune",
    "collegamento",
    "pubblico",
    "gratuito",
    "costo",
    "iscrizione",
    "altri_partner",
)


def completa(pezzo, voce, mondo, oggi):
    """Add to `pezzo`, which is not saved yet, what `voce` tells of its type."""
    {"comunicato": _comunicato, "evento": _evento}.get(pezzo.tipo, lambda *altro: None)(pezzo, voce, mondo, oggi)


def _comunicato(comunicato, voce, mondo, oggi):
    comunicato.numero, comunicato.contatto = voce["numero"], voce["contatto"]
    if "embargo" in voce:
        giorno = giorno_detto(voce["embargo"], oggi)
        comunicato.embargo = timezone.make_aware(datetime.combine(giorno, ORA_DELL_EMBARGO))
    comunicato.allegati = [AllegatoComunicato(documento=_documento(nome, mondo)) for nome in voce.get("allegati", [])]
    comunicato.riprese = [
        Ripresa(testata=r["testata"], data=giorno_detto(r["data"], oggi)) for r in voce.get("riprese", [])
    ]


def _documento(nome, mondo):
    documento = Documento(title=nome, collection=mondo.organizzazioni["distretto-family-audit"].raccolta)
    documento.file.save("scheda.pdf", ContentFile(pdf([nome])), save=False)
    documento.save()
    return documento


def _evento(evento, voce, mondo, oggi):
    for campo in DETTI:
        if campo in voce:
            setattr(evento, campo, voce[campo])
    evento.data_fine = giorno_detto(voce["fine"], oggi) if "fine" in voce else None
    evento.data_prima = giorno_detto(voce["data_prima"], oggi) if "data_prima" in voce else None
    evento.ora_inizio, evento.ora_fine = (_ora(voce[campo]) if campo in voce else None for campo in ("dalle", "alle"))
    evento.partner = [mondo.organizzazioni[chiave] for chiave in voce.get("partner", [])]
    if "parte_di" in voce:
        evento.parte_di = EventoPage.objects.get(title=voce["parte_di"])


def _ora(testo):
    ore, minuti = testo.split(":")
    return time(int(ore), int(minuti))
