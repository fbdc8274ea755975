"""What a paper says of an indicator beside its definition: which way is better, held against what."""

from kpi.model import Indicator

DIRECTION_NAMES = {
    "higher_is_better": "højere er bedre", "lower_is_better": "lavere er bedre",
    "neutral": "hverken højere eller lavere er bedre",
}  # fmt: skip
# The words of Indicator.benchmark.
BENCHMARK_NAMES = {
    "country": "hele landet", "median": "medianen af de andre kommuner",
    "peers": "gennemsnittet af de andre i gruppen", "none": "intet", "": "intet",
}  # fmt: skip


def benchmark_name(indicator: Indicator) -> str:
    """What the indicator's figures are held against."""
    return BENCHMARK_NAMES.get(getattr(indicator, "benchmark", ""), "intet")
