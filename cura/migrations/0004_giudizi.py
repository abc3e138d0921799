import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        ('cura', '0003_radici_a_rovescio'),
    ]

    operations = [
        migrations.CreateModel(
            name='Giudizio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('utile', models.BooleanField(verbose_name='è stata utile')),
                ('perche', models.CharField(blank=True, max_length=500, verbose_name='perché')),
                ('giorno', models.DateField(db_index=True, verbose_name='giorno')),
                ('pagina', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='giudizi', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='pagina')),
            ],
            options={
                'verbose_name': 'giudizio su una pagina',
                'verbose_name_plural': 'giudizi sulle pagine',
            },
        ),
    ]
