from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_figures_of_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="like",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="catalogue.service",
            ),
        ),
    ]
