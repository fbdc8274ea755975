"""data/ as a whole: what is refused, which place is named, and what to do about it."""

from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.domain.period import today
from kpi.ingest.data_figures import checked_data
from kpi.tables.spec import COLUMNS
from tests.kpi.data_folder import append, drop_lines, replace, write_tiny
from tests.kpi.tables.problem_lines import NOTE, PAPERS, problems


def test_the_default_figures_are_faultless(data: Path) -> None:
    checked = checked_data(data)
    dataset = checked.dataset
    assert checked.figures.num_rows == sum(len(file.rows) for file in dataset.files)
    assert {file.source_id: len(file.rows) for file in dataset.files} == {
        "handleplan_2024": 12,
        "handleplan_2024_genoptryk": 3,
        "handlingsnotat_2024": 3,
        "oto_status_2025": 35,
        "ras200": 1456,
        "status_2025": 7,
        "uvm_absence": 1174,
    }
    assert set(dataset.tables) == set(COLUMNS)


@pytest.mark.parametrize(
    ("name", "old", "new", "messages"),
    [
        # a wrong number
        (PAPERS, ",2024H1,13,", ",2024H1,tretten,",
         f"{PAPERS}, linje 34, kolonne value: »tretten« Feltet er ikke et tal. "
         "Skriv tallet med punktum og uden tusindtalstegn, for eksempel 9.7."),
        (PAPERS, ",2024H1,13,", ",2024H1,130,",
         f"{PAPERS}, linje 34, kolonne value: »130« Tallet ligger uden for det mulige. "
         "En andel skal være 0-100 %, og et antal kan ikke være negativt."),
        # an unknown area, with the nearest one
        (PAPERS, "school_absence,gellerup,programme_children,2024H1",
         "school_absence,gelerup,programme_children,2024H1",
         f"{PAPERS}, linje 34, kolonne area_id: »gelerup« Området findes ikke. "
         "Mente du »gellerup«?"),
        # a missing column
        ("area.csv", "level,parent_id", "parent_id",
         "area.csv, linje 1, kolonne level: Kolonnen mangler. "
         "Første linje skal være: area_id,name,level,parent_id,code,aliases,valid_from,valid_to,"
         "succeeded_by,retired,context_of,region_id"),
        # a key twice
        (PAPERS, "school_absence,gellerup,programme_children,2024H2",
         "school_absence,gellerup,programme_children,2024H1",
         f"{PAPERS}, linje 34, kolonne period: »2024H1« Samme nøgletal, område, gruppe og periode "
         "står også i række 35. Behold én af rækkerne.\n"
         f"{PAPERS}, linje 35, kolonne period: »2024H1« Samme nøgletal, område, gruppe og periode "
         "står også i række 34. Behold én af rækkerne."),
        ("meeting.csv", "sbu_2024_08_21", "sbu_2024_06_26",
         "meeting.csv, linje 4, kolonne meeting_id: »sbu_2024_06_26« Værdien står også i linje 3. "
         "Behold én af rækkerne."),
        # a row with too few fields, and with too many
        (PAPERS, "school_absence,gellerup,programme_children,2024H1,13,,,final,,",
         "school_absence,gellerup,programme_children,2024H1,13,final,,",
         f"{PAPERS}, linje 34: Rækken har 12 felter, men tabellen har 14 kolonner. "
         "Sæt tekst med komma i anførselstegn."),
        ("meeting.csv", "Første møde efter", "Første møde, efter",
         "meeting.csv, linje 4: Rækken har 5 felter, men tabellen har 4 kolonner. "
         "Sæt tekst med komma i anførselstegn."),
        # a quotation mark without its mate, reported where its row begins
        (PAPERS, f",2024H1,13,,,final,,{NOTE},oto", ',2024H1,13,,,final,,"Forår 2024,oto',
         f"{PAPERS}, linje 34: Rækken kan ikke læses. "
         "Kontrollér, at alle anførselstegn er afsluttet."),
        # a row in another source's file
        (PAPERS, f",2024H1,13,,,final,,{NOTE},oto_status_2025", ",2024H1,13,,,final,,,status_2025",
         f"{PAPERS}, linje 34, kolonne source_id: »status_2025« Filen skal hedde som sin kilde. "
         "Skriv »oto_status_2025«, eller flyt rækken til »status_2025.csv«."),
        # the other tables
        ("area.csv", "aarhus,Aarhus,municipality", "aarhus,Aarhus,kommune",
         "area.csv, linje 33, kolonne level: »kommune« Værdien kendes ikke. "
         "Vælg en af: country, region, municipality, programme_area, housing_area, "
         "parish, school."),
        ("area.csv", "tilst,Tilst,programme_area,aarhus", "tilst,Tilst,programme_area,arhus",
         "area.csv, linje 108, kolonne parent_id: »arhus« Værdien findes ikke i area.csv. "
         "Mente du »aarhus«?"),
        ("area_set.csv", "6-byerne,odense", "6-byerne,odens",
         "area_set.csv, linje 4, kolonne area_id: »odens« Værdien findes ikke i area.csv. "
         "Mente du »odense«?"),
        ("area_tile.csv", "hjoerring,6,0,Hjørr", "hjoerring,5,0,Hjørr",
         "area_tile.csv, linje 3, kolonne column: »5, 0« Pladsen er optaget af linje 2. Vælg en "
         "anden kolonne eller række."),
        ("area_tile.csv", "hjoerring,6,0,Hjørr", "hjoerring,6,0,Jamm",
         "area_tile.csv, linje 3, kolonne short: »Jamm« Navnet står også i linje 2. Skriv navnet, "
         "så det kan kendes fra de andre."),
        ("area_tile.csv", "hjoerring,6,0,Hjørr", "hjoerring,6,0,Hjørring",
         "area_tile.csv, linje 3, kolonne short: »Hjørring« Navnet har 8 bogstaver og kan ikke stå "
         "i firkanten. Skriv højst 5 bogstaver."),
        ("area_tile.csv", "hjoerring,6,0,Hjørr", "hjorring,6,0,Hjørr",
         "area_tile.csv, linje 3, kolonne area_id: »hjorring« Værdien findes ikke i area.csv. "
         "Mente du »hjoerring«?"),
        ("group_reference.csv", "non_western,danish", "non_western,danis",
         "group_reference.csv, linje 2, kolonne reference_group_id: »danis« Værdien findes ikke i "
         "population_group.csv. Mente du »danish«?"),
        ("indicator.csv", "percent,higher_is_better,1,1,non_western",
         "percent,higher_is_better,en,1,non_western",
         "indicator.csv, linje 2, kolonne decimals: »en« Feltet er ikke et helt tal. "
         "Skriv 0, 1, 2 eller et andet helt tal."),
        ("indicator.csv", "percent,higher_is_better,1,1,non_western",
         "percent,higher_is_better,1.5,1,non_western",
         "indicator.csv, linje 2, kolonne decimals: »1.5« Feltet er ikke et helt tal. "
         "Skriv 0, 1, 2 eller et andet helt tal."),
        ("indicator.csv", "activation_hours_required,employment,Timekrav i nytteindsats,",
         "activation_hours_required,employment,,",
         "indicator.csv, linje 7, kolonne name: Feltet er tomt. Udfyld feltet."),
        ("source.csv", "Danmarks Statistik,2022,", "Danmarks Statistik,november 2022,",
         "source.csv, linje 9, kolonne published: »november 2022« Feltet er ikke en dato. "
         "Skriv 2025-03-19, 2025-03 eller 2025."),
        ("target.csv", "all,2024,50,ceiling", "all,2024H9,50,ceiling",
         "target.csv, linje 2, kolonne period: »2024H9« Feltet er ikke en periode. "
         "Skriv for eksempel 2022, 2024H1, 2024K1, 2024M05, 2024M05D31 eller 2024/2025."),
        ("target.csv", "all,2024,50,ceiling", "all,2024,halvtreds,ceiling",
         "target.csv, linje 2, kolonne value: »halvtreds« Feltet er ikke et tal. "
         "Skriv tallet med punktum."),
        ("meeting.csv", "rmm_2024_06_24,2024-06-24", "rmm_2024_06_24,24. juni 2024",
         "meeting.csv, linje 2, kolonne date: »24. juni 2024« Feltet er ikke en dato. "
         "Skriv 2025-03-19, 2025-03 eller 2025."),
        # limits, the way of counting, benchmark and frequency
        ("observations/status_2025.csv", "30,,,at_least,mere end 30,,status_2025,,,",
         "30,,,at_least,mere end 30,,status_2025,29,,",
         "observations/status_2025.csv, linje 8, kolonne status: »at_least« Status og grænser "
         "passer ikke sammen. range har low under high og ingen value. at_least og at_most har kun "
         "value. Andre tal har ingen grænser."),
        ("observations/handlingsnotat_2024.csv", "handlingsnotat_2024,2,3,reported",
         "handlingsnotat_2024,3,2,reported",
         "observations/handlingsnotat_2024.csv, linje 2, kolonne low: »3« Den lave grænse skal "
         "være mindre end den høje. Ret grænserne."),
        ("observations/status_2025.csv", "Opgjort i evalueringen,status_2025,,,at",
         "Opgjort i evalueringen,status_2025,,,den",
         "observations/status_2025.csv, linje 7, kolonne measured: »den« Opgørelsesmåden kendes "
         "ikke. Vælg en af: over, at, since, reported."),
        ("indicator.csv", "Danmarks Statistik,country", "Danmarks Statistik,landet",
         "indicator.csv, linje 2, kolonne benchmark: »landet« Værdien kendes ikke. "
         "Vælg en af: country, median, peers."),
        ("source.csv", ",0,year,", ",0,årligt,",
         "source.csv, linje 9, kolonne frequency: »årligt« Værdien kendes ikke. Vælg en af: month, "
         "quarter, half, year, school_year, once, irregular."),
    ],
)  # fmt: skip
def test_each_fault_is_reported_with_its_place_and_remedy(
    data: Path, name: str, old: str, new: str, messages: str
) -> None:
    replace(data, name, old, new)
    assert problems(data) == messages.splitlines()


