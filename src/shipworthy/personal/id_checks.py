"""Whether a national id passes the rules that its state publishes. Each function takes it as written, spaces and all."""

from __future__ import annotations

import re
from collections import Counter

from shipworthy.personal.digits import (
    digits_of,
    passes_luhn,
    passes_mod_11_10,
    passes_verhoeff,
    weighted,
)

_SIGNS = re.compile(r"[\W_]+")


def signs_of(text: str) -> str:
    """Letters and digits only, in capitals."""
    return _SIGNS.sub("", text).upper()


def is_us_ssn(text: str) -> bool:
    """Area not 000, 666 or from 900; group not 00; serial not 0000 (Social Security Administration, 2011)."""
    digits = signs_of(text)
    return (
        digits[:3] not in ("000", "666") and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"
    )


def is_uk_nino(text: str) -> bool:
    """Prefixes that HMRC's manual NIM39110 excludes are none."""
    return signs_of(text)[:2] not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")


def is_es_dni(text: str) -> bool:
    """The letter is the number's remainder by 23; X, Y and Z of foreigners stand for 0, 1 and 2."""
    signs = signs_of(text)
    number = signs[:-1].translate(str.maketrans("XYZ", "012"))
    return signs[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def is_fr_nir(text: str) -> bool:
    """The key is 97 less the remainder by 97; 2A and 2B of Corsica stand for 19 and 18 (INSEE)."""
    signs = signs_of(text).replace("2A", "19").replace("2B", "18")
    return signs.isdecimal() and 97 - int(signs[:13]) % 97 == int(signs[13:])


def is_de_steuer_id(text: str) -> bool:
    """Of ten digits one comes twice or three times, the others at most once; ISO 7064 MOD 11,10 (Bundeszentralamt für Steuern)."""
    digits = digits_of(text)
    often = [count for count in Counter(digits[:10]).values() if count > 1]
    return digits[0] != 0 and often in ([2], [3]) and passes_mod_11_10(digits)


def is_nl_bsn(text: str) -> bool:
    """The weights 9 to 2 and -1 give a multiple of 11."""
    digits = digits_of(text)
    return any(digits) and weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def is_be_number(text: str) -> bool:
    """97 less the remainder by 97 of the first nine digits, with a 2 ahead for those born from 2000 on."""
    signs = signs_of(text)
    return any(97 - int(century + signs[:9]) % 97 == int(signs[9:]) for century in ("", "2"))


def is_pl_pesel(text: str) -> bool:
    """The weights 1, 3, 7, 9 and so on give a multiple of ten, and the first six digits are a date."""
    digits = digits_of(text)
    month = 10 * (digits[2] % 2) + digits[3]
    born = 1 <= month <= 12 and 1 <= 10 * digits[4] + digits[5] <= 31
    return born and weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def is_se_number(text: str) -> bool:
    """Luhn over the last ten digits (Skatteverket)."""
    return passes_luhn(digits_of(text)[-10:])


def is_fi_hetu(text: str) -> bool:
    """The sign is the remainder by 31 of the nine digits."""
    signs = signs_of(text)
    number = "".join(map(str, digits_of(text[:10])))
    return signs[-1] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(number[:9]) % 31]


def is_pt_nif(text: str) -> bool:
    """The weights 9 to 2, modulo 11, where 10 and 11 become 0."""
    digits = digits_of(text)
    check = 11 - weighted(digits[:8], (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if check > 9 else check) == digits[8]


def is_br_cpf(text: str) -> bool:
    """Two check digits modulo 11, and not one digit eleven times (Receita Federal)."""
    digits = digits_of(text)
    checks = (
        10 * weighted(digits[:count], range(count + 1, 1, -1)) % 11 % 10 == digits[count] for count in (9, 10)
    )
    return len(set(digits)) > 1 and all(checks)


def is_in_aadhaar(text: str) -> bool:
    """Verhoeff's check digit (UIDAI)."""
    return passes_verhoeff(digits_of(text))


def is_cn_resident_id(text: str) -> bool:
    """ISO 7064 MOD 11-2 (GB 11643-1999)."""
    signs = signs_of(text)
    total = sum(int(each) * 2 ** (17 - place) for place, each in enumerate(signs[:17]))
    return signs[17] == "10X98765432"[total % 11]


def is_ca_sin(text: str) -> bool:
    """Luhn, and no first digit 0 or 8."""
    digits = digits_of(text)
    return digits[0] not in (0, 8) and passes_luhn(digits)


def is_ch_ahv(text: str) -> bool:
    """The check digit of EAN-13."""
    return weighted(digits_of(text), (1, 3) * 6 + (1,)) % 10 == 0


_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21) * 2 + (2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True)
)  # fmt: skip
"""What signs in odd places of an Italian tax code are worth (Decreto ministeriale 23 December 1976)."""


def is_it_codice_fiscale(text: str) -> bool:
    """The last letter is the remainder by 26 of what the others are worth."""
    signs = signs_of(text)
    even = sum(int(each) if each.isdigit() else ord(each) - 65 for each in signs[1:15:2])
    return chr(65 + (even + sum(_ODD[each] for each in signs[:15:2])) % 26) == signs[15]
