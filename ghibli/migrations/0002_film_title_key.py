from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ghibli', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='film',
            name='title_key',
            field=models.TextField(blank=True, db_collation='C', default=''),
        ),
    ]
