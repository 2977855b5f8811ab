"""Units of figures: currencies by their ISO 4217 codes, shares, nouns, and spans of time."""

import re

from digest.diagnostics import nearest

CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)
"""Codes in use (ISO 4217, list one)."""

SPANS = ("hour", "day", "week", "month", "year")
"""What a rate may be per."""

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_USUAL = ("USD", "EUR", "GBP", "KES", "INR", "CAD", "AUD", "JPY", "CNY", "CHF")
_RATE = re.compile(r"([A-Za-z]+)(?:\s+(?:an?|per)\s+\w+|/\w+)?")
_FIRST = re.compile(r"([A-Z]{3})(?![^\W_])")
_CODE = re.compile(r"([A-Z]{3})(?:\s+(?:an?|per)\s+(\w+)|/(\w+))?")


def is_money(unit: str) -> bool:
    """Return whether a unit is a currency, also one per span of time."""
    match = _FIRST.match(unit)
    return match is not None and match[1] in CURRENCIES


def unit_fault(unit: str) -> tuple[str, str]:
    """Return what is wrong with the unit of a figure and what to do, or two empty strings.

    Good are `%`, nouns such as `workers`, and currencies such as `USD` or `USD an hour`.
    """
    if unit[:1] in _SYMBOLS:
        return f"must be a currency code, got '{unit}'", f"write {_SYMBOLS[unit[0]]}{unit[1:]}"
    match = _CODE.fullmatch(unit)
    span = match and (match[2] or match[3])
    if match and match[1] not in CURRENCIES:
        return f"'{match[1]}' is no currency of ISO 4217", "write a code such as USD, EUR or GBP"
    alone = _RATE.fullmatch(unit)
    word = alone[1] if alone else ""
    code = nearest(word.upper(), _USUAL) if word and word not in CURRENCIES else ""
    if code and (word.isupper() or word.upper() == code):
        return f"has an unknown currency '{word}'", f"did you mean '{code}'?"
    close = nearest(span, SPANS) if span and span not in SPANS else ""
    if close:
        return f"has an unknown span of time '{span}'", f"did you mean '{close}'?"
    if unit and unit != "%" and not any(char.isalpha() for char in unit):
        return f"must be a word, '%' or a currency, got '{unit}'", "write what is counted"
    return "", ""
