"""Which addresses may be asked: those of the three sources, and what a municipality adds."""

import os
from collections.abc import Mapping
from ipaddress import ip_address

import httpx2 as httpx

from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import FetchSource

# Setting and address of each source; a file at an address has neither.
_BASES: Mapping[FetchSource, tuple[str, str]] = {
    "statbank": ("KPI_STATBANK_URL", "https://api.statbank.dk/v1"),
    "jobindsats": ("KPI_JOBINDSATS_URL", "https://api.jobindsats.dk/v3"),
    "uddannelsesstatistik": (
        "KPI_UDDANNELSESSTATISTIK_URL", "https://api.uddannelsesstatistik.dk/Api/v1",
    ),
    "url": ("", ""),
}  # fmt: skip
_DENIED = "Adressen må ikke spørges"


def base_address(source: FetchSource) -> str:
    """Where a source is asked: its own address, or a municipality's gateway to it."""
    setting, address = _BASES[source]
    return ((setting and os.environ.get(setting)) or address).rstrip("/")


def allowed_address(address: str) -> httpx.URL:
    """The parsed address, which may be asked. Raises KpiError for any other one.

    `https` to a host of the sources, of the gateways or of `KPI_FETCH_HOSTS`; `http` to this
    machine. It is the parsed address that is compared: what a person reads may be parsed otherwise.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise KpiError(_DENIED, "Adressen kan ikke læses.") from error
    if url.userinfo:
        raise KpiError(_DENIED, "Adressen har navn og adgangskode. En nøgle sættes i miljøet.")
    if url.scheme == "http" and _is_loopback(url.host):
        return url
    if url.scheme != "https":
        raise KpiError(_DENIED, f"Kun https er tilladt, ikke »{url.scheme}«.")
    if url.host.casefold() not in _hosts():
        raise KpiError(
            _DENIED,
            f"»{url.host}« er ingen af kilderne. Skal den spørges, så sæt den i KPI_FETCH_HOSTS.",
        )
    return url


def _hosts() -> set[str]:
    bases = [base_address(source) for source in _BASES] + [
        address for _, address in _BASES.values()
    ]
    own = os.environ.get("KPI_FETCH_HOSTS", "").split(",")
    known = {_host_of(base) for base in bases} | {host.strip().casefold() for host in own}
    return known - {""}


def _host_of(address: str) -> str:
    try:
        return httpx.URL(address).host.casefold()
    except httpx.InvalidURL:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
