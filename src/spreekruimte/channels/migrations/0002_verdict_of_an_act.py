"""An act that tells a result names the official verdict: a later one is told too."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


def name_verdicts(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    acts = apps.get_model("channels", "Act").objects.filter(kind="verdict", subject=0)
    verdicts = apps.get_model("verdicts", "OfficialVerdict").objects.filter(is_follow_up=False)
    for act in acts.select_related("publication"):
        told = verdicts.filter(round=act.publication.round_id, published_at__lte=act.ordered_at)
        act.subject = told.order_by("-number").values_list("pk", flat=True)[0]
        act.save(update_fields=["subject"])


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("channels", "0001_initial"),
        ("verdicts", "0001_initial"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(name_verdicts, migrations.RunPython.noop, elidable=True),
    ]
