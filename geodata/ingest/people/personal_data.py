"""Which headers speak of people. Such columns never enter; only their header is ever named. Sees no value."""

from __future__ import annotations

from geodata.ingest.wording import plain, words

# Matched as whole words anywhere in a header: a column dropped too many costs nothing, one too few is a leak.
_PHRASES = (
    # who
    "họ tên", "họ và", "họ tên đệm", "họ đệm", "tên đệm", "tên gọi", "tên khác", "bí danh", "biệt danh", "bị hại",
    "người bị hại", "nạn nhân", "đối tượng", "bị can", "bị cáo", "nghi phạm", "nghi can", "hung thủ", "thủ phạm",
    "người tố giác", "người báo tin", "người báo", "người trình báo", "người liên quan", "người phạm tội",
    "người vi phạm", "người làm chứng", "nhân chứng", "người đại diện", "người giám hộ", "đương sự", "bị đơn",
    "nguyên đơn", "chủ hộ", "tên chủ", "chủ xe", "chủ sở hữu", "chủ phương tiện", "lái xe", "tên bố", "tên cha",
    "tên mẹ", "tên vợ", "tên chồng", "tên con", "cha mẹ", "bố mẹ", "thân nhân", "nhân thân", "người thân", "cán bộ",
    "điều tra viên", "kiểm sát viên", "trinh sát", "đồng chí", "người nhập",
    "full name", "fullname", "first name", "last name", "surname", "given name", "family name", "middle name",
    "nickname", "alias", "victim", "victims", "vict", "suspect", "suspects", "offender", "offenders", "perpetrator",
    "defendant", "arrestee", "accused", "complainant", "witness", "informant", "caller", "person", "persons", "officer",
    "investigator", "detective", "owner", "driver", "father", "mother", "spouse", "guardian", "contact", "username",
    # documents and accounts
    "cccd", "cmnd", "cmtnd", "cmt", "căn cước", "chứng minh nhân dân", "chứng minh thư", "hộ chiếu", "số định danh",
    "mã định danh", "định danh cá nhân", "mst", "mã số thuế", "bhxh", "bhyt", "bảo hiểm xã hội", "bảo hiểm y tế",
    "gplx", "giấy phép lái xe", "bằng lái", "tài khoản", "số tài khoản", "stk", "số tk", "số thẻ", "passport",
    "id card", "identity card", "national id", "citizen id", "ssn", "tax id", "tin number", "driver license",
    "driving licence", "bank account", "account number", "account no", "iban", "card number",
    # ways to reach someone
    "sđt", "đt", "điện thoại", "di động", "số máy", "số thuê bao", "thuê bao", "số sim", "imei", "zalo", "facebook",
    "telegram", "email", "thư điện tử", "liên hệ", "phone", "telephone", "mobile", "cell phone", "tel", "e mail",
    # birth and what else is said of a person
    "ngày sinh", "năm sinh", "tháng năm sinh", "ngày tháng năm sinh", "nơi sinh", "tuổi", "giới tính", "dân tộc",
    "tôn giáo", "quốc tịch", "nghề nghiệp", "tiền án", "tiền sự", "dob", "date of birth", "birth date", "birthdate",
    "birthday", "year of birth", "birth", "place of birth", "age", "gender", "ethnicity", "nationality", "occupation",
    # vehicles
    "biển số", "biển xe", "biển kiểm soát", "bks", "bsx", "số xe", "số khung", "số máy xe", "plate", "plates",
    "licence plate", "license plate", "number plate", "registration plate", "vin",
    # where someone lives
    "hộ khẩu", "thường trú", "tạm trú", "chỗ ở", "nơi ở", "nơi cư trú", "cư trú", "số nhà", "quê quán", "nguyên quán",
    "hộ gia đình", "home address", "residence",
)  # fmt: skip
_WHOLE = frozenset(
    ("tên", "ten", "name", "names", "họ", "bố", "mẹ", "cha", "vợ", "chồng", "đ c", "bị hại là", "người", "sex", "race")
)
_PADDED = tuple(f" {words(phrase)} " for phrase in _PHRASES)
# Without diacritics some phrases are ordinary words.
_PADDED_PLAIN = tuple({f" {plain(words(phrase))} " for phrase in _PHRASES} - {" dt ", " cho o ", " ten con "})


def is_personal(header: str) -> bool:
    """Whether a header names people or something that identifies one (a document, a phone, a birth date, a plate)."""
    written = words(header)
    if written in _WHOLE:
        return True
    padded = f" {written} "
    phrases = _PADDED_PLAIN if written.isascii() else _PADDED
    return any(phrase in padded for phrase in phrases)
