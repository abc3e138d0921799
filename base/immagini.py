"""Pictures of the site's library: cleaned when they are stored, whatever door they come through."""

from collections.abc import Iterator

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models.fields.files import ImageFieldFile
from wagtail.images.models import WagtailImageField as CampoImmagine

from .formati import foto


def foto_pulita(file: File, nome: str) -> File:
    """`file` as it may be published, with its name; once cleaned it is not cleaned again. Raises `FotoRifiutata`."""
    if getattr(file, "pulita", False):
        return file
    contenuto, nuovo = foto.ripulisci(file, nome)
    pulita = SimpleUploadedFile(nuovo, contenuto, f"image/{foto.FORMATI[nuovo.rpartition('.')[2].lower()][0].lower()}")
    pulita.pulita = True
    return pulita


class FileFoto(ImageFieldFile):
    def save(self, name, content, save=True):
        pulita = foto_pulita(content, name)
        super().save(pulita.name, pulita, save)


class CampoFoto(CampoImmagine):
    """The file of a picture, which stores no more than what is seen."""

    attr_class = FileFoto


def ripulisci_tutte(immagini, prova: bool) -> Iterator[tuple[object, str]]:
    """Clean those stored before: each that changes, or cannot be opened, with why. With `prova` nothing changes.

    The clean file is written beside the other, which goes after commit: nothing is lost on the way.
    """
    for immagine in immagini.iterator():
        try:
            with immagine.file.open("rb") as aperto:
                dati = foto.dati_nascosti(aperto, immagine.file.name)
                if dati and not prova:
                    _sostituisci(immagine, foto_pulita(aperto, immagine.file.name))
        except (foto.FotoRifiutata, OSError) as errore:
            yield immagine, f"non si apre: {errore}"
            continue
        if dati:
            yield immagine, f"{', '.join(dati)}: {'da togliere' if prova else 'tolti'}"


@transaction.atomic
def _sostituisci(immagine, pulita):
    vecchio, archivio = immagine.file.name, immagine.file.storage
    vecchie = [(variante.file.storage, variante.file.name) for variante in immagine.renditions.all()]
    pulita.name = vecchio.rpartition("/")[2].partition("-")[2] or pulita.name
    immagine.file = pulita
    immagine._set_image_file_metadata()
    immagine.save()
    immagine.renditions.all().delete()
    transaction.on_commit(lambda: [dove.delete(nome) for dove, nome in [(archivio, vecchio), *vecchie]])
