"""``tree`` and ``received`` as scripts use them."""

from __future__ import annotations

from pathlib import Path

from perfdesk.bureau.facts import paper_of
from perfdesk.model.bureau import Handing
from tests.bureau.handed import FIRST, TREE, YEAR, Bureau, filing, put
from tests.making import catalog


def keys(bureau: Bureau) -> list[str]:
    return [node["key"] for node in bureau.run("tree", "--json").json["nodes"]]


def test_a_list_with_mistakes_changes_nothing_and_tells_them_all(tmp_path: Path, bureau: Bureau) -> None:
    bad = put(tmp_path / "名单.csv", "单位编码,单位名称,上级编码\n1,甲,\n1,乙,\n2,,1\n3,丙,9\n".encode())
    said = bureau.run("tree", bad, "--json")
    assert (said.code, [m["row"] for m in said.json["mistakes"]]) == (3, [3, 4, 5])
    assert said.err.count("第 ") >= 3 and "没有改动" in said.err
    assert keys(bureau) == [n.key for n in TREE]


def test_the_tree_is_written_as_a_list_and_read_again(tmp_path: Path, bureau: Bureau) -> None:
    before = bureau.run("tree", "--json").out
    assert bureau.run("tree", "--to", tmp_path / "名单.xlsx").code == 0
    bureau.run("tree", put(tmp_path / "别的.csv", "单位编码,单位名称\n7,甲\n8,乙\n".encode()))
    assert keys(bureau) == ["7", "8"]
    assert bureau.run("tree", tmp_path / "名单.xlsx").code == 0
    assert bureau.run("tree", "--json").out == before


def test_several_lists_are_one_tree(tmp_path: Path, bureau: Bureau) -> None:
    lists = (("a.csv", "2,一小,1"), ("b.csv", "1,教育局,"))
    files = [put(tmp_path / name, f"单位编码,单位名称,上级编码\n{row}\n".encode()) for name, row in lists]
    bureau.run("tree", *files)
    assert keys(bureau) == ["1", "2"]


def test_a_node_is_added_below_a_code_or_a_name(bureau: Bureau) -> None:
    assert bureau.run("tree", "--add", "新小学", "--code", "4101009", "--below", TREE[1].name).code == 0
    assert bureau.run("tree", "--add", "乙县", "--below", "41").code == 0
    with bureau.store(read_only=True) as store:
        new = {n.name: (n.kind, n.parent, n.expected) for n in store.bureau.nodes()[len(TREE) - 2 :]}
    assert new["新小学"] == ("unit", "4101", True) and new["乙县"] == ("county", "41", False)
    for below in ("没有的", "中心幼儿园"):
        said = bureau.run("tree", "--add", "又一个", "--below", below)
        assert said.code == 3 and below in said.err
    assert "又一个" not in bureau.run("tree").out


def test_who_has_not_handed_in_is_told_until_all_have(bureau: Bureau) -> None:
    one = filing(FIRST)
    paper = paper_of(catalog().form(one.form), one, findings=())
    expected = [node.key for node in TREE if node.expected]
    with bureau.store() as store:
        store.bureau.take(Handing(expected[0], YEAR, "a.zip", (paper,), "d"))
    some = bureau.run("received", "--year", YEAR, "--json")
    assert (some.code, some.json["missing"]) == (1, expected[1:])
    assert some.json["nodes"]["41"] == {
        "units": 6,
        "missing": 5,
        "returned": 0,
        "accepted": 0,
        "wrong": 0,
        "received": 1,
    }
    assert bureau.run("received", "--year", YEAR, "--node", "4101", "--json").json["missing"] == expected[1:5]
    with bureau.store() as store:
        for key in expected[1:]:
            store.bureau.take(Handing(key, YEAR, "a.zip", (paper,), "d"))
        store.bureau.decide(YEAR, expected[1], "accepted")
    assert bureau.run("received", "--year", YEAR).code == 0
    with bureau.store() as store:
        store.bureau.decide(YEAR, expected[1], "returned")
    said = bureau.run("received", "--year", YEAR)
    assert said.code == 1 and f"已退回  {FIRST}" in said.out, "one that was returned is waited for again"