def test_a_value_that_its_counts_do_not_give(tmp_path: Path) -> None:
    # A claim of the tiny figures questions rate, aarhus, all, 2022: no error there.
    folder = write_tiny(
        tmp_path / "data",
        """
        rate,aarhus,all,2022,30,21,68,final
        rate,odense,all,2022,30,21,68,final
        """,
    )
    assert problems(folder) == [
        "observations/paper.csv, linje 3, kolonne value: »30« Værdien passer ikke med tæller "
        "og nævner: 21 af 68 er 30,9\u00a0%. Ret tallet, eller registrér udsagnet i claim.csv."
    ]


def test_all_problems_come_at_once(data: Path) -> None:
    replace(data, PAPERS, ",2024H1,13,", ",2024H1,tretten,")
    replace(data, PAPERS, ",2024H2,9.7,", ",2024H9,9.7,")
    replace(data, "observations/status_2025.csv", "nsk_cases,aarhus", "nsk_cases,arhus")
    replace(data, "meeting.csv", "rmm_2025_03_11,2025-03-11", "rmm_2025_03_11,i går")
    words = (data / "abbreviation.csv").read_text("utf-8").count("\n")
    append(data, "abbreviation.csv", "AOF,Igen")
    (data / "event.csv").unlink()
    assert [line.split(": ")[0] for line in problems(data)] == [
        "event.csv",
        "meeting.csv, linje 5, kolonne date",
        f"abbreviation.csv, linje {words + 1}, kolonne abbreviation",
        f"{PAPERS}, linje 34, kolonne value",
        f"{PAPERS}, linje 35, kolonne period",
        "observations/status_2025.csv, linje 7, kolonne area_id",
    ]


