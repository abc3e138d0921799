from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("base", "0007_presenze_e_riserva")]

    operations = [
        migrations.RenameModel("Presenza", "Battito"),
        migrations.AlterModelOptions(
            name="battito", options={"verbose_name": "battito", "verbose_name_plural": "battiti"}
        ),
    ]
