from django.db import migrations

from internships.board.folding import name_key


def fill(apps, schema_editor):
    organisations = apps.get_model("board", "Organisation").objects
    rows = []
    for row in organisations.only("name_ja", "name_en").order_by("pk").iterator(chunk_size=1000):
        row.name_ja_key, row.name_en_key = name_key(row.name_ja), name_key(row.name_en)
        rows.append(row)
    organisations.bulk_update(rows, ["name_ja_key", "name_en_key"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("board", "0011_organisation_name_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
