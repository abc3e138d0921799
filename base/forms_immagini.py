"""The form of a picture, at every door of Wagtail's library: one, many at once, in a chooser."""

from django.core.exceptions import ValidationError
from django.forms import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .formati.foto import FotoRifiutata
from .formati.nomi_di_file import nome_leggibile
from .immagini import foto_pulita


class FotoField(WagtailImageField):
    """Wagtail's, for what phones send too: a picture that is broken, or is something else, has its message here."""

    def to_python(self, data):
        caricato = FileField.to_python(self, data)
        if caricato is None:
            return None
        self.check_image_file_size(caricato)
        try:
            return super().to_python(foto_pulita(caricato, caricato.name))
        except FotoRifiutata as rifiuto:
            raise ValidationError(f"«{nome_leggibile(caricato.name)}» {rifiuto}", code="invalid_image") from rifiuto


class ImmagineForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if campo := self.fields.get("file"):
            self.fields["file"] = FotoField(label=campo.label, required=campo.required, widget=campo.widget)
