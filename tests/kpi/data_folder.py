"""Changing a data/ folder: the real one copied, or a tiny one written from nothing."""

from pathlib import Path

from kpi.tables.spec import OBSERVATION_COLUMNS


def replace(folder: Path, name: str, old: str, new: str) -> None:
    """Puts `new` for `old` in a file of data/; AssertionError unless `old` is there once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(folder: Path, name: str, line: str) -> None:
    """Adds a line at the end of a file of data/."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def drop_lines(folder: Path, name: str, containing: str) -> int:
    """Takes the lines that hold a text out of a file of data/; how many there were."""
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if containing not in line]
    path.write_text("".join(kept), encoding="utf-8")
    return len(lines) - len(kept)


def write_tiny(folder: Path, observations: str, source: str = "paper") -> Path:
    """A data/ folder of one theme, three indicators and three areas, with one source's rows.

    `observations` are lines of `indicator,area,group,period,value,numerator,denominator,status`.
    """
    (folder / "observations").mkdir(parents=True)
    for name, text in _TABLES.items():
        (folder / f"{name}.csv").write_text(
            text.lstrip().replace("paper", source), encoding="utf-8"
        )
    add_source(folder, source, "2024-06-19", observations)
    return folder


def add_source(folder: Path, source: str, published: str, observations: str) -> None:
    """A further source of a tiny data/ folder, with its rows."""
    append(folder, "source.csv", f"{source},Papir {source},Udgiver,{published},,0")
    rows = [f"{line.strip()},,,{source}" for line in observations.split() if line.strip()]
    path = folder / "observations" / f"{source}.csv"
    path.write_text("\n".join([",".join(OBSERVATION_COLUMNS), *rows, ""]), encoding="utf-8")


_TABLES = {
    "theme": """
theme_id,name,short_name,plan_track,sort_order,description
work,Arbejde,Arbejde,1,1,Flere i job
""",
    "indicator": """
indicator_id,theme_id,name,short_name,kind,unit,direction,decimals,headline,default_group,definition,source_note
rate,work,Beskæftigelse,Job,proportion,percent,higher_is_better,1,1,all,Andel i job,
persons,work,Personer i forløb,Personer,count,persons,higher_is_better,0,0,all,Antal i forløb,
hours,work,Timer,Timer,amount,hours_per_week,neutral,0,0,all,Timer om ugen,
""",
    "area": """
area_id,name,level,parent_id,code,aliases
denmark,Hele landet,country,,000,
aarhus,Aarhus,municipality,denmark,751,Århus
odense,Odense,municipality,denmark,461,
randers,Randers,municipality,denmark,730,
gellerup,Gellerup,programme_area,aarhus,,
viby_syd,Viby Syd,programme_area,aarhus,,
""",
    "area_set": """
set_id,name,area_id
cities,Byerne,aarhus
cities,Byerne,odense
cities,Byerne,randers
""",
    "population_group": """
group_id,name,note
all,Alle,
danish,Dansk baggrund,
non_western,Ikke-vestlig baggrund,
""",
    "group_reference": """
group_id,reference_group_id
non_western,danish
""",
    "source": """
source_id,title,publisher,published,section,min_cell
own_upload,Egen indberetning,Kommunen,,,5
""",
    "target": """
target_id,indicator_id,area_id,group_id,period,value,state,note,source_id
goal,rate,aarhus,all,2026,80,decided,,paper
""",
    "event": """
event_id,date,precision,area_id,theme_id,title,source_id
start,2024-04,season,aarhus,,Planen sættes i gang,paper
""",
    "meeting": """
meeting_id,date,body,title
first,2024-06-24,Rådmandsmøde,Status
""",
    "initiative": """
initiative_id,theme_id,title,responsible,started,indicator_ids
courses,work,Forløb i Gellerup,Afdelingen,2024,persons
""",
    "initiative_status": """
initiative_id,date,state,summary,source_id
courses,2024-06-24,in_progress,I gang,paper
""",
    "claim": """
claim_id,source_id,indicator_id,area_id,group_id,period,from_period,kind,reported_value,unit,inputs,recomputed,verdict,explanation
told,paper,rate,aarhus,all,2022,,share,70,percent,,,agrees,
""",
    "abbreviation": """
abbreviation,meaning
AB,Afdeling B
""",
}
