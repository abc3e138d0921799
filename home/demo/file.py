"""Small real files, made by code: a page of PDF, a picture, a note."""

import io
import math
import random

from PIL import Image, ImageDraw

CIELI = ("#dcebe4", "#f6e3c5", "#e4ecf4", "#fbe9de")
ASTRI = ("#f4b23e", "#c8512b", "#fdf8ee")
COLLINE = (("#a7cdbf", "#5f9f8c", "#0f5c53"), ("#efc9a0", "#d98a4f", "#8a3d24"), ("#b9d0e0", "#5c8fb0", "#1f4e6b"))


def crea_file(nome: str, righe: list[str]) -> bytes:
    """The content of the file `nome`, of the kind that its extension says."""
    estensione = nome.rsplit(".", 1)[-1]
    if estensione == "pdf":
        return pdf(righe)
    if estensione == "png":
        return disegno(nome, 640, 420)
    return "\n".join(righe).encode()


def pdf(righe: list[str]) -> bytes:
    """One A4 page with `righe`, the first as its title; characters outside Latin-1 are replaced."""
    testo = ["BT /F1 16 Tf 60 780 Td 22 TL"]
    for numero, riga in enumerate(righe):
        pulita = riga.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        testo.append(f"({pulita}) Tj T*" + (" /F1 11 Tf 18 TL" if numero == 0 else ""))
    flusso = "\n".join([*testo, "ET"]).encode("cp1252", "replace")
    oggetti = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(flusso), flusso),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    uscita, posizioni = io.BytesIO(b"%PDF-1.4\n"), []
    uscita.seek(0, io.SEEK_END)
    for numero, oggetto in enumerate(oggetti, start=1):
        posizioni.append(uscita.tell())
        uscita.write(b"%d 0 obj\n%s\nendobj\n" % (numero, oggetto))
    indice = uscita.tell()
    uscita.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(oggetti) + 1))
    uscita.writelines(b"%010d 00000 n \n" % posizione for posizione in posizioni)
    uscita.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(oggetti) + 1, indice))
    return uscita.getvalue()


def disegno(seme: str, larghezza: int, altezza: int) -> bytes:
    """An abstract PNG, three hills under a disc: the same `seme` always draws the same."""
    caso = random.Random(seme)  # noqa: S311  (the same drawing each time)
    immagine = Image.new("RGB", (larghezza, altezza), caso.choice(CIELI))
    penna = ImageDraw.Draw(immagine)
    raggio = altezza // 7
    x, y = caso.randint(2 * raggio, larghezza - 2 * raggio), caso.randint(raggio + 20, altezza // 3)
    penna.ellipse((x - raggio, y - raggio, x + raggio, y + raggio), fill=caso.choice(ASTRI))
    for piano, tinta in enumerate(caso.choice(COLLINE)):
        cima, ampiezza = altezza * (5 + 2 * piano) // 11, altezza // (9 + 3 * piano)
        fase, passo = caso.uniform(0, math.tau), caso.uniform(1.1, 2.0) * math.tau / larghezza
        dorso = [(ogni, cima + ampiezza * math.sin(fase + passo * ogni)) for ogni in range(0, larghezza + 8, 8)]
        penna.polygon([(0, altezza), *dorso, (larghezza, altezza)], fill=tinta)
    uscita = io.BytesIO()
    immagine.save(uscita, "PNG", optimize=True)
    return uscita.getvalue()
