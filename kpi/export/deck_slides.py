"""The slides of a deck beside its figures: front, contents, the plan's status, Regnetjek, news."""

from collections.abc import Mapping, Sequence

from pptx.enum.dml import MSO_THEME_COLOR

from kpi.domain.format import MISSING
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import capital, listing
from kpi.exhibits.comments import COMMENT_COLUMNS, COMMENTS
from kpi.export.actions import Action
from kpi.export.choice import OwnSlide
from kpi.export.claim_lines import CLAIM_COLUMNS, CLAIMS_TITLE, claims_title
from kpi.export.deck_figure import CONTINUED
from kpi.export.deck_layouts import DATED, Layouts
from kpi.export.deck_page import TEXT, Look, Page
from kpi.export.deck_tables import TableKind, grown, write_table
from kpi.export.news import FIRST_STATUS, NEW_FIGURE, NEW_STATUS
from kpi.export.paper import Paper
from kpi.export.plan_words import counted_by_state, counted_signs, states_text
from kpi.plan.counts import scope_text

PLAN, NEWS = "Indsatsernes status", "Siden sidst"
_CONTENTS = TableKind(
    "Indhold", ("Tema", "Omfang", "Begynder på"), (0.42, 0.42, 0.16), 18, strong=0, most_rows=20
)
_STATE_SHADES = {
    "in_progress": "#00437F", "in_operation": "#005A52", "completed": "#005A52",
    "blocked": "#8F3A05",
}  # fmt: skip
_ACTIONS = TableKind(
    PLAN,
    ("Tema", "Indsats", "Ansvarlig", "Status", "Statusdato"),
    (0.15, 0.35, 0.29, 0.09, 0.12),
    12,
    strong=3,
    most_rows=10,
    shades={STATE_NAMES[state]: shade for state, shade in _STATE_SHADES.items()},
)
_NEWS_SHARES = (0.16, 0.46, 0.2, 0.18)
# Violet is for what the papers say.
_CLAIMS = TableKind(
    CLAIMS_TITLE, CLAIM_COLUMNS, (0.27, 0.13, 0.12, 0.12, 0.36), 16, strong=1, most_rows=10,
    shades={"": "#54307F"},
)  # fmt: skip

_COMMENTS = TableKind(COMMENTS, COMMENT_COLUMNS, (0.24, 0.54, 0.22), 14, strong=0, most_rows=8)

_OWN_SIZES = (22, 20, 18, 16, 14, 12)
# A count beside which others are written in digits too.
_IN_DIGITS = 100

Row = tuple[str, ...]


def front_slide(layouts: Layouts, paper: Paper) -> None:
    """Title, occasion, the day the figures were known, and what they were read from."""
    page = Page(layouts, layouts.title)
    when = f"{paper.area_name} · {paper.dated} · {paper.basis}"
    page.title(paper.title)
    lines = [line for line in (paper.occasion, when) if line]
    if page.fill(DATED, when):
        lines.remove(when)
    page.subtitle(lines)
    page.finish()


def own_slide(layouts: Layouts, paper: Paper, own: OwnSlide) -> None:
    """A slide of a person's own text, a point a line, in the largest letters that fit."""
    page = Page(layouts, layouts.table)
    page.foot("", paper.dated, paper.occasion)
    page.title(own.title)
    page.gap(14)
    lines = [" ".join(line.split()) for line in own.text.splitlines() if line.strip()]
    size = next(
        (
            size
            for size in _OWN_SIZES
            if sum(page.room_for(line, Look(size)) for line in lines) <= page.area.height
        ),
        _OWN_SIZES[-1],
    )
    look = Look(size, MSO_THEME_COLOR.TEXT_1)
    if lines:
        page.paragraphs([(f"• {line}", look) for line in lines], page.area, 8, TEXT)
    page.finish()


