from django.db import migrations, models

from spreekruimte.organisations.append_only import ReleaseRows


class Migration(migrations.Migration):
    dependencies = [("studies", "0001_initial")]

    operations = [
        ReleaseRows("StudyAnswer"),
        migrations.AlterModelOptions(name="studyanswer", options={}),
        migrations.AddField(
            model_name="studyrespondent",
            name="has_erased",
            field=models.BooleanField(default=False),
        ),
    ]
