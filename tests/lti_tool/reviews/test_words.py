"""Two texts are compared word by word, in any script, and never at more cost than is allowed."""

import random

import pytest

from lti_tool.reviews.words import Fate, compare

SIGNS = {Fate.SAME: "{}", Fate.GONE: "[-{}-]", Fate.CAME: "[+{}+]", Fate.LEFT_OUT: "…"}


def shown(before: str, after: str) -> str:
    return "".join(SIGNS[piece.fate].format(piece.text) for piece in compare(before, after).pieces)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("A well", "A well", ""),
        ("A  well\n", "A well", ""),
        ("A well.", "A well .", ""),
        ("A well", "A pump", "A [-well-][+pump+]"),
        ("A well", "The old well", "[-A -][+The old +]well"),
        ("A well, old", "A well", "A well[-, old-]"),
        ("A well", "a well", "[-A -][+a +]well"),
        ("It's dry", "It's not dry", "It's [+not +]dry"),
        ("one two three", "three", "[-one two -]three"),
        ("", "A well", "[+A well+]"),
        ("A well", "Entirely other", "[-A well-][+Entirely other+]"),
        ("البئر قديمة جدا", "البئر جديدة جدا", "البئر [-قديمة -][+جديدة +]جدا"),
        ("كَتَبَ الوَلَدُ", "كَتَبَتِ الوَلَدُ", "[-كَتَبَ -][+كَتَبَتِ +]الوَلَدُ"),
        ("Η κοινωνική οικονομία", "Η αλληλέγγυα οικονομία", "Η [-κοινωνική -][+αλληλέγγυα +]οικονομία"),
        ("κοινωνική", "κοινωνικη\u0301", ""),
        ("¿Dónde está?", "¿Dónde estaba?", "¿Dónde [-está-][+estaba+]?"),
        ("我们有井", "我们有新井", "我们有[+新+]井"),
        ("น้ำดี", "น้ำไม่ดี", "น้ำ[+ไม่+]ดี"),
        ("Two 👩‍👧 came", "Three 👩‍👧 came", "[-Two -][+Three +]👩‍👧 came"),
    ],
)
def test_the_words_that_changed_are_marked_and_the_others_stay(before: str, after: str, pieces: str) -> None:
    assert shown(before, after) == pieces


def test_nothing_of_either_text_is_lost() -> None:
    chance = random.Random(7)
    for _ in range(200):
        before, after = (" ".join(chance.choices("abcde,", k=chance.randrange(1, 40))) for _ in range(2))

        pieces = compare(before, after).pieces

        kept = {
            text: "".join(piece.text for piece in pieces if piece.fate is not other).split()
            for text, other in ((before, Fate.CAME), (after, Fate.GONE))
        }
        assert not pieces or kept == {before: before.split(), after: after.split()}


def test_what_is_far_from_a_change_is_left_out() -> None:
    words = [str(number) for number in range(100)]

    said = shown(" ".join(words), " ".join([*words[:50], "new", *words[50:]]))

    assert said == f"…{' '.join(words[38:50])} [+new +]{' '.join(words[50:62])} …"


@pytest.mark.parametrize("vocabulary", [700, 1000])
def test_a_long_text_costs_no_more_than_is_allowed_and_then_stands_whole(vocabulary: int) -> None:
    chance = random.Random(vocabulary)
    before, after = (" ".join(str(chance.randrange(vocabulary)) for _ in range(6000)) for _ in range(2))

    compared = compare(before, after, most=150_000)

    assert 95_000 < compared.work <= 150_000
    assert [piece.fate for piece in compared.pieces] == [Fate.GONE, Fate.CAME]
    assert "".join(piece.text for piece in compared.pieces) == before + after


def test_a_long_text_with_some_changes_is_compared() -> None:
    chance = random.Random(3)
    words = chance.choices(range(2000), [1 / (rank + 1) for rank in range(2000)], k=5000)
    changed = [f"new{at}" if at % 100 == 50 else str(word) for at, word in enumerate(words)]

    compared = compare(" ".join(map(str, words)), " ".join(changed))

    assert not compared.is_whole
    assert sum(piece.fate is Fate.CAME for piece in compared.pieces) == 50
