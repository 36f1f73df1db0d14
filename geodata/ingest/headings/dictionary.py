"""Which words in a header mean which field, in Vietnamese and English. Knows words only, no file and no value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geodata.ingest.wording import plain, words

# Field -> headers, compared whole and normalised: «location_category» is not a category. The first is the field's own.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "id": (
        "số hồ sơ", "số hs", "mã hồ sơ", "mã hs", "mã vụ", "mã vụ việc", "mã vụ án", "số vụ", "số vụ việc", "số vụ án",
        "hồ sơ số", "số hồ sơ vụ án", "số hồ sơ vụ việc", "mã số vụ việc", "mã số hồ sơ", "id", "incident id",
        "case id",
        "case number", "case no", "case num", "caseno", "record id", "incident number", "incident no", "incident num",
        "crime id", "offence id", "offense id", "report number", "report no", "event id", "event unique id",
        "event number", "complaint number", "cmplnt num", "dr no", "ccn", "dc key", "objectid", "row id", "unique id",
        "unique key", "case",
    ),
    "occurred": (
        "xảy ra từ", "xảy ra", "thời gian xảy ra", "thời gian xảy ra từ", "ngày xảy ra", "ngày giờ xảy ra",
        "xảy ra từ ngày giờ", "xảy ra từ ngày", "xảy ra ngày", "xảy ra lúc", "ngày", "thời gian", "ngày giờ",
        "giờ ngày", "thời điểm", "thời điểm xảy ra", "thời điểm xảy ra từ", "từ ngày", "từ ngày giờ", "từ",
        "ngày xảy ra vụ việc", "ngày xảy ra vụ án", "ngày giờ xảy ra vụ việc", "thời gian xảy ra vụ việc",
        "thời gian xảy ra vụ án", "thời điểm xảy ra vụ việc", "thời gian gây án", "ngày gây án", "ngày phạm tội",
        "thời gian phạm tội", "ngày tháng năm xảy ra", "ngày tháng năm", "ngày tháng", "ngày bắt đầu",
        "thời gian bắt đầu", "ngày vụ việc", "ngày sự việc", "giờ ngày xảy ra",
        "occurred", "occurred at", "occurred on", "occurred from", "occurred on date", "occurred date",
        "date occurred", "date occ", "occ date", "occurrence", "occurrence date", "occurrence date time",
        "first occurrence date", "date of occurrence", "date of offence", "date of offense", "date of incident",
        "date of crime", "date", "datetime", "date time", "incident date", "incident datetime", "incident date time",
        "incident timestamp", "incident occurred at", "crime date", "crime date time", "offence date", "offense date",
        "offense start datetime", "offense start date", "offence start date", "event date", "eventdt", "timestamp",
        "date from", "from date", "start date", "start datetime", "started at", "cmplnt fr dt",
        "dispatch date time", "date start",
    ),
    "occurred_to": (
        "xảy ra đến", "thời gian xảy ra đến", "xảy ra đến ngày giờ", "xảy ra đến ngày", "đến ngày", "đến ngày giờ",
        "đến", "thời điểm xảy ra đến", "ngày kết thúc", "thời gian kết thúc", "occurred to", "occurred until",
        "occurred through", "last occurrence date", "date to", "to date", "end date", "end datetime",
        "offense end datetime", "offense end date", "offence end date", "cmplnt to dt", "date end",
    ),
    "received": (
        "ngày tiếp nhận", "tiếp nhận", "thời gian tiếp nhận", "thời điểm tiếp nhận", "ngày giờ tiếp nhận",
        "ngày nhận tin", "ngày nhận", "ngày thụ lý", "ngày trình báo", "ngày tố giác", "ngày phát hiện", "ngày báo",
        "ngày tiếp nhận tin", "ngày tiếp nhận tin báo", "received", "date received", "received at", "received on",
        "received date", "date reported", "reported date", "reported on", "reported at", "reported", "report date",
        "report datetime", "report date time", "date rptd", "rpt dt", "report dat", "reported datetime",
        "date of report",
    ),
    "hour": (
        "giờ", "giờ xảy ra", "giờ gây án", "hour", "time", "hour occurred", "time occurred", "occurred time",
        "occurred hour", "occ hour", "incident time", "incident hour", "crime time", "time occ", "time of day",
        "offence time", "offense time", "occurrence time", "hour of day", "eventtm", "cmplnt fr tm",
    ),
    "category": (
        "tội danh", "tên tội danh", "loại tội", "loại tội phạm", "loại vụ việc", "loại vụ", "loại án", "nhóm tội",
        "nhóm tội danh", "nhóm tội phạm", "hành vi", "hành vi phạm tội", "hành vi vi phạm", "loại hình tội phạm",
        "loại hình", "phân loại", "phân loại tội phạm", "tội", "tội phạm", "chuyên đề", "lĩnh vực", "nhóm", "ccl",
        "category", "offence", "offense", "crime", "crime type", "crime category", "crime class", "crime name",
        "crime description", "crm cd desc", "offence type", "offense type", "offence category", "offense category",
        "offense category id", "offence description", "offense description", "ofns desc", "offence group",
        "offense code group", "offense group", "primary type", "primary category", "primary offence",
        "primary offense", "incident category", "incident type", "event type", "type of crime", "type of offence",
        "type of offense", "mci category", "text general code", "offence name", "offense name", "category name",
        "type",
    ),
    "article": (
        "điều khoản", "điều luật", "điều", "điều khoản blhs", "điều khoản bộ luật hình sự", "điều blhs",
        "điều luật áp dụng", "điều khoản áp dụng", "tội danh điều", "theo điều", "article", "law article",
        "penal code article", "article of law", "penal code",
    ),
    "source": (
        "nguồn tin", "nguồn", "nguồn tin báo", "nguồn tin về tội phạm", "nguồn phát hiện", "hình thức phát hiện",
        "nguồn tiếp nhận", "hình thức tiếp nhận", "phát hiện qua", "source", "how known", "origin",
        "source of information", "how reported", "report type",
    ),
    "commune": (
        "xã phường", "phường xã", "xã phường thị trấn", "xã phường tt", "phường xã thị trấn", "xã thị trấn", "xã",
        "phường", "tên xã", "tên phường", "tên xã phường", "cấp xã", "địa bàn", "địa bàn xảy ra", "địa bàn xã",
        "địa bàn cấp xã", "đơn vị cấp xã", "đơn vị hành chính", "đvhc", "đvhc cấp xã", "tên đvhc",
        "tên đơn vị hành chính", "xã phường xảy ra", "nơi xảy ra xã phường", "xã xảy ra", "xã phường đặc khu",
        "commune", "ward", "commune ward", "ward commune", "commune name", "ward name", "area name",
        "municipality",
    ),
    "commune_code": (
        "mã xã", "mã phường", "mã xã phường", "mã phường xã", "mã đvhc", "mã đvhc xã", "mã đvhc cấp xã",
        "mã đơn vị hành chính", "mã địa bàn", "mã số xã", "mã px", "maxa", "commune code", "ward code", "area code",
        "commune id", "ward id",
    ),
    "district": (
        "huyện", "huyện cũ", "quận", "quận huyện", "huyện quận", "huyện thị xã", "huyện thị xã thành phố",
        "quận huyện thị xã", "huyện tx tp", "huyện thành phố", "cấp huyện", "tên huyện", "tên quận huyện",
        "địa bàn huyện", "địa bàn cấp huyện", "đơn vị cấp huyện", "district", "district name", "county",
    ),
    "district_code": ("mã huyện", "mã quận huyện", "mã đvhc huyện", "mã đvhc cấp huyện", "mahuyen", "district code",
                      "district id"),
    "x": ("x", "tọa độ x", "td x", "x coordinate", "x coord", "x coord cd", "coord x", "point x", "xcoord",
          "xcoordinate", "geo x", "pos x", "xblock"),
    "y": ("y", "tọa độ y", "td y", "y coordinate", "y coord", "y coord cd", "coord y", "point y", "ycoord",
          "ycoordinate", "geo y", "pos y", "yblock"),
    "easting": ("easting", "e", "eastings", "hướng đông", "utm e", "utm x", "utm easting"),
    "northing": ("northing", "n", "northings", "hướng bắc", "utm n", "utm y", "utm northing"),
    "lon": ("kinh độ", "tọa độ kinh độ", "kinh độ x", "kd", "kinh độ xảy ra", "lon", "lng", "long", "longitude",
            "longitude x", "geo lon", "geo long", "geo lng", "geo longitude", "gps lon", "gps long", "gps longitude",
            "gps lng", "long wgs84", "lon wgs84", "lon dd", "decimal longitude", "longitud"),
    "lat": ("vĩ độ", "tọa độ vĩ độ", "vĩ độ y", "vd", "vĩ độ xảy ra", "lat", "latitude", "latitude y", "geo lat",
            "geo latitude", "gps lat", "gps latitude", "lat wgs84", "lat dd", "decimal latitude", "latitud"),
    "position": (
        "tọa độ", "tọa độ gps", "gps", "vị trí", "vị trí gps", "định vị", "vĩ độ kinh độ", "kinh độ vĩ độ",
        "coordinates", "coordinate", "latlon", "lat lon", "latlng", "lat lng", "lat long", "latitude longitude",
        "lonlat", "lon lat",
        "location", "geo point", "geo point 2d", "geopoint", "geolocation", "georeference", "point", "wkt", "the geom",
    ),
    "precision": (
        "độ chính xác", "mức chính xác", "mức độ chính xác", "độ chính xác tọa độ", "precision", "accuracy",
        "location precision", "location accuracy", "geocode precision",
    ),
    "crs": ("hệ tọa độ", "hệ quy chiếu", "crs", "epsg", "srid", "coordinate system", "coordinate reference system"),
    "origin": ("mã dòng gốc", "mã dòng gốc không sửa", "origin row key", "origin row key do not edit"),
}  # fmt: skip
COORDINATES: Final = ("lon", "lat", "easting", "northing", "x", "y", "position")
# A date in pieces, one column each. «month» alone is a date: ("2024-03", as the police of some countries publish it).
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "year": ("năm", "năm xảy ra", "year", "occ year", "occurred year", "incident year", "crime year"),
    "month": ("tháng", "tháng xảy ra", "month", "occ month", "occurred month", "incident month", "crime month"),
    "day": ("ngày trong tháng", "day", "occ day", "occurred day", "day of month"),
    "minute": ("phút", "minute", "occurred minute", "occ minute"),
}
# Headers of such sheets that carry nothing the incident table keeps. Known, so that a header row is recognised.
NOT_KEPT: Final = (
    "stt", "tt", "số thứ tự", "no", "ấp khu phố", "ấp", "khu phố", "đơn vị thụ lý", "kết quả", "ghi chú", "địa điểm",
    "địa điểm xảy ra", "nơi xảy ra", "địa chỉ", "nội dung", "nội dung vụ việc", "tóm tắt", "tóm tắt nội dung",
    "diễn biến", "trạng thái", "thiệt hại", "thứ", "tỉnh", "thành phố", "tỉnh thành phố", "hamlet", "unit", "outcome",
    "note", "notes", "remarks", "description", "address", "block", "location description", "street",
    "weapon", "arrest", "domestic", "beat", "precinct", "sector", "status", "last outcome category", "day of week",
    "weekday", "updated on", "neighborhood", "neighbourhood", "city", "province", "state", "country",
    # what the workbook of rows to be mended says beside each row
    "tệp gốc", "trang gốc", "dòng gốc", "cột có lỗi", "lý do", "origin file", "origin sheet", "origin row",
    "column at fault", "reason",
)  # fmt: skip


def _dictionary(spelled: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, headers in spelled.items():
        known.update({words(header): name for header in headers})
    for name, headers in spelled.items():
        for header in headers:
            known.setdefault(plain(words(header)), name)
    return known


KNOWN: Final = _dictionary({**FIELDS, "": NOT_KEPT})  # normalised header -> field, "" for what is known and not kept
KNOWN_PARTS: Final = _dictionary(PARTS)


def heading(name: str) -> str:
    """The header under which a field is written for people: the dictionary's first."""
    first = FIELDS[name][0]
    return first[0].upper() + first[1:]
