"""`ambito` is a kind of entries of the index: what the body of a contact is has a word of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('registri', '0009_pagine_nate_da_un_contatto')]

    operations = [
        migrations.RenameField('intermediazione', 'ambito', 'interlocutore'),
        migrations.AlterField(
            model_name='intermediazione',
            name='interlocutore',
            field=models.CharField(choices=[('produttivo', 'Mondo produttivo'), ('pubblico', 'Ente pubblico'), ('terzo_settore', 'Terzo settore'), ('altro', 'Altro')], default='produttivo', max_length=15, verbose_name='interlocutore'),
        ),
    ]
