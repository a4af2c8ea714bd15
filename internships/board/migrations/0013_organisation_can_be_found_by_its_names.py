from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0012_fill_organisation_name_keys")]

    operations = [
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("name_ja", ""),
                        models.Q(("name_ja_key", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("name_en", ""),
                        models.Q(("name_en_key", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="organisation_can_be_found_by_its_names",
            ),
        ),
    ]