def test_one_problem_of_many_lines_is_listed_once(data: Path) -> None:
    path = data / "observations" / "ras200.csv"
    path.write_text(path.read_text("utf-8").replace(",final,", ",endelig,"), "utf-8")
    append(data, "abbreviation.csv", "AOF,Igen")
    with pytest.raises(KpiError) as refused:
        checked_data(data)
    lines = refused.value.message.splitlines()
    assert lines[0].startswith("1.457 fejl.")
    # Of a kind a thousand are kept, the others counted.
    assert (len(lines), lines[-1]) == (4, "- og 456 til")
    assert "linje 2, kolonne status: »endelig«" in lines[2]
    assert lines[2].endswith(" Det samme gælder 999 rækker mere.")
    assert "Det samme" not in lines[1]


def test_very_many_problems_are_reported_in_part(data: Path) -> None:
    path = data / "observations" / "ras200.csv"
    head, *rows = path.read_text("utf-8").splitlines()
    other = (row.replace(",final,", f",endelig {place // 2},") for place, row in enumerate(rows))
    path.write_text("\n".join([head, *other, ""]), "utf-8")
    with pytest.raises(KpiError) as refused:
        checked_data(data)
    lines = refused.value.message.splitlines()
    assert lines[0].startswith("1.456 fejl.")
    assert (len(lines), lines[-1]) == (202, "- og 1.056 til")
    assert lines[1].endswith(" Det samme gælder 1 række mere.")


