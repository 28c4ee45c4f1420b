"""What is a telephone number or an e-mail address, and what only looks like one."""

import pytest

from dxeval.definitions.contact import emails, has_contact, telephones

TRUE = [
    "090-1234-5678",
    "０９０－１２３４－５６７８",
    "09012345678までお願いします",
    "090ー1234ー5678",
    "携帯は080 1234 5678です",
    "070(1234)5678",
    "090-12345678",
    "0901-234-5678",
    "050-3123-4567",
    "携帯番号09087654321",
    "03-1234-5678",
    "０３（１２３４）５６７８",
    "(03)1234-5678",
    "03 6212 3456",
    "0312345678",
    "TEL:0312345678",
    "TEL03-1234-5678",
    "06-6941-0351（代表）",
    "011-231-4111",
    "022 211 1111",
    "052-961-2111",
    "045−210−1111",
    "0852-22-5111",
    "0985(26)7111",
    "04992-2-1234",
    "0429-64-1111",
    "04-7100-1234",
    "026-232-0111 内線2345",
    "0120-123-456",
    "0120-12-3456",
    "0800-123-4567",
    "0570-001-234",
    "0990-500-123",
    "+81 90 1234 5678",
    "+81-3-1234-5678",
    "＋８１（０）３－１２３４－５６７８",
    "+819012345678",
    "内線 2345",
    "総務課（内2345）まで",
    "電話は52-1234です",
]
FALSE = [
    "0012345678",
    "0000123456",
    "00000123456",
    "2025/06/04 10:00に",
    "20250604",
    "06/04/2025 10:30",
    "06-04-2025 1030",
    "2025-0604-1234",
    "令和07年06月04日",
    "09:00～10:30",
    "0900-1030",
    "0930 1030 1130",
    "060-0042",
    "〒060-0042 1234番地",
    "1,000円",
    "0円から10,000,000円",
    "受付番号 0312345678",
    "受付番号：2025-06-1234-5678",
    "整理番号0123-45-6789",
    "R-0071",
    "R-0312345678",
    "A0312345678",
    "No.0312345678",
    "0.12.1234",
    "v01.02.0304",
    "Python 3.11.0 と 0.13.2",
    "0.5人分、100%",
    "0.0312345678",
    "0123-4567-8901-2345",
    "012345678901",
    "0212345678",
    "0101-23-4567",
    "法人番号 0100012345678",
    "IPv4 は 010.020.030.040",
    "30-40代の職員",
    "000-0000-0000",
    "001-002-0003",
    "内線電話を100台導入した",
    "市内で2345人に話した",
    "電話対応は2023-2024年度に減った",
]
EXCHANGES = (
    "011-231 017-722 019-651 022-211 018-860 023-630 024-521 029-301 028-623 027-223 048-824"
    " 043-223 03-5321 045-210 025-285 076-431 076-225 0776-21 055-237 026-232 058-272 054-221"
    " 052-961 059-224 077-528 075-451 06-6941 078-341 0742-22 073-432 0857-26 0852-22 086-224"
    " 082-228 083-922 088-621 087-831 089-941 088-823 092-651 0952-24 095-824 096-383 097-536"
    " 0985-26 099-286 098-866"
)
"""Area codes and exchanges of the 47 prefectural offices."""


def test_the_lists_are_as_long_as_they_are_said_to_be() -> None:
    assert len({*TRUE}) == len({*FALSE}) == 40


@pytest.mark.parametrize("text", TRUE)
def test_a_telephone_number_is_found(text: str) -> None:
    assert has_contact(text)


@pytest.mark.parametrize("text", FALSE)
def test_what_is_no_telephone_number_is_left_alone(text: str) -> None:
    assert not has_contact(text)


@pytest.mark.parametrize("number", TRUE)
@pytest.mark.parametrize(
    "around", ["{}", "連絡は{}へ。", "佐藤\n{}\n10:00から", "2025-06-04 {} 2名", "{}/{}", "1. {}"]
)
def test_it_is_found_wherever_it_stands(around: str, number: str) -> None:
    assert has_contact(around.replace("{}", number))


@pytest.mark.parametrize("exchange", EXCHANGES.split())
def test_the_area_code_of_every_prefecture_is_known(exchange: str) -> None:
    assert has_contact(f"{exchange}-0000")
    assert has_contact(f"{exchange}-0000".replace("-", ""))


def test_an_address_is_found_in_full_width() -> None:
    assert emails("宛先は ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ です") == {"taro@example.jp"}
    assert emails("＠の使い方") == set()


@pytest.mark.parametrize("unseen", ["\xad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_what_nobody_sees_hides_nothing(unseen: str) -> None:
    assert telephones(f"09{unseen}0-1234-5678") == telephones("090-1234-5678") != set()
    assert emails(f"ta{unseen}ro@example.jp") == emails("taro@example.jp") != set()
