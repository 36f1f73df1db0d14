"""Which headers speak of people. Such columns never enter; only their header is ever named. Sees no value."""

from __future__ import annotations

from geodata.ingest.wording import plain, words

# Matched as whole words anywhere in a header: a column dropped too many costs nothing, one too few is a leak.
_PHRASES = (
    "họ tên", "họ và tên", "họ tên đệm", "tên bị hại", "bị hại", "người bị hại", "nạn nhân", "đối tượng", "bị can",
    "bị cáo", "nghi phạm", "nghi can", "người tố giác", "người báo tin", "người trình báo", "người liên quan",
    "nhân thân", "cccd", "cmnd", "cmtnd", "căn cước", "chứng minh nhân dân", "hộ chiếu", "số định danh", "mã định danh",
    "sđt", "đt", "điện thoại", "di động", "số máy", "zalo", "facebook", "email", "thư điện tử", "ngày sinh",
    "năm sinh", "tháng năm sinh", "ngày tháng năm sinh", "biển số", "biển kiểm soát", "bks", "số khung", "số máy xe",
    "hộ khẩu", "thường trú", "tạm trú", "chỗ ở", "số nhà", "tài khoản", "số tài khoản",
    "full name", "first name", "last name", "surname", "given name", "middle name", "victim", "victims", "suspect",
    "suspects", "offender", "offenders", "accused", "complainant", "witness", "informant", "person", "passport",
    "id card", "identity card", "national id", "citizen id", "ssn", "phone", "telephone", "mobile", "tel", "e mail",
    "dob", "date of birth", "birth date", "birthdate", "birthday", "year of birth", "birth", "plate", "plates",
    "licence plate", "license plate", "number plate", "registration plate", "vin", "bank account", "home address",
)  # fmt: skip
_WHOLE = frozenset({"tên", "name", "names", "ten"})
_PADDED = tuple(f" {words(phrase)} " for phrase in _PHRASES)
_PADDED_PLAIN = tuple({f" {plain(words(phrase))} " for phrase in _PHRASES} - {" dt ", " cho o "})


def is_personal(header: str) -> bool:
    """Whether a header names people or something that identifies one (a document, a phone, a birth date, a plate)."""
    written = words(header)
    if written in _WHOLE:
        return True
    padded = f" {written} "
    phrases = _PADDED_PLAIN if written.isascii() else _PADDED
    return any(phrase in padded for phrase in phrases)
