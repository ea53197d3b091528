"""Districts come from the official classification as it is published."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from zveno.kernel.actor import SYSTEM
from zveno.organisations.actions import NotBelow, add_districts
from zveno.organisations.models import Territory

pytestmark = pytest.mark.django_db
TABLE = """\
"01";"000";"000";"000";"2";"1";"Муниципальные образования Алтайского края";;;"000";"0";14.06.2013;01.01.2014
"01";"000";"000";"000";"2";"2";"Населенные пункты, входящие в состав муниципальных образований Алтайского края";;;"000"
"01";"600";"000";"000";"9";"1";"Муниципальные районы Алтайского края";;;"000";"0";14.06.2013;01.01.2014
"01";"601";"000";"000";"3";"1";"Алейский муниципальный район";"г Алейск";;"000";"0";14.06.2013;01.01.2014
"01";"601";"400";"000";"5";"1";"Сельские поселения Алейского муниципального района/";;;"000";"0";14.06.2013;01.01.2014
"01";"601";"402";"101";"9";"2";"п Алейский";;;"000";"0";14.06.2013;01.01.2014
"01";"700";"000";"000";"7";"1";"Городские округа Алтайского края/";;;"000";"0";14.06.2013;01.01.2014
"01";"701";"000";"000";"1";"1";"город Барнаул";;;"000";"0";14.06.2013;01.01.2014
"01";"703";"000";"000";"0";"1";"Славгородский";;;"000";"0";14.06.2013;01.01.2014
"40";"000";"000";"000";"6";"1";"Муниципальные образования Санкт-Петербурга";;;"000";"0";14.06.2013;01.01.2014
"40";"301";"000";"000";"3";"1";"муниципальный округ Коломна";;;"000";"0";14.06.2013;01.01.2014
"71";"000";"000";"000";"8";"1";"Муниципальные образования Тюменской области";;;"000";"0";14.06.2013;01.01.2014
"71";"600";"000";"000";"5";"1";"Муниципальные районы Тюменской области";;;"000";"0";14.06.2013;01.01.2014
"71";"603";"000";"000";"9";"1";"Абатский муниципальный район";;;"000";"0";14.06.2013;01.01.2014
"71";"900";"000";"000";"7";"1";"Муниципальные образования Ямало-Ненецкого автономного округа";;;"000";"0";14.06.2013
"71";"950";"000";"000";"4";"1";"Городские округа Ямало-Ненецкого автономного округа/";;;"000";"0";14.06.2013;01.01.2014
"71";"951";"000";"000";"8";"1";"Салехард";;;"000";"0";14.06.2013;01.01.2014
"""  # noqa: E501 - lines as they are published
ALTAI = [
    "Алейский муниципальный район",
    "городской округ город Барнаул",
    "Славгородский городской округ",
]


@pytest.fixture(params=["utf-8", "cp1251"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(TABLE.encode(request.param))
    return path


def entered(file: Path, region: str = "") -> str:
    said = StringIO()
    call_command("districts", str(file), region=region, stdout=said)
    return said.getvalue().strip()


def below(region: str) -> list[str]:
    places = Territory.objects.filter(above__name=region).order_by("pk")
    return list(places.values_list("name", flat=True))


def test_each_district_lies_in_its_region_under_its_full_name(file: Path) -> None:
    assert entered(file) == "Regions: 3. Districts entered: 5."
    assert below("Алтайский край") == ALTAI
    assert below("Тюменская область") == ["Абатский муниципальный район"]
    assert below("Ямало-Ненецкий автономный округ") == ["городской округ Салехард"]
    assert len(below("Санкт-Петербург")) == 18


def test_a_second_time_enters_nothing(file: Path) -> None:
    entered(file)

    assert entered(file) == "Regions: 3. Districts entered: 0."


def test_one_region_alone(file: Path) -> None:
    assert entered(file, "Тюменская область") == "Regions: 1. Districts entered: 1."
    assert below("Алтайский край") == []


@pytest.mark.parametrize("content", [b"", b"\x98\xff\x00;;", "Имя;Код\nШкола;1\n".encode()])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError):
        entered(path)
    with pytest.raises(CommandError):
        entered(tmp_path / "nothing.csv")


def test_districts_lie_in_regions_only() -> None:
    country = Territory.objects.get(kind="country")

    with pytest.raises(NotBelow):
        add_districts(SYSTEM, country.public_id, names=["Алейский район"])