def test_leaving_out_an_indicator_is_reported_wherever_it_is_used(data: Path) -> None:
    assert drop_lines(data, "indicator.csv", "nsk_budget,social_control") == 1
    messages = problems(data)
    assert (
        "target.csv, linje 7, kolonne indicator_id: »nsk_budget« Værdien findes ikke i"
        in messages[0]
    )
    assert messages[1].startswith(
        "observations/handlingsnotat_2024.csv, linje 4, kolonne indicator_id: »nsk_budget«"
    )
    assert len(messages) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nsk_cases,2025K1,2025M02,at", "Står også i linje "),
        ("nsk_cases,2024Q1,2025M02,at", "Skriv »2024K1«."),
        ("nsk_cases,2024K1,2024M01:2024M12,at", "Skriv »2024«."),
        ("nsk_cases,2024K1,snart,at", "Feltet er ikke en periode."),
        ("nsk_cases,2024K1,2025M02,sinse", "Værdien kendes ikke."),
        ("nsk_case,2024K1,2025M02,at", "Værdien findes ikke i indicator.csv."),
        ("nsk_cases,2024K1,,at", "Feltet er tomt."),
    ],
)
def test_a_moved_period_must_be_whole(data: Path, line: str, message: str) -> None:
    append(data, "moved_period.csv", line)
    (problem,) = problems(data)
    assert problem.startswith("moved_period.csv, linje 18, kolonne ")
    assert message in problem


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ras200,2021,2999-10-28", "Datoen ligger i fremtiden."),
        ("ras200,2021,2020-12-31", "Datoen ligger før perioden."),
    ],
)
def test_a_release_is_of_figures_that_are_out(data: Path, line: str, message: str) -> None:
    append(data, "source_release.csv", line)
    (problem,) = problems(data)
    assert problem.startswith("source_release.csv, linje 3, kolonne published")
    assert message in problem


def test_a_release_on_the_periods_first_day_or_today_is_none_too_early(data: Path) -> None:
    append(data, "source_release.csv", "ras200,2021,2021-01-01")
    append(data, "source_release.csv", f"ras200,2022,{today().isoformat()}")
    assert len(checked_data(data).dataset.tables["source_release"]) == 3


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("2026", True),
        ("2026-03", True),
        ("2026-03-19", True),
        ("foråret 2026", True),  # the source's own words
        ("2026-13-45", False),
        ("2026-02-30", False),
        ("19.3.2026", False),
        ("202", False),
    ],
)
def test_a_next_release_is_a_date_or_words(data: Path, text: str, is_known: bool) -> None:
    append(data, "source.csv", f"ny,Ny,Udgiver,2025-01-01,,0,year,{text},")
    if is_known:
        assert checked_data(data).dataset.tables["source"][-1]["next_release"] == text
    else:
        (problem,) = problems(data)
        assert "kolonne next_release" in problem
        assert "Feltet er ikke en dato." in problem
