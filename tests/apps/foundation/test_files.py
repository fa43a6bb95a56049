"""Files: what comes in, how it lies, who gets it out."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.people import make_people
from zhijian.foundation.files import queries
from zhijian.foundation.files.checking import FileRefused, check_file, clean_name
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.files.owners import register_owner
from zhijian.foundation.files.services import Owner, store_bytes, store_file

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def office(*parts: str, size: int = 10) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, b"0" * size)
    return content.getvalue()


XLSX = office("[Content_Types].xml", "xl/workbook.xml")
DOCX = office("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("照片.PNG", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        (
            "一季度.v2.xlsx",
            XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.csv", "单位,得分\n甲,95".encode("gb18030"), "text/csv"),
        ("a.txt", "记录".encode(), "text/plain"),
    ],
)
def test_permitted_files_are_known_by_their_content(
    name: str, content: bytes, media_type: str
) -> None:
    assert check_file(name, len(content), io.BytesIO(content)).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "files.type_not_allowed"),
        ("a", b"x", "files.type_not_allowed"),
        ("a.svg", b"<svg/>", "files.type_not_allowed"),
        ("a.html", b"<p>", "files.type_not_allowed"),
        ("a.php.png", PNG, "files.type_not_allowed"),
        ("a.xlsm", XLSX, "files.type_not_allowed"),
        ("a.png", b"", "files.empty"),
        ("a.png", b"%PDF-1.7", "files.content_differs"),
        ("a.xlsx", DOCX, "files.content_differs"),
        ("a.xlsx", b"PK\x03\x04 cut off", "files.damaged"),
        ("a.docx", PNG, "files.content_differs"),
        ("a.csv", b"\0\1\2", "files.content_differs"),
        (
            "a.xlsx",
            office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
            "files.has_macros",
        ),
    ],
)
def test_others_are_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        check_file(name, len(content), io.BytesIO(content))
    assert refusal.value.code == code


def test_a_bomb_is_refused_without_unpacking_it() -> None:
    bomb = office("[Content_Types].xml", "xl/workbook.xml", size=60 * 1024 * 1024)
    with pytest.raises(FileRefused) as refusal:
        check_file("a.xlsx", len(bomb), io.BytesIO(bomb))
    assert refusal.value.code == "files.unpacks_too_large"


def test_a_file_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(FileRefused) as refusal:
        check_file("a.png", 20 * 1024 * 1024 + 1, io.BytesIO(PNG))
    assert "20.0" in refusal.value.words("en")


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\资料\\附件2.xlsx", "附件2.xlsx"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\0\n.png", "a.png"),
        ("", "file"),
        ("x" * 300 + ".png", "x" * 146 + ".png"),
    ],
)
def test_names_lose_what_could_deceive(given: str, clean: str) -> None:
    assert clean_name(given) == clean


@pytest.mark.django_db
@pytest.mark.req("SYS-09")
def test_equal_files_lie_once_under_their_digest() -> None:
    people = make_people()
    owner = Owner("tests.case", "1")
    first = store_file(upload=ContentFile(PNG, name="a.png"), owner=owner, uploader=people.clerk)
    second = store_bytes(content=PNG, name="b.png", owner=owner, uploader=None)

    assert first.digest == second.digest == hashlib.sha256(PNG).hexdigest()
    rows = StoredFile.objects.order_by("pk")
    assert rows[0].path == rows[1].path
    assert [ref.name for ref in queries.files_of("tests.case", "1")] == ["a.png", "b.png"]
    assert queries.is_intact(first.id)


@pytest.mark.django_db
def test_half_a_file_left_by_a_dead_process_is_not_taken_for_the_whole() -> None:
    content = PNG + b"whole"
    digest = hashlib.sha256(content).hexdigest()
    default_storage.save(f"files/{digest[:2]}/{digest}", ContentFile(content[:5]))

    ref = store_bytes(content=content, name="a.png", owner=Owner("tests.case", "1"), uploader=None)

    assert queries.is_intact(ref.id)


@pytest.mark.django_db
def test_a_file_goes_only_to_whom_its_owner_lets_read_it() -> None:
    people = make_people()
    register_owner("tests.case", lambda user, file: user.pk == people.clerk.pk)
    ref = store_bytes(content=PNG, name="证据.png", owner=Owner("tests.case", "1"), uploader=None)
    nobodys = store_bytes(content=PNG, name="a.png", owner=Owner("tests.none", "1"), uploader=None)
    client, other = Client(), Client()
    client.force_login(people.clerk)
    other.force_login(people.other_clerk)

    answer = client.get(f"/files/{ref.id}/")

    assert answer.getvalue() == PNG
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert other.get(f"/files/{ref.id}/").status_code == 404
    assert client.get(f"/files/{nobodys.id}/").status_code == 404
    assert client.get("/files/99999/").status_code == 404
