"""Where public files are kept."""

from django.core.files.storage import FileSystemStorage

from .formati.nomi_di_file import nome_per_il_disco


class NomiInteri:
    """A storage that keeps the letters and the emoji of a name, where Django's own would leave "🎉.pdf" without one."""

    def get_valid_name(self, name):
        return nome_per_il_disco(name)


class Archivio(NomiInteri, FileSystemStorage):
    """The public files of this machine."""
