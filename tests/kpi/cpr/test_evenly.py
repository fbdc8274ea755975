"""A CPR number in even groups, with a Roman month, or as style sheets and queries have it."""

import pytest

from kpi.cpr.texts import text_holds_number
from tests.tables import for_each

EVENLY = (
    "2.5.1.2.4.8.4.9.1.6", "0.1.0.1.8.0.1.2.3.4", "2_5_1_2_4_8_4_9_1_6", "2/5/1/2/4/8/4/9/1/6",
    "0.5.0.7.0.3-9.0.0.6", "0.1.0.1.8.0 - 1.2.3.4", "251.248.4916", "010.180.1234",
    "0.507.039.006", "0.101.801.234", "0'101'801'234", "\u00b7".join("0507039006"),
)  # fmt: skip
ALONE = ("0 507 039 006", "0\u00a0101\u00a0801\u00a0234", "010 180 1234", "0 1 0 1 8 0 1 2 3 4")
AMONG_WORDS = ("251 248 4916", "050 703 9006")
ESCAPED = (
    r"251248\2d 4916", r"251248\00002d4916", r"\32 \35 \31 \32 \34 \38 \34 \39 \31 \36",
    r"\000030\000035\000030\000037\000030\000033\000039\000030\000030\000036",
    "'251248' || '-' || '4916'", "25.XII.48-4916", "25. XII 1948-4916", "05-VII-03 9006",
)  # fmt: skip
NONE = (
    # The check digit does not fit, or there is no such day.
    "2.5.1.2.4.8.4.9.1.7", "251.248.4917", "0.251.248.491", "9.9.1.2.4.8.4.9.1.6",
    # Answers of yes and no, lists, versions, accounts, papers, addresses and papers' chapters.
    "0.1.0.1.1.0.0.1.0.1", "2,5,1,2,4,8,4,9,1,6", "1.2.3.4.5.6.7.8.9.0",
    "konto 010.180.1234", "ISBN 010.180.1234", "sagsnr. 2.5.1.2.4.8.4.9.1.6", "192.168.010.012",
    "0.100.000.000", "1 251 248 4916 3", "251.248.4916,5", "251.248.49160", "2.512.484.916",
    # Quarters and months in Roman figures with a count behind.
    "2. IV 2020 1234", "31. XII 2020: 4500 borgere", "1. II 2020 - 1. III 2021", "XII 2548-4916",
    r"C:\20\12\19\1234", r"\25 \12 \48", "'2024' || '-' || '12'",
)  # fmt: skip


@for_each("text", [*EVENLY, *ESCAPED])
def test_found_alone_and_among_words(text: str) -> None:
    assert text_holds_number(text)
    assert text_holds_number(f"Borgeren {text} er flyttet")


@for_each("text", ALONE)
def test_found_alone(text: str) -> None:
    assert text_holds_number(text)


@pytest.mark.parametrize("text", AMONG_WORDS)
def test_in_threes_among_words(text: str) -> None:
    assert text_holds_number(f"Borgeren {text} er flyttet")
    assert not text_holds_number(f"Borgeren 1 {text} 7 er flyttet")


def test_what_is_grouped_so_and_is_none() -> None:
    assert [text for text in NONE if text_holds_number(text)] == []
    assert [text for text in NONE if text_holds_number(f"Se {text} i bilaget")] == []
