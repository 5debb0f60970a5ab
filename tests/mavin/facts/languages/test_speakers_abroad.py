"""Who speaks, in the plainest of sentences: one name, one verb, one quotation, in five European languages."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mavin.facts import read_facts

VERBS = {
    "es": ("Ana Hugo", "«{}»", "dice gime llora declara sugiere balbucea gritó aclara jura exclama"),
    "de": ("Lena Otto", "„{}“", "sagt knurrt kichert jubelt gesteht schimpft fleht brummt rief bat"),
    "fr": ("Claire Luc", "« {} »", "dit commente rit pleure avoue marmonne propose gémit lança reprend"),
    "it": ("Chiara Paolo", "«{}»", "dice domanda ribatte sospira borbotta piange ammette balbetta scherza urlò"),
    "pt": ("Inês Rui", "“{}”", "diz fala comenta suspira chora resmunga berra declara cochicha falou"),
}
WORDS = {"es": "Ya voy", "de": "Los jetzt", "fr": "Viens ici", "it": "Vieni qui", "pt": "Vem cá"}
CASES = [(language, *pair) for language, (_, _, verbs) in VERBS.items() for pair in pairwise(verbs.split())]


@pytest.mark.parametrize(("language", "one", "two"), CASES)
def test_whoever_stands_before_the_verb_speaks_whatever_the_verb(language: str, one: str, two: str) -> None:
    names_of, marks, _ = VERBS[language]
    first, second = names_of.split()
    said = marks.format(WORDS[language])
    colon = " :" if language == "fr" else ":"
    for prompt in (
        f"{first} {one} {said} {second} {two} {said}",
        f"{first} {one}{colon} {said} {second} {two}{colon} {said}",
        f"{first} {one}, {said} {second} {two}, {said}",
    ):
        facts = read_facts(prompt)
        names = {role.key: role.name for role in facts.roles}
        assert [names.get(quote.speaker or "") for quote in facts.quotes] == [first, second], prompt
        assert len(names) == 2, prompt


@pytest.mark.parametrize(
    ("prompt", "speaker"),
    [
        ("Marco corre. Luca la segue. Marco si ferma e dice «Vieni».", "Marco"),
        ("Gina corre. Paolo la guarda e dice «Aspetta».", "Paolo"),
        ("Maria corre. João segue-a. Maria para e diz «Quem é?».", "Maria"),
        ("Inês corre. Rui o abraça. Inês para, olha e diz «Vem».", "Inês"),
        ("小红低声说：“走吧！”张伟大叫：“我累了”", "张伟"),
        ("李雷的特写。他哭着说：“你去哪儿了？”切到王芳，王芳回答：“我在家。”", "王芳"),
        ("花子のクローズアップ。泣きながら「どこ？」と言う。太郎にカット。太郎は「家に」と答える。", "太郎"),
        ("李雷做饭的时候，王芳唱着：“月亮出来了。”", "王芳"),
        ("太郎が料理している間、花子が「月が出た」と歌う。", "花子"),
        ("阿强递给张伟一封信。张伟大声念道：“我走了。”", "张伟"),
        ("Close em Inês. Ela chora e diz “Vem”. Corta para Rui, que responde “Não”.", "Rui"),
        ('Ana says, "Come here" Diego whispers, "I am tired."', "Diego"),
    ],
)
def test_who_speaks_last(prompt: str, speaker: str) -> None:
    facts = read_facts(prompt)
    names = {role.key: role.name for role in facts.roles}
    assert names[facts.quotes[-1].speaker or ""] == speaker
    assert len(names) == 2
