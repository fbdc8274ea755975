"""What a person has chosen for a meeting's papers: figures, titles, sections, own slides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from kpi.domain.letters import writable
from kpi.domain.vocabulary import Section


@dataclass(frozen=True)
class CaseDetails:
    """What only a person knows of a paper, in their own words; empty where nobody has said it.

    Who writes it and in which department, its number in the case system, its date, and the number
    that the annex has among the meeting's annexes.
    """

    worker: str = ""
    number: str = ""
    written: str = ""
    department: str = ""
    annex: str = ""


@dataclass(frozen=True)
class OwnSlide:
    """A slide of text that a person writes: a title, a point a line, and the figure it follows.

    `after` is that exhibit's key; empty, or of one that is not there: it stands before the figures.
    """

    title: str
    text: str
    after: str = ""


@dataclass(frozen=True)
class Choice:
    """What a person chose: ids, none meaning all. Kept with a pack, so that it can be made again.

    `order` has exhibit keys in the order wanted (others follow), `left_out` those that were
    removed, `titles` edited takeaways by exhibit key. `claims` says whether the papers' own
    numbers are shown beside ours where they differ. `among` is the set of areas that the area is
    drawn among, empty for its own. `case` is what only a person knows, empty where it is to be
    filled in by hand. `picked` are the keys of the only exhibits wanted, `without` the sections
    that are switched off, `cover` the title on the front, empty for the paper's own. With
    `gathered` figures of one or two numbers are rows of one slide of their tracks or theme.
    """

    area_id: str
    meeting_id: str = ""
    theme_ids: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    claims: bool = True
    among: str = ""
    case: CaseDetails = CaseDetails()
    picked: tuple[str, ...] = ()
    without: tuple[Section, ...] = ()
    cover: str = ""
    gathered: bool = False
    slides: tuple[OwnSlide, ...] = ()

    def has(self, section: Section) -> bool:
        """Whether a deck has the section."""
        return section not in self.without


# What papers of a meeting have before anybody has chosen anything.
NEW_CHOICE = Choice("", gathered=True, without=("contents",))


def texts_of(choice: Choice) -> tuple[str, ...]:
    """All that a person has written into a choice."""
    case = choice.case
    return (
        choice.cover,
        *choice.titles.values(),
        *(text for slide in choice.slides for text in (slide.title, slide.text)),
        case.worker,
        case.department,
        case.written,
        case.number,
        case.annex,
    )


def writable_choice(choice: Choice) -> Choice:
    """The choice, its texts by a person without the signs that no paper can contain."""
    return replace(
        choice,
        cover=writable(choice.cover),
        titles={key: writable(title) for key, title in choice.titles.items()},
        slides=tuple(
            replace(slide, title=writable(slide.title), text=writable(slide.text))
            for slide in choice.slides
        ),
        case=CaseDetails(**{name: writable(text) for name, text in asdict(choice.case).items()}),
    )
