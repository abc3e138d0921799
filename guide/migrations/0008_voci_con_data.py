import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guide', '0007_insiemi_dei_termini'),
    ]

    operations = [
        migrations.AddField(
            model_name='voceguida',
            name='cambiata',
            field=models.DateTimeField(auto_now=True, db_index=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
