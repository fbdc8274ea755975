"""The words that values are chosen from: a type of each, all of them in order, and their Danish.

The types let mypy see a mistyped word. The names are looked up with the texts of files and forms,
hence by any text. Danish is as it stands inside a sentence, unless said.
"""

from collections.abc import Mapping
from typing import Literal, get_args

# --- figures --------------------------------------------------------------------------------------

# What a kind means is in kinds.py.
Kind = Literal["proportion", "count", "mean", "amount"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Capitals: they are offered as choices.
KIND_NAMES: Mapping[str, str] = {
    "proportion": "Andel", "count": "Antal", "mean": "Gennemsnit", "amount": "Beløb",
}  # fmt: skip

Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
DIRECTION_NAMES: Mapping[str, str] = {
    "higher_is_better": "højere er bedre",
    "lower_is_better": "lavere er bedre",
    "neutral": "hverken højere eller lavere er bedre",
}

# Of an observation. An initiative's are InitiativeState.
FigureStatus = Literal[
    "final",
    "preliminary",
    "approximate",
    "at_least",
    "at_most",
    "range",
    "suppressed",
    "missing",
    "not_applicable",
]
STATUSES: tuple[FigureStatus, ...] = get_args(FigureStatus)
STATUS_NAMES: Mapping[str, str] = {
    "final": "endelig", "preliminary": "foreløbig", "approximate": "cirka",
    "at_least": "mindst", "at_most": "højst", "range": "interval",
    "suppressed": "skjult", "missing": "ikke oplyst", "not_applicable": "ikke relevant",
}  # fmt: skip
# The source gives a limit, or two, and no exact value: such a figure is shown, never compared.
Bound = Literal["at_least", "at_most", "range"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)

# half: January to June, or July to December. range: any other stretch of years or months.
PeriodKind = Literal[
    "year",
    "half",
    "quarter",
    "month",
    "week",
    "day",
    "school_year",
    "range",
    "rolling_year",
    "year_to_date",
]
PERIOD_KIND_NAMES: Mapping[PeriodKind, str] = {
    "year": "år", "half": "halvår", "quarter": "kvartal", "month": "måned", "week": "uge",
    "day": "dag", "school_year": "skoleår", "range": "flere år", "rolling_year": "rullende år",
    "year_to_date": "år til dato",
}  # fmt: skip

# Several of a kind.
PERIOD_KIND_PLURALS: Mapping[PeriodKind, str] = {
    "year": "år", "half": "halvår", "quarter": "kvartaler", "month": "måneder", "week": "uger",
    "day": "dage", "school_year": "skoleår", "range": "længere perioder",
    "rolling_year": "rullende år", "year_to_date": "år til dato",
}  # fmt: skip

# over: the whole period. at: counted at its end. since: counted up to its end, from a range's
# beginning. reported: the source says no day, only its own date is known.
MeasuredHow = Literal["over", "at", "since", "reported"]
MEASURED: tuple[MeasuredHow, ...] = get_args(MeasuredHow)
MEASURED_NAMES: Mapping[str, str] = {
    "over": "over perioden", "at": "ved periodens slutning",
    "since": "i alt til periodens slutning", "reported": "opgørelsesdag ikke oplyst",
}  # fmt: skip

# The columns of a figure whose words are so few that a row keeps one by its number. The empty word
# is of a file's cell that says none.
FIGURE_WORDS: Mapping[str, tuple[str, ...]] = {
    "status": ("", *STATUSES), "measured": ("", *MEASURED), "period_kind": get_args(PeriodKind),
}  # fmt: skip

# What an indicator is judged by first; the empty word: the country, else the median of the other
# municipalities, else the mean of the other members of the area's set.
Benchmark = Literal["", "country", "median", "peers"]
BENCHMARKS: tuple[Benchmark, ...] = get_args(Benchmark)
# What of other areas an indicator of that benchmark is judged by, also where the country has a
# value; "area" is an area's own row. Charts and what pages read of the store follow from it.
JudgedBy = Literal["area", "median", "mean"]
BENCHMARK_JUDGED_BY: Mapping[Benchmark, JudgedBy] = {
    "": "area", "country": "area", "median": "median", "peers": "mean",
}  # fmt: skip

# What a figure may be compared with: another area, a mean or median of areas, another group of
# people, or a target set for it.
ComparedWith = Literal["area", "area_set", "group", "target"]
COMPARED_WITH: tuple[ComparedWith, ...] = get_args(ComparedWith)

# How a structure figure is standardised before municipalities are compared by it.
Scale = Literal["linear", "log"]
SCALES: tuple[Scale, ...] = get_args(Scale)

# What a comparison says. same: the interval of the gap holds 0. equal: no gap, where chance is not
# judged. not_compared: there is no gap, or it says nothing.
Verdict = Literal["better", "worse", "higher", "lower", "same", "equal", "not_compared"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
BETTER: Verdict = "better"
WORSE: Verdict = "worse"
HIGHER: Verdict = "higher"
LOWER: Verdict = "lower"
SAME: Verdict = "same"
EQUAL: Verdict = "equal"
NO_COMPARISON: Verdict = "not_compared"
VERDICT_NAMES: Mapping[str, str] = {
    "better": "bedre",
    "worse": "dårligere",
    "higher": "højere",
    "lower": "lavere",
    "same": "ingen sikker forskel",
    "equal": "på niveau",
    "not_compared": "kan ikke sammenlignes",
}

# --- areas and sources ----------------------------------------------------------------------------

Level = Literal[
    "country", "region", "municipality", "programme_area", "housing_area", "parish", "school"
]
LEVELS: tuple[Level, ...] = get_args(Level)
# From the largest to the smallest; an area lies in one of a larger rank, never of its own.
LEVEL_RANKS: Mapping[str, int] = {
    "country": 0, "region": 1, "municipality": 2, "programme_area": 3, "housing_area": 3,
    "parish": 3, "school": 4,
}  # fmt: skip
# Capitals: they are offered as choices.
LEVEL_NAMES: Mapping[str, str] = {
    "country": "Land", "region": "Region", "municipality": "Kommune",
    "programme_area": "Programområde", "housing_area": "Boligområde", "parish": "Sogn",
    "school": "Skole",
}  # fmt: skip

# What several areas of a level are called beside each other.
LEVEL_NOUNS: Mapping[str, str] = {
    "country": "lande", "region": "regioner", "municipality": "kommuner",
    "programme_area": "områder", "housing_area": "boligområder", "parish": "sogne",
    "school": "skoler",
}  # fmt: skip

# How often a source has new figures, and once for those that come no more.
Frequency = Literal["", "month", "quarter", "half", "year", "school_year", "once", "irregular"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
# In the order in which they are offered.
FREQUENCY_NAMES: Mapping[str, str] = {
    "year": "hvert år",
    "school_year": "hvert skoleår",
    "half": "hvert halvår",
    "quarter": "hvert kvartal",
    "month": "hver måned",
    "once": "opgjort én gang",
    "irregular": "ingen fast rytme",
    "": "ikke oplyst",
}

# --- the action plan and papers -------------------------------------------------------------------

# In the order of their life.
InitiativeState = Literal["planned", "in_progress", "in_operation", "completed", "blocked"]
INITIATIVE_STATES: tuple[InitiativeState, ...] = get_args(InitiativeState)
# Capitals: badges and choices.
STATE_NAMES: Mapping[str, str] = {
    "planned": "Planlagt",
    "in_progress": "I gang",
    "in_operation": "I drift",
    "completed": "Afsluttet",
    "blocked": "Afventer",
}

# What an initiative of a state is said to be or do.
STATE_PREDICATES: Mapping[InitiativeState, str] = {
    "planned": "er planlagt",
    "in_progress": "er i gang",
    "in_operation": "er i drift",
    "completed": "er afsluttet",
    "blocked": "afventer",
}

# Only a decided target is one to judge a figure by and to draw a line to.
TargetState = Literal["decided", "proposed", "ceiling", "legal_threshold"]
TARGET_STATES: tuple[TargetState, ...] = get_args(TargetState)
TARGET_STATE_NAMES: Mapping[str, str] = {
    "decided": "besluttet",
    "proposed": "foreslået",
    "ceiling": "loft",
    "legal_threshold": "lovens grænse",
}

Precision = Literal["day", "month", "season"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
PRECISION_NAMES: Mapping[str, str] = {"day": "Dag", "month": "Måned", "season": "Årstid"}

ClaimKind = Literal["relative_change", "difference", "share", "complement", "sum", "ratio"]
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
# How the number was made.
CLAIM_KIND_NAMES: Mapping[str, str] = {
    "relative_change": "ændring i procent",
    "difference": "forskel",
    "share": "andel",
    "complement": "resten af 100\u00a0%",
    "sum": "sum",
    "ratio": "forhold",
}

# What a paper's number is beside the one computed of its figures. Of those that differ some are cut
# or rounded roughly, and no other number.
ClaimVerdict = Literal["agrees", "differs", "cannot_be_judged"]
ClaimOutcome = Literal["agrees", "differs", "rounded", "cannot_be_judged"]
# Of these a page warns at the figure itself.
Dispute = Literal["differs", "rounded"]
AGREES: Literal["agrees"] = "agrees"
DIFFERS: Literal["differs"] = "differs"
ROUNDED: Literal["rounded"] = "rounded"
CANNOT_BE_JUDGED: Literal["cannot_be_judged"] = "cannot_be_judged"
# Capitals: badges and a column of their own.
CLAIM_OUTCOME_NAMES: Mapping[ClaimOutcome, str] = {
    "agrees": "Stemmer",
    "differs": "Afviger",
    "rounded": "Afrundet",
    "cannot_be_judged": "Kan ikke vurderes",
}

# The slides that a deck has beside its figures; each can be switched off.
Section = Literal["front", "contents", "plan", "comments", "news"]
SECTION_NAMES: Mapping[Section, str] = {
    "front": "Forside",
    "contents": "Indhold",
    "plan": "Handleplanens status",
    "comments": "Bemærkninger",
    "news": "Nyt siden sidst",
}

# What a paper is written as: one file, or a picture of each of its figures.
PaperFile = Literal[
    "pptx", "docx", "notat", "status", "status-docx", "overblik", "pdf", "xlsx", "csv", "pack"
]
# Of these a template of one's own is a Word document.
WORD_FILES: tuple[PaperFile, ...] = ("docx", "notat", "status-docx")
PAPER_FILES: tuple[PaperFile, ...] = get_args(PaperFile)
PAPER_ENDINGS: Mapping[PaperFile, str] = {
    "pptx": "pptx",
    "docx": "docx",
    "notat": "docx",
    "status": "pdf",
    "status-docx": "docx",
    "overblik": "pdf",
    "pdf": "pdf",
    "xlsx": "xlsx",
    "csv": "csv",
    "pack": "zip",
}
# An SVG's letters are text with its typefaces embedded, or curves (»omrids«).
PictureFormat = Literal["png", "svg", "svg-omrids"]
PICTURE_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)
PICTURE_ENDINGS: Mapping[PictureFormat, str] = {"png": "png", "svg": "svg", "svg-omrids": "svg"}
# What can be taken away of one chart.
ChartFile = Literal[PictureFormat, "pptx", "xlsx", "csv"]
CHART_FILES: tuple[ChartFile, ...] = get_args(ChartFile)
PictureSize = Literal["slide", "half", "a4", "square"]
PICTURE_SIZES: tuple[PictureSize, ...] = get_args(PictureSize)

# --- publications and problems --------------------------------------------------------------------

# Whether a publication counts; of a purged one the rows are gone, too.
BatchState = Literal["published", "withdrawn", "purged"]
BATCH_STATE_NAMES: Mapping[str, str] = {
    "published": "udgivet",
    "withdrawn": "fortrudt",
    "purged": "slettet",
}
# Stands where a text was removed for good.
REMOVED_TEXT = "(slettet)"

# What an entered row is beside the current one with its id.
ChangeKind = Literal["new", "changed", "same"]
# Capitals: a column of their own.
CHANGE_NAMES: Mapping[ChangeKind, str] = {
    "new": "Ny",
    "changed": "Ændret",
    "same": "Står der allerede",
}

Severity = Literal["error", "warning"]
# Capitals: a column of their own.
SEVERITY_NAMES: Mapping[str, str] = {"error": "Fejl", "warning": "Advarsel"}

# --- what is fetched ------------------------------------------------------------------------------

FetchSource = Literal["statbank", "jobindsats", "uddannelsesstatistik", "url"]
FETCH_SOURCES: tuple[FetchSource, ...] = get_args(FetchSource)
FETCH_SOURCE_NAMES: Mapping[FetchSource, str] = {
    "statbank": "Danmarks Statistik", "jobindsats": "jobindsats.dk",
    "uddannelsesstatistik": "uddannelsesstatistik.dk", "url": "en adresse",
}  # fmt: skip

# Who publishes what is fetched and has no fault.
FETCHED_BY = "hentning"

# How often a source is asked.
FetchRhythm = Literal["day", "week", "month", "never"]
FETCH_RHYTHMS: tuple[FetchRhythm, ...] = get_args(FetchRhythm)
FETCH_RHYTHM_NAMES: Mapping[FetchRhythm, str] = {
    "day": "hver dag", "week": "hver uge", "month": "hver måned", "never": "kun på opfordring",
}  # fmt: skip

# when_clean: what has no error and no doubt is published by itself.
FetchPublishing = Literal["when_clean", "ask"]
FETCH_PUBLISHING: tuple[FetchPublishing, ...] = get_args(FetchPublishing)

FetchOutcome = Literal[
    "same", "nothing_new", "published", "waiting", "refused", "changed", "failed"
]
FETCH_OUTCOMES: tuple[FetchOutcome, ...] = get_args(FetchOutcome)
# Of these nothing new came, though it may be there: somebody has to look after it.
FetchTrouble = Literal["refused", "changed", "failed"]
FETCH_TROUBLES: tuple[FetchTrouble, ...] = get_args(FetchTrouble)
FETCH_OUTCOME_NAMES: Mapping[FetchOutcome, str] = {
    "same": "kilden er ikke opdateret", "nothing_new": "intet nyt", "published": "udgivet",
    "waiting": "venter på godkendelse", "refused": "afvist", "changed": "kilden er ændret",
    "failed": "ikke hentet",
}  # fmt: skip
