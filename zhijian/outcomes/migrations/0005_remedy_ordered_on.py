"""The day on which a measure was first ordered, whatever correction it moved with since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0004_open_amounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="remedy",
            name="ordered_on",
            field=models.DateField(null=True, verbose_name="提出日期"),
        ),
        migrations.AlterField(
            model_name="remedystep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("done", "报告完成"),
                    ("returned", "退回重做"),
                    ("verified", "验证完成"),
                    ("moved", "随更正转入新决定"),
                    ("reopened", "要求已改，重新整改"),
                    ("lifted", "随冲销撤销"),
                ],
                max_length=10,
            ),
        ),
    ]
