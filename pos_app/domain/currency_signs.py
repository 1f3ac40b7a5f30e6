"""How currencies are signed beside an amount: "€", "kr", "Fr.", "USD"; for reading what people type and paste."""

from __future__ import annotations

import unicodedata
from typing import Final

from pos_app.domain.currencies import CURRENCIES

_SIGNS: Final = {
    "AED": "د.إ Dhs Dh", "AFN": "؋", "ALL": "Lekë L", "AMD": "֏", "AOA": "Kz", "ARS": "$ AR$", "AUD": "$ A$ AU$",
    "AWG": "Afl", "AZN": "₼", "BAM": "КМ KM", "BBD": "$ Bds$", "BDT": "৳", "BHD": "د.ب BD", "BIF": "FBu", "BMD": "$",
    "BND": "$ B$", "BOB": "Bs", "BRL": "R$", "BSD": "$", "BTN": "Nu", "BWP": "P", "BYN": "Br", "BZD": "$",
    "CAD": "$ C$ CA$ $CA", "CDF": "FC", "CHF": "Fr SFr", "CLP": "$ CLP$", "CNY": "¥ 元 CN¥", "COP": "$ COL$",
    "CRC": "₡", "CUP": "$", "CVE": "$", "CZK": "Kč", "DJF": "Fdj", "DKK": "kr Dkr", "DOP": "$ RD$", "DZD": "DA د.ج",
    "EGP": "£ E£ LE ج.م", "ERN": "Nfk", "ETB": "ብር Br", "EUR": "€", "FJD": "$", "FKP": "£", "GBP": "£ UK£", "GEL": "₾",
    "GHS": "₵ GH₵", "GIP": "£", "GMD": "D", "GNF": "FG", "GTQ": "Q", "GYD": "$", "HKD": "$ HK$", "HNL": "L",
    "HTG": "G", "HUF": "Ft", "IDR": "Rp", "ILS": "₪ NIS", "INR": "₹ Rs ₨", "IQD": "د.ع ID", "IRR": "ریال ﷼ ر.إ",
    "ISK": "kr Ikr", "JMD": "$ J$", "JOD": "د.أ JD", "JPY": "¥ 円 JP¥", "KES": "Ksh", "KGS": "сом", "KHR": "៛",
    "KMF": "CF", "KPW": "₩", "KRW": "₩ 원", "KWD": "د.ك KD", "KYD": "$", "KZT": "₸", "LAK": "₭", "LBP": "£ LL ل.ل",
    "LKR": "Rs ₨ රු", "LRD": "$", "LSL": "M L", "LYD": "د.ل LD", "MAD": "د.م DH", "MDL": "L lei", "MGA": "Ar",
    "MKD": "ден den", "MMK": "K", "MNT": "₮", "MOP": "MOP$", "MRU": "UM أ.م", "MUR": "Rs ₨", "MVR": "Rf ރ",
    "MWK": "MK", "MXN": "$ MX$", "MYR": "RM", "MZN": "MTn MT", "NAD": "$ N$", "NGN": "₦", "NIO": "C$", "NOK": "kr Nkr",
    "NPR": "नेरू Rs ₨", "NZD": "$ NZ$", "OMR": "ر.ع ﷼ RO", "PAB": "B/", "PEN": "S/", "PGK": "K", "PHP": "₱",
    "PKR": "Rs ₨ ر", "PLN": "zł", "PYG": "Gs ₲", "QAR": "ر.ق ﷼ QR", "RON": "lei L", "RSD": "дин din",
    "RUB": "₽ руб р", "RWF": "RF FRw", "SAR": "ر.س ﷼ SR", "SBD": "$", "SCR": "SR ₨", "SDG": "ج.س £", "SEK": "kr Skr",
    "SGD": "$ S$", "SHP": "£", "SLE": "Le", "SOS": "S", "SRD": "$", "SSP": "£", "STN": "Db", "SVC": "₡",
    "SYP": "£ LS ل.س", "SZL": "E", "THB": "฿", "TND": "د.ت DT", "TOP": "T$", "TRY": "₺ TL", "TTD": "$ TT$",
    "TWD": "$ NT$ 元", "TZS": "TSh", "UAH": "₴ грн", "UGX": "USh", "USD": "$ US$ $US", "UYU": "$ UY$",
    "UZS": "сўм soʻm soʼm", "VES": "Bs.S Bs", "VND": "₫ đ", "VUV": "VT", "WST": "$ WS$", "XAF": "FCFA", "XCD": "$ EC$",
    "XCG": "Cg", "XOF": "FCFA CFA F", "XPF": "CFPF FCFP F", "YER": "ر.ي ﷼", "ZAR": "R", "ZMW": "K",
}  # fmt: skip
"""What stands beside amounts in the countries of the currency (CLDR, and daily use), without the points behind."""


def is_sign_of(sign: str, currency: str) -> bool:
    """Tell whether a sign as it was typed is one of the currency: its code, or what its people write ("$", "$AU")."""
    bare, code = _bare(sign), _bare(currency)
    known = {code, *map(_bare, _SIGNS.get(currency, "").split())}
    mark = "".join(letter for letter in bare if unicodedata.category(letter) == "Sc")
    marks = {"".join(letter for letter in one if unicodedata.category(letter) == "Sc") for one in known} - {""}
    of_country = mark in marks and bare in {mark + code[:2], code[:2] + mark}
    return bare in known or of_country


def is_sign(sign: str) -> bool:
    """Tell whether a sign is that of any currency, this one or another."""
    if any(unicodedata.category(letter) == "Sc" for letter in sign):
        return True
    return any(is_sign_of(sign, currency) for currency in CURRENCIES)


def _bare(sign: str) -> str:
    """Return a sign without case, points, apostrophes, spaces and what cannot be seen."""
    kept = (letter for letter in sign.casefold() if letter not in ".'" and not letter.isspace())
    return "".join(letter for letter in kept if unicodedata.category(letter) not in {"Cf", "Lm"})
