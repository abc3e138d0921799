from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("notizie", "0005_newsletter")]

    operations = [
        migrations.AddField(
            model_name="numeronewsletter",
            name="previsto_il",
            field=models.DateField(
                blank=True, null=True, verbose_name="giorno previsto",
                help_text="Lo mette nel calendario del piano editoriale. Non parte da solo: lo invii tu",
            ),
        ),
        migrations.AddField(
            model_name="numeronewsletter",
            name="modificato_il",
            field=models.DateTimeField(auto_now=True, default=timezone.now, verbose_name="modificato il"),
            preserve_default=False,
        ),
    ]
