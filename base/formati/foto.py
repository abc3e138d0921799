"""Pictures: whole or refused, and published without what a camera writes in them (where, when, with what). Pure.

What stays is what is needed to show them: which side is up, and the profile of the colours.
"""

import io
import warnings
from typing import IO

import pillow_heif
from PIL import Image, ImageFile, JpegImagePlugin

from .nomi_di_file import estensione

pillow_heif.register_heif_opener()

FORMATI = {
    "jpg": ("JPEG", "MPO"),
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "heic": ("HEIF",),
    "heif": ("HEIF",),
}
"""Accepted extensions, and how Pillow calls what each holds: a phone writes several pictures in one JPEG (MPO)."""

MASSIMO_PIXEL = 128_000_000
"""More, in all that it shows one after the other, and to open one would take the memory of the server."""

_ANIMATE = ("GIF", "PNG", "WEBP")

ORIENTAMENTO = 274
QUALITA = 90
LATO_MASSIMO = 4096
"""Pixels of a picture that changes its format, or a large one would weigh more than what is accepted."""
_DA_TENERE = {
    "transparency",
    "duration",
    "loop",
    "background",
    "icc_profile",
    "gamma",
    "default_image",
    "disposal",
    "blend",
}


class FotoRifiutata(ValueError):
    """A picture that cannot be opened; its text is for the user, after the name of the file."""


def apri(file: IO[bytes], nome: str) -> Image.Image:
    """The first picture in `file`, read to its end. Raises `FotoRifiutata`."""
    ammessi = FORMATI.get(estensione(nome), ())
    if not ammessi:
        raise FotoRifiutata("non è un'immagine di un tipo accettato: salvala come JPG, PNG, WEBP, GIF o HEIC")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            file.seek(0)
            foto = Image.open(file)
            if foto.format not in ammessi:
                raise FotoRifiutata(f"non contiene un'immagine {estensione(nome)}: salvala di nuovo e riprova")
            quante = getattr(foto, "n_frames", 1) if foto.format in _ANIMATE else 1
            if foto.width * foto.height * quante > MASSIMO_PIXEL:
                raise FotoRifiutata("è un'immagine troppo grande: rimpiccioliscila e riprova")
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, takes half a picture for a whole one
            foto.load()
    except FotoRifiutata:
        raise
    except Image.DecompressionBombError as errore:
        raise FotoRifiutata("è un'immagine troppo grande: rimpiccioliscila e riprova") from errore
    except Exception as errore:  # what a broken picture raises depends on its format and on where it is broken
        raise FotoRifiutata(
            "è un'immagine rovinata o incompleta: caricala di nuovo, o salvala in un altro formato"
        ) from errore
    return foto


def ripulisci(file: IO[bytes], nome: str) -> tuple[bytes, str]:
    """The picture without its data, and its name: a HEIC, which browsers do not show, becomes a JPEG.

    Raises `FotoRifiutata`.
    """
    foto = apri(file, nome)
    scritta = io.BytesIO()
    if foto.format == "HEIF":
        profilo = foto.info.get("icc_profile")
        foto.thumbnail((LATO_MASSIMO, LATO_MASSIMO))
        foto.convert("RGB").save(scritta, "JPEG", quality=QUALITA, icc_profile=profilo)
        return scritta.getvalue(), f"{nome.rpartition('.')[0]}.jpg"
    opzioni = {"exif": _solo_orientamento(foto), "icc_profile": foto.info.get("icc_profile")}
    if foto.format in ("JPEG", "MPO"):
        campione = JpegImagePlugin.get_sampling(foto)
        opzioni |= {
            "qtables": getattr(foto, "quantization", None),
            "progressive": "progression" in foto.info,
            "optimize": True,
        }
        opzioni |= {"subsampling": campione} if campione >= 0 else {}
        pulita = foto.copy()
        pulita.info = {}
        pulita.save(scritta, "JPEG", **opzioni)
        return scritta.getvalue(), nome
    if foto.format == "WEBP":
        opzioni |= {"lossless": b"VP8L" in _testa(file), "quality": QUALITA}
    animata = getattr(foto, "n_frames", 1) > 1
    foto.info = {chiave: valore for chiave, valore in foto.info.items() if chiave in _DA_TENERE}
    foto.save(scritta, foto.format, save_all=animata, **opzioni)
    return scritta.getvalue(), nome


def riduci(file: IO[bytes], nome: str) -> tuple[bytes, str]:
    """The picture as a JPEG of at most `LATO_MASSIMO` pixels a side, and its name. It proves something, so when and
    where it was taken stay. Raises `FotoRifiutata`.
    """
    foto = apri(file, nome)
    scritta = io.BytesIO()
    opzioni = {"exif": foto.info.get("exif", b""), "icc_profile": foto.info.get("icc_profile")}
    foto.thumbnail((LATO_MASSIMO, LATO_MASSIMO))
    foto.convert("RGB").save(scritta, "JPEG", quality=QUALITA, **opzioni)
    return scritta.getvalue(), f"{nome.rpartition('.')[0]}.jpg"


def dati_nascosti(file: IO[bytes], nome: str) -> list[str]:
    """What a picture says besides itself, in words. Raises `FotoRifiutata`."""
    foto = apri(file, nome)
    dati = foto.getexif()
    altri = {"xmp", "photoshop", "comment", "XML:com.adobe.xmp", "parsed_exif"}
    trovati = ["luogo"] if dati.get(34853) is not None else []
    trovati += ["data o apparecchio"] if set(dati) - {ORIENTAMENTO, 34853} else []
    altro = altri & set(foto.info) or foto.format in ("MPO", "HEIF") or getattr(foto, "text", None)
    trovati += ["altri dati"] if altro else []
    return trovati


def _solo_orientamento(foto: Image.Image) -> bytes:
    verso = foto.getexif().get(ORIENTAMENTO, 1)
    if verso not in range(2, 9):
        return b""
    dati = Image.Exif()
    dati[ORIENTAMENTO] = verso
    return dati.tobytes()


def _testa(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(64)
