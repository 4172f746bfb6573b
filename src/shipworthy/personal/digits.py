"""Check digits: what tells a card or an account from any other number of its length."""

from __future__ import annotations

from collections.abc import Sequence


def digits_of(text: str) -> tuple[int, ...]:
    """The decimal digits of a text, of any script."""
    return tuple(int(each) for each in text if each.isdecimal())


def weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    """The sum of digits, each times its weight."""
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def passes_luhn(digits: Sequence[int]) -> bool:
    """Whether the last digit checks the others by doubling every second one (ISO/IEC 7812-1, annex B)."""
    doubled = (
        digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits[::-1])
    )
    return sum(doubled) % 10 == 0


def passes_mod_11_10(digits: Sequence[int]) -> bool:
    """Whether the last digit checks the others by ISO 7064 MOD 11,10."""
    product = 10
    for digit in digits[:-1]:
        product = 2 * ((digit + product) % 10 or 10) % 11
    return (11 - product) % 10 == digits[-1]


_TURNED = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
)  # fmt: skip
"""The first two rows of Verhoeff's permutations; each further one applies the second once more."""


def passes_verhoeff(digits: Sequence[int]) -> bool:
    """Whether the last digit checks the others in the dihedral group of ten (Verhoeff 1969)."""
    check = 0
    for place, digit in enumerate(digits[::-1]):
        turned = digit
        for _ in range(place % 8):
            turned = _TURNED[1][turned]
        check = _dihedral(check, turned)
    return check == 0


def _dihedral(first: int, second: int) -> int:
    """The product of two of the ten turns (0-4) and flips (5-9) of a pentagon."""
    turn = first % 5 + (second % 5 if first < 5 else -(second % 5))
    return turn % 5 + (0 if (first < 5) == (second < 5) else 5)