def contents_page(layouts: Layouts, paper: Paper) -> Page | None:
    """The slide for the table of contents, to be filled when each part's slide is known.

    None where there is only one part.
    """
    parts = [*paper.themes, *(part for part in (paper.actions, paper.claims, paper.news) if part)]
    if len(parts) < 2:
        return None
    page = Page(layouts, layouts.table)
    page.foot("", paper.dated, paper.occasion)
    page.title("Indhold")
    return page


def write_contents(page: Page, paper: Paper, starts: Mapping[str, int]) -> None:
    """The themes with how many figures each has and on which slide they begin.

    `starts` has the first slide of each exhibit's key, and of PLAN, CLAIMS_TITLE, COMMENTS
    and NEWS where there are any.
    """
    lines = []
    for theme in paper.themes:
        own = [item for item in paper.items if item.theme == theme]
        first = min(starts[item.exhibit.key] for item in own)
        lines.append((theme.name, _how_many(len(own), "figur", "figurer"), f"side {first}"))
    others = {
        PLAN: scope_text(paper.scope, _IN_DIGITS),
        CLAIMS_TITLE: _how_many(len(paper.claims), "tal", "tal"),
        COMMENTS: _how_many(
            sum(not line.is_of_figures for line in paper.comments), "bemærkning", "bemærkninger"
        ),
        NEWS: _how_many(len(paper.news), "ændring", "ændringer"),
    }
    lines += [
        (name, many, f"side {starts[name]}") for name, many in others.items() if name in starts
    ]
    page.gap(10)
    write_table(page, _CONTENTS, lines, is_whole=True)
    page.finish()


def action_slides(layouts: Layouts, paper: Paper) -> int | None:
    """The actions with the status they had on the day; the number of the first slide.

    What lies beside the plan's numbered tracks is counted on slides of its own. Gathered it is
    one slide of counts by track, with the newest status of each.
    """
    if paper.choice.gathered:
        return _counted_slide(layouts, paper)
    tracks = [action for action in paper.actions if action.track is not None]
    others = [action for action in paper.actions if action.track is None]
    names = list(dict.fromkeys(action.theme for action in others))
    first = None
    for name, actions in ((_tracks(tracks), tracks), (listing(names), others)):
        title = f"{name}: {states_text(actions)}"
        rows = [_cells(action) for action in actions]
        page = _table_slides(layouts, paper, title, _ACTIONS, rows)
        first = first or page
    return first


def _counted_slide(layouts: Layouts, paper: Paper) -> int | None:
    """The actions counted by track and state, and what is newest in each."""
    groups: dict[str, list[Action]] = {}
    for action in sorted(paper.actions, key=lambda action: action.track is None):
        beside = "" if action.track is None else f"{action.track}. "
        groups.setdefault(f"{beside}{action.theme}", []).append(action)
    if not groups:
        return None
    columns, counted = counted_by_state(groups)
    rows = [(*row, _newest(actions)) for row, actions in zip(counted, groups.values(), strict=True)]
    counts = len(columns) - 1
    kind = TableKind(
        PLAN,
        (*columns, "Nyeste i korte træk (Spors gengivelse)"),
        (),
        12,
        strong=0,
        most_rows=10,
        numbers=tuple(range(1, counts + 1)),
        is_dense=True,
    )
    title = f"{listing([*_named_parts(paper)])}: {states_text(paper.actions)}"
    return _table_slides(layouts, paper, title, kind, rows, source=counted_signs(paper.actions))


def _named_parts(paper: Paper) -> list[str]:
    """The plan's tracks by number, and the names of what lies beside them."""
    tracks = [action for action in paper.actions if action.track is not None]
    names = [_tracks(tracks)] if tracks else []
    return [*names, *dict.fromkeys(a.theme for a in paper.actions if a.track is None)]


def _newest(actions: Sequence[Action]) -> str:
    """What the newest status of them says, and of what; of several of a day the first."""
    current = [action for action in actions if action.is_current and action.summary]
    if not current:
        return MISSING
    newest = max(current, key=lambda action: action.status_date)
    return f"{newest.title}: {newest.summary}"


