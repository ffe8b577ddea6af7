from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_proposed_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="paper",
            field=models.CharField(
                blank=True,
                default="",
                help_text="SHA-256 of a newer edition of the paper; empty: the service's.",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draftstep",
            name="paper",
            field=models.JSONField(
                help_text=(
                    "What came with the paper before: its SHA-256, notes, burden. Null when it stayed."
                ),
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="edition_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.CASCADE,
                related_name="editions",
                to="catalogue.service",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="drafted",
            field=models.TextField(
                blank=True, default="", help_text="The draft of a new edition, as YAML."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="upload",
            name="notes",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="upload",
            name="burden",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="upload",
            name="changes",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="service",
            name="paper",
            field=models.CharField(
                blank=True,
                help_text="SHA-256 of the PDF form it was made from, kept in files.",
                max_length=64,
            ),
        ),
    ]
