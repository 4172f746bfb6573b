"""A table with a known number of rows of every fault, and its clean twin."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shipworthy.audit.fault import Fault
from shipworthy.audit.personal import personal_data
from shipworthy.audit.texts.damage import damaged
from shipworthy.audit.texts.near_duplicates import near_duplicates
from shipworthy.audit.values.dates import date_formats
from shipworthy.audit.values.decimals import number_formats
from shipworthy.audit.values.mixed import mixed_types
from shipworthy.audit.values.spellings import inconsistent
from shipworthy.personal.accounts import is_iban
from shipworthy.personal.digits import digits_of, passes_luhn

Kinds = Mapping[tuple[str, str], int]
"""Rows by sort and kind of fault."""

WORDS = [
    "the",
    "order",
    "came",
    "late",
    "and",
    "one",
    "box",
    "was",
    "open",
    "so",
    "we",
    "asked",
    "for",
    "a",
    "new",
    "one",
    "but",
    "nobody",
    "answers",
    "our",
    "mail",
    "since",
    "Monday",
    "please",
    "look",
    "at",
    "café",
    "délai",
    "où",
    "naïve",
    "weiß",
    "groß",
    "façade",
    "niño",
    "señor",
    "déjà",
    "vu",
    "–",
    "it’s",
    "“fine”",
    "25",
    "°C",
    "5",
    "€",
    "total",
    "1,234.56",
    "on",
    "2024-03-05",
    "at",
    "12:30",
    "invoice",
    "20240305",
    "version",
    "1.2.3",
    "page",
    "12",
    "of",
    "40",
    "item",
    "A-1234",
    "weight",
    "3.5",
    "kg",
    "price",
    "$19.99",
    "room",
    "101",
    "about",
    "100",
    "000",
    "people",
    "id",
    "4711",
    "we",
    "like",
    "this",
    "product",
    "very",
    "much",
    "it",
    "works",
    "well",
    "with",
    "our",
    "old",
    "machine",
    "and",
    "the",
    "colour",
    "is",
    "right",
    "thank",
    "you",
    "for",
    "quick",
    "help",
    "next",
    "time",
]
TOWNS = ("London", "Paris", "Málaga", "New York", "Berlin", "Saint-Denis", "Lisbon", "Warsaw")
FIRST_NAMES = ("Anna", "Jürgen", "Maria", "Tom", "Chloé", "Olga")
LAST_NAMES = ("Smith", "Müller", "Jones", "García", "Weber", "Novak")


@dataclass(frozen=True)
class Table:
    """Columns of texts, and the rows of each fault that were planted."""

    body: Sequence[str]
    town: Sequence[str]
    size: Sequence[str]
    day: Sequence[str]
    planted: Kinds


def clean_table(seed: int, rows: int = 500) -> Table:
    """A table without faults; its texts have prices, dates and ids that are no personal data."""
    draw = random.Random(seed)  # noqa: S311 # a simulation
    bodies = [" ".join(draw.choices(WORDS, k=40)) for _ in range(rows)]
    towns = [draw.choice(TOWNS) for _ in range(rows)]
    sizes = [f"{draw.uniform(1, 99):.{draw.randrange(3)}f}" for _ in range(rows)]
    days = [
        f"20{draw.randrange(10, 25)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        for _ in range(rows)
    ]
    return Table(bodies, towns, sizes, days, {})


def dirty_table(seed: int, rows: int = 500) -> Table:
    """The clean table of that seed with every fault planted in 10 to 40 rows; no row of a column has two."""
    clean, draw = clean_table(seed, rows), random.Random(seed + 1)  # noqa: S311 # a simulation
    planted: dict[tuple[str, str], int] = {}

    def with_faults(
        column: Sequence[str], faults: Mapping[tuple[str, str], Callable[[str], str]], most: int
    ) -> list[str]:
        free, changed = draw.sample(range(len(column)), len(column)), list(column)
        for name, change in faults.items():
            planted[name] = draw.randint(10, most)
            for _ in range(planted[name]):
                place = free.pop()
                changed[place] = change(changed[place])
        if ("personal", "email") in faults:
            planted["near_duplicates", ""] = draw.randint(10, most)
            for _ in range(planted["near_duplicates", ""]):
                words = changed[free.pop()].split()
                words[draw.randrange(3)] = "instead"
                changed[free.pop()] = " ".join(words)
        return changed

    body = with_faults(clean.body, _body_faults(draw), 25)
    town = with_faults(
        clean.town, {("inconsistent", "spelling"): str.upper, ("inconsistent", "slip"): _turned}, 12
    )
    size = with_faults(
        clean.size,
        {
            ("mixed_types", "other_type"): lambda _: draw.choice(["large", "very small"]),
            ("mixed_types", "stands_for_nothing"): lambda _: draw.choice(["n/a", "unknown"]),
            ("number_formats", "decimal_comma"): lambda _: f"{draw.uniform(1, 99):.2f}".replace(".", ","),
        },
        40,
    )
    day = with_faults(
        clean.day, {("date_formats", "several"): lambda day: ".".join(day.split("-")[::-1])}, 40
    )
    return Table(body, town, size, day, planted)


def faults_of(table: Table) -> dict[tuple[str, str], int]:
    """What all detectors find, by sort and kind, with the rows."""
    found: list[Fault] = [*personal_data(table.body, "body").faults, *damaged(table.body, "body")]
    found += inconsistent(_counted(table.town), "town")
    for detector in (mixed_types, number_formats, inconsistent):
        found += detector(_counted(table.size), "size")
    for detector in (mixed_types, date_formats):
        found += detector(_counted(table.day), "day")
    repeated = near_duplicates(table.body).repeated.rows
    extra = {("near_duplicates", ""): repeated} if repeated else {}
    return {(fault.sort, fault.kind): fault.share.rows for fault in found} | extra


def _counted(values: Sequence[str]) -> list[tuple[str, int]]:
    return [(value, values.count(value)) for value in dict.fromkeys(values)]


def _body_faults(draw: random.Random) -> dict[tuple[str, str], Callable[[str], str]]:
    """How each fault of a text comes into it."""

    def inside(make: Callable[[], str]) -> Callable[[str], str]:
        def change(text: str) -> str:
            words = text.split()
            words.insert(len(words) // 2, f"so , {make()} ,")
            return " ".join(words)

        return change

    def digits(count: int) -> str:
        return "".join(draw.choice("123456789") for _ in range(count))

    def name() -> str:
        return f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}"

    personal = {
        "email": lambda: f"{draw.choice(FIRST_NAMES).lower()}.{digits(2)}@example.{draw.choice(['org', 'co.uk', 'de'])}",
        "phone": lambda: draw.choice([f"+49 30 {digits(7)}", f"(212) 5{digits(2)}-{digits(4)}", f"tel. {digits(9)}", f"0171-{digits(7)}"]),
        "card": lambda: _until(passes_luhn, lambda: digits_of("4" + digits(15))),
        "iban": lambda: _iban(digits(18)),
        "us_ssn": lambda: f"1{digits(2)}-{digits(2)}-{digits(4)}",
        "ip_address": lambda: f"192.168.{draw.randrange(256)}.{draw.randrange(256)}",
        "name": lambda: draw.choice([f"my name is {name()}", f"Mrs {name()}", f"ask Dr. {name()}"]),
        "address": lambda: draw.choice([f"{digits(2)} Mill Road", f"Lindenstraße {digits(2)}", f"{digits(1)}, rue de la Paix"]),
        "birth_date": lambda: draw.choice([f"born on {digits(1)} May 19{digits(2)}", f"geboren am 0{digits(1)}.03.1975"]),
    }  # fmt: skip
    damage = {
        "mojibake": lambda text: text + " café’s naïve".encode().decode("latin-1"),
        "nul": lambda text: text.replace(" ", "\0", 1),
        "lost_letters": lambda text: text + " caf\ufffd",
        "double_entities": lambda text: text + " R&amp;amp;D",
        "control": lambda text: text + " \x1b[0m",
    }
    return {("personal", kind): inside(make) for kind, make in personal.items()} | {
        ("damaged", kind): change for kind, change in damage.items()
    }


def _until(right: Callable[[tuple[int, ...]], bool], make: Callable[[], tuple[int, ...]]) -> str:
    while True:
        made = make()
        if right(made):
            return "".join(map(str, made))


def _iban(account: str) -> str:
    """A German account with its check digits."""
    return next(iban for check in range(2, 99) if is_iban(iban := f"DE{check:02}{account}"))


def _turned(town: str) -> str:
    """A slip: two letters in the middle change places."""
    return town[:2] + town[3] + town[2] + town[4:]
