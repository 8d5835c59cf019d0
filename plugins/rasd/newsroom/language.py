"""In which language, digits and calendar names a reader is spoken to: the catalogue (`words.csv`) and CLDR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from rasd.references import rows
from rasd.sayings import in_arabic

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("ar", "en")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Arabic does not abbreviate its months.
_DAY = {"ar": "d MMMM y", "en": "d MMM y"}
# The order in which a catalogue entry gives the plural forms of a count (CLDR's names), separated by |.
_PLURALS = {"ar": ("zero", "one", "two", "few", "many", "other"), "en": ("one", "other")}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return what `words.csv` says: by language, by key."""
    found: dict[str, dict[str, str]] = {code: {} for code in LANGUAGES}
    for row in rows(Path(__file__).parent / "words.csv"):
        for code in LANGUAGES:
            found[code][row["key"]] = row[code]
    return found


def choose(chosen: str | None, accepted: str) -> Language:
    """Return the language chosen by hand, else the first that the browser accepts (RFC 9110, 12.5.4), else English.

    The region that the browser names decides the digits and the names of the months: يوليو in Cairo, تموز in Beirut.
    """
    wanted = list(_accepted(accepted))
    for tag in wanted:
        code = tag.partition("-")[0].lower()
        if code in LANGUAGES and chosen in (None, code):
            return Language(code, _locale(tag) or Locale(code))
    code = chosen if chosen in LANGUAGES else "en"
    return Language(code, Locale(code))


def _accepted(header: str) -> Iterator[str]:
    tags = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if tag and weight > 0:
            tags.append((-weight, place, tag))
    return (tag for _, _, tag in sorted(tags))


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


@dataclass(frozen=True)
class Language:
    """One language in one region; called with a key of the catalogue it returns the words."""

    code: str
    locale: Locale

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return "rtl" if self.code == "ar" else "ltr"

    @cached_property
    def tag(self) -> str:
        """The BCP 47 tag, with the digits that go with it (RFC 6067)."""
        return str(self.locale).replace("_", "-") + f"-u-nu-{'arab' if self._has_own_digits else 'latn'}"

    @cached_property
    def _has_own_digits(self) -> bool:
        return self.locale.default_numbering_system == "arab"

    def __call__(self, key: str, /, **values: object) -> Markup:
        """Return the words for `key`; values are escaped, numbers written as the reader writes them."""
        # The catalogue is ours: it may hold markup. What is put into it may not.
        words = Markup(catalogue()[self.code][key])
        return words.format(**{k: self.number(v) if isinstance(v, int) else v for k, v in values.items()})

    def count(self, key: str, n: int, /, **values: object) -> Markup:
        """Return the words for `key` in the plural form that `n` takes."""
        forms = dict(zip(_PLURALS[self.code], catalogue()[self.code][key].split("|"), strict=True))
        form = forms.get(self.locale.plural_form(n), forms["other"])
        return Markup(form).format(n=self.number(n), **values)

    def named(self, kind: str, word: str) -> Markup | str:
        """Return what a word of the warehouse is called (`rule` or `reason`), or the word where it has no name yet."""
        key = f"{kind}_{word.replace(' ', '_')}"
        return self(key) if key in catalogue()[self.code] else word

    def said(self, text: str | None) -> str:
        """Return what Rasd says of a page, a watch or itself, in this language where it has been put into it."""
        return in_arabic(text) if text and self.code == "ar" else text or ""

    def number(self, value: float) -> str:
        """Write a number, grouped."""
        return self._digits(format_decimal(value, locale=self.locale, numbering_system="default"))

    def share(self, value: float) -> str:
        """Write a share between 0 and 1 as a percentage."""
        return self._digits(format_percent(value, locale=self.locale, numbering_system="default"))

    def day(self, value: date | None) -> str:
        """Write a day, its month by name: 05/04 is read in two ways."""
        return "" if value is None else self._digits(format_date(value, _DAY[self.code], locale=self.locale))

    def day_of(self, iso: str) -> str:
        """Write a day given as 2026-05-01."""
        return self.day(date.fromisoformat(iso))

    def weekday(self, value: date) -> str:
        """Write a day with its weekday."""
        pattern = {"ar": "EEEE، d MMMM y", "en": "EEEE, d MMMM y"}[self.code]
        return self._digits(format_date(value, pattern, locale=self.locale))

    def about(self, value: float) -> str:
        """Write a number that was worked out: with a decimal only where it is small."""
        return self.number(round(value) if value >= 10 else round(value, 1))

    def country(self, code: str) -> str:
        """Write the name of a country, given its ISO 3166-1 code."""
        return str(self.locale.territories.get(code, code))

    def moment(self, value: datetime | None) -> str:
        """Write a point in time, in UTC as the warehouse keeps it."""
        if value is None:
            return ""
        pattern = _DAY[self.code] + {"ar": "، HH:mm", "en": ", HH:mm"}[self.code]
        return self._digits(format_datetime(value.astimezone(UTC), pattern, locale=self.locale))

    def since(self, value: datetime) -> str:
        """Write how long ago something was."""
        return self._digits(format_timedelta(value - datetime.now(UTC), add_direction=True, locale=self.locale))

    def seconds(self, value: float | None) -> str:
        """Write a duration."""
        if value is None:
            return ""
        n = round(value)
        return self._digits(f"{n // 3600}:{n % 3600 // 60:02}:{n % 60:02}" if n >= 3600 else f"{n // 60}:{n % 60:02}")

    def _digits(self, text: str) -> str:
        return text.translate(_ARABIC_DIGITS) if self._has_own_digits else text
