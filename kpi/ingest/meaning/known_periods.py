"""The periods of a file as numbers: table `known_period`."""

import duckdb

from kpi.domain.errors import KpiError
from kpi.domain.period import Period
from kpi.ingest.meaning.word import Word
from kpi.ingest.words.word_tables import save
from kpi.ingest.words.written_periods import period_of


def number_periods(connection: duckdb.DuckDBPyConnection, words: list[Word]) -> dict[str, int]:
    """The file's periods and the ones before them, numbered: also as table `known_period`."""
    own = {word.id for word in words if word.id is not None}
    periods = {text: period for text in own if (period := period_of(text)) is not None}
    before = {
        text: earlier
        for text, period in periods.items()
        if (earlier := _period_before(period)) is not None
    }
    periods |= {period.text: period for period in before.values()}
    # In the order of their days the keys of a series mostly rise from row to row, and are sorted in
    # a tenth of the time that others take.
    periods = dict(sorted(periods.items(), key=lambda item: (item[1].end, item[1].start, item[0])))
    numbered = {text: number for number, text in enumerate(periods)}
    numbered_periods = list(periods.values())
    save(connection, "known_period", {
        "id": list(periods), "number": list(numbered.values()),
        "kind": [period.kind for period in numbered_periods],
        "start_date": [period.start for period in numbered_periods],
        "end_date": [period.end for period in numbered_periods],
        "before": [numbered[before[text].text] if text in before else None for text in periods],
    })  # fmt: skip
    return numbered


def _period_before(period: Period) -> Period | None:
    try:
        return period.previous()
    except KpiError:  # there is none before the year 1000
        return None
