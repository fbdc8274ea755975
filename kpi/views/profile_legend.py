"""What the marks of a profile's strips are, and how they are read."""

from kpi.charts.strip import Mark
from kpi.domain.wording import listing
from kpi.views.profile import Profile


def legend(profile: Profile) -> list[tuple[Mark, str]]:
    """The marks that the profile's strips have, each with its words; none without a strip."""
    strips = [row.place.strip for row in profile.rows if row.place.strip]
    name, noun = profile.area.name, profile.noun
    few = [strip for strip in strips if strip.others]
    many = [strip for strip in strips if strip.half]
    marks: list[tuple[Mark, str]] = [("own", name)] if strips else []
    if many:
        marks += [
            ("tick", "median af de andre"),
            ("range", f"alle {noun}"),
            ("half", "den midterste halvdel"),
        ]
    if profile.set_name:
        marks.append(("set", f"{profile.set_name} uden {name}"))
    if profile.similar:
        marks.append(("similar", f"kommuner som {name}"))
    if few:
        marks.append(("other", "hver af de andre, hvor få har tal" if many else f"andre {noun}"))
    if not many and any(strip.tick is not None for strip in few):
        marks.append(("tick", "hele landet"))
    return marks


def how_to_read(profile: Profile) -> str:
    """How a strip is read, and who the similar municipalities are."""
    parts = []
    strips = [row for row in profile.rows if row.place.strip]
    if any(row.has_direction for row in strips):
        parts.append("Bedst står altid til højre, også hvor et lavt tal er bedst.")
    if len(strips) > 1:
        parts.append("Hver linje har sin egen skala.")
    if profile.similar:
        parts.append(f"Kommuner som {profile.area.name}: {listing(list(profile.similar))}.")
    return " ".join(parts)
