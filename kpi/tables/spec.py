"""The tables of data/: their columns, what must be filled in, what points where, the choices."""

import re

from kpi.domain.format import known_units
from kpi.domain.vocabulary import (
    BENCHMARKS,
    CLAIM_KINDS,
    DIRECTIONS,
    FREQUENCIES,
    INITIATIVE_STATES,
    KINDS,
    LEVELS,
    MEASURED,
    PRECISIONS,
    TARGET_STATES,
)

Row = dict[str, str]

# table: its columns, as the first line of its file must name them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "theme": ("theme_id", "name", "short_name", "plan_track", "sort_order", "description"),
    "indicator": (
        "indicator_id", "theme_id", "name", "short_name", "kind", "unit", "direction", "decimals",
        "headline", "default_group", "definition", "source_note", "benchmark", "aliases", "breaks",
        "retired",
    ),
    "area": (
        "area_id", "name", "level", "parent_id", "code", "aliases", "valid_from", "valid_to",
        "succeeded_by", "retired",
    ),
    "area_set": ("set_id", "name", "area_id"),
    "population_group": ("group_id", "name", "note", "aliases", "part_of", "retired"),
    "group_reference": ("group_id", "reference_group_id"),
    "source": (
        "source_id", "title", "publisher", "published", "section", "min_cell", "frequency",
        "next_release", "owner",
    ),
    "source_release": ("source_id", "period", "published"),
    "moved_period": ("indicator_id", "former_period", "period", "measured"),
    "target": (
        "target_id", "indicator_id", "area_id", "group_id", "period", "value", "state", "note",
        "source_id",
    ),
    "event": ("event_id", "date", "precision", "area_id", "theme_id", "title", "source_id"),
    "meeting": ("meeting_id", "date", "body", "title"),
    "initiative": (
        "initiative_id", "theme_id", "title", "responsible", "started", "indicator_ids",
    ),
    "initiative_status": ("initiative_id", "date", "state", "summary", "source_id"),
    "claim": (
        "claim_id", "source_id", "indicator_id", "area_id", "group_id", "period", "from_period",
        "kind", "reported_value", "unit", "inputs", "recomputed", "verdict", "explanation",
    ),
    "abbreviation": ("abbreviation", "meaning"),
}  # fmt: skip
OBSERVATION_COLUMNS = (
    "indicator_id", "area_id", "group_id", "period", "value", "numerator", "denominator", "status",
    "as_published", "note", "source_id",
)  # fmt: skip
# Columns that a file may leave out: every row of it is then a plain figure over its period.
OPTIONAL_COLUMNS = {
    "source": ("frequency", "next_release", "owner"),
    "indicator": ("benchmark", "aliases", "breaks", "retired"),
    "area": ("valid_from", "valid_to", "succeeded_by", "retired"),
    "population_group": ("aliases", "part_of", "retired"),
    "observations": ("low", "high", "measured"),
}

# A data/ folder may leave them out, and a file of them may be empty.
OPTIONAL = ("source_release", "moved_period")

# The first column names the row, so it may be in one row only.
KEYED = ("theme", "indicator", "area", "population_group", "source", "target", "event", "meeting",
          "initiative", "claim", "abbreviation")  # fmt: skip
REQUIRED = {
    "theme": ("name", "short_name", "sort_order"),
    "indicator": ("theme_id", "name", "short_name", "kind", "unit", "direction", "decimals",
                  "headline", "default_group", "definition"),
    "area": ("name", "level"),
    "area_set": ("name", "area_id"),
    "population_group": ("name",),
    "group_reference": ("reference_group_id",),
    "source": ("title", "publisher", "min_cell"),
    "source_release": ("period", "published"),
    "moved_period": ("former_period", "period", "measured"),
    "target": ("indicator_id", "area_id", "group_id", "period", "value", "state", "source_id"),
    "event": ("date", "precision", "title", "source_id"),
    "meeting": ("date", "body"),
    "initiative": ("theme_id", "title"),
    "initiative_status": ("date", "state", "source_id"),
    "claim": ("source_id", "indicator_id", "area_id", "group_id", "period", "kind"),
    "abbreviation": ("meaning",),
}  # fmt: skip
# column: the table whose first column it points to.
REFERENCES = {
    "theme_id": "theme", "indicator_id": "indicator", "area_id": "area", "parent_id": "area",
    "group_id": "population_group", "reference_group_id": "population_group",
    "default_group": "population_group", "source_id": "source", "initiative_id": "initiative",
}  # fmt: skip
CHOICES = {
    ("indicator", "kind"): KINDS,
    ("indicator", "unit"): known_units(),
    ("indicator", "direction"): DIRECTIONS,
    ("indicator", "headline"): ("0", "1"),
    ("indicator", "benchmark"): BENCHMARKS[1:],
    ("source", "frequency"): FREQUENCIES[1:],
    ("area", "level"): LEVELS,
    ("moved_period", "measured"): MEASURED,
    ("target", "state"): TARGET_STATES,
    ("event", "precision"): PRECISIONS,
    ("initiative_status", "state"): INITIATIVE_STATES,
    ("claim", "kind"): CLAIM_KINDS,
}  # fmt: skip
NUMBERS = {"value", "reported_value", "recomputed"}
WHOLE_NUMBERS = {"sort_order", "decimals", "min_cell", "plan_track"}
DATES = {"date", "published", "valid_from", "valid_to", "retired"}
# What is no word of a source: the figures of a date, right or wrong.
LIKE_A_DATE = re.compile(r"[\d\s./-]*\d[\d\s./-]*")
PERIODS = {"period", "from_period", "former_period"}
# Tables whose rows say something of a period, as figures keep it: the columns that are their key.
BY_PERIOD = {
    "source_release": ("source_id", "period"),
    "moved_period": ("indicator_id", "former_period"),
}