def _tracks(actions: Sequence[Action]) -> str:
    """`Handleplanens spor 1-4`, `Handleplanens spor 2`."""
    numbers = sorted({action.track for action in actions if action.track is not None})
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"Handleplanens spor {numbers[0]}-{numbers[-1]}"
    return f"Handleplanens spor {listing([str(number) for number in numbers])}"


def claim_slides(layouts: Layouts, paper: Paper) -> int | None:
    """The papers' numbers that differ from ours; the number of the first slide."""
    lines = paper.claims
    rows = [line.cells for line in lines]
    quiet = [line.is_rounding for line in lines]
    return _table_slides(layouts, paper, claims_title(lines), _CLAIMS, rows, quiet)


def comment_slides(layouts: Layouts, paper: Paper) -> int | None:
    """What the administration says beside the figures; the number of the first slide.

    What it says of a figure is on the figure's slide.
    """
    rows = [line[:3] for line in paper.comments if not line.is_of_figures]
    title = f"{COMMENTS}: {listing(list(dict.fromkeys(subject for subject, _, _ in rows)))}"
    return _table_slides(layouts, paper, title, _COMMENTS, rows)


def news_slides(layouts: Layouts, paper: Paper) -> int | None:
    """What has changed since the meeting before; the number of the first slide.

    New figures are only counted: each has its own slide, and the annex lists them.
    """
    rows: list[Row] = [row for row in paper.news if row[0] != NEW_FIGURE]
    title = news_title(paper)
    if paper.choice.gathered:
        rows = _moved_alike(rows)
    kind = TableKind(NEWS, paper.news_columns, _NEWS_SHARES, 12, strong=3, most_rows=10)
    return _table_slides(layouts, paper, title, kind, rows)


def news_title(paper: Paper) -> str:
    """`Siden mødet 24. juni 2024 (Rådmandsmøde): 16 indsatser med ny status og 45 nye tal`."""
    rows = [row for row in paper.news if row[0] != NEW_FIGURE]
    figures = len(paper.news) - len(rows)
    moved = sum(row[0] in (NEW_STATUS, FIRST_STATUS) for row in rows)
    counted = []
    if moved:
        counted.append(f"{_how_many(moved, 'indsats', 'indsatser')} med ny eller ændret status")
    if figures:
        counted.append(_how_many(figures, "nyt tal", "nye tal"))
    if len(rows) > moved:
        counted.append(_how_many(len(rows) - moved, "anden ændring", "andre ændringer"))
    return f"{capital(paper.since_meeting)}: {listing(counted)}"


def _moved_alike(rows: Sequence[Row]) -> list[Row]:
    """The rows with those that went from one status to the same other one named in one row."""
    alike: dict[Row, list[str]] = {}
    for kind, name, then, now in rows:
        # Figures of the same values are not alike for a reason: each stands for itself.
        own = "" if kind in (NEW_STATUS, FIRST_STATUS) else name
        alike.setdefault((kind, then, now, own), []).append(name)
    return [(kind, "; ".join(names), then, now) for (kind, then, now, _), names in alike.items()]


def _table_slides(
    layouts: Layouts,
    paper: Paper,
    title: str,
    kind: TableKind,
    rows: Sequence[Row],
    quiet: Sequence[bool] = (),
    source: str = "",
) -> int | None:
    """The rows as tables of at most ten on as many slides; the first one's number, if any."""
    first, done = None, 0
    while done < len(rows):
        page = Page(layouts, layouts.table)
        page.foot(source, paper.dated, paper.occasion)
        page.title(title if first is None else title + CONTINUED)
        page.subject(kind.name)
        page.gap(10)
        if first is None:
            kind = grown(kind, rows, page.area)
        done += write_table(page, kind, rows[done:], quiet[done:])
        page.finish()
        first = page.number if first is None else first
    return first


def _how_many(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def _cells(action: Action) -> Row:
    reported_on = capital(action.reported_on)
    return (action.theme, action.title, action.responsible, action.state, reported_on)
