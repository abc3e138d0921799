from django.db import migrations

from home.testi import riscrivi_testi


def riscrivi(apps, schema_editor):
    """What stays as it was, `manage.py ripulisci_testi` lists."""
    for _ in riscrivi_testi(apps):
        pass


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_cio_che_una_famiglia_cerca"),
        ("base", "0007_presenze_e_riserva"),
        ("organizzazioni", "0004_telefoni_piu_lunghi"),
        ("programma", "0006_prova_per_criterio"),
        ("notizie", "0010_telefoni_piu_lunghi"),
        ("guide", "0014_telefoni_piu_lunghi"),
        ("convenzioni", "0007_telefoni_piu_lunghi"),
        ("cura", "0002_indice_con_i_fatti"),
    ]

    operations = [migrations.RunPython(riscrivi, migrations.RunPython.noop)]
