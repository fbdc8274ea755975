"""How each kind of source is asked."""

from collections.abc import Mapping

from kpi.domain.vocabulary import FetchSource
from kpi.fetch.address import ADDRESS
from kpi.fetch.jobindsats import JOBINDSATS
from kpi.fetch.source import Source
from kpi.fetch.statbank import STATBANK
from kpi.fetch.uddannelsesstatistik import UDDANNELSESSTATISTIK

SOURCES: Mapping[FetchSource, Source] = {
    "statbank": STATBANK, "jobindsats": JOBINDSATS, "uddannelsesstatistik": UDDANNELSESSTATISTIK,
    "url": ADDRESS,
}  # fmt: skip
