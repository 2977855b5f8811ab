from pathlib import Path

from digest.cache.store import Store


def in_another_build(folder: Path) -> Store:
    store = Store(folder)
    store.end_build()
    store.close()
    return Store(folder)


def test_the_text_of_a_document_stays_as_long_as_the_document(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for table in ("documents", "bodies"):
        store.put(table, [(b"used", b"one"), (b"unused", b"two")])
    for _ in range(100):
        store.close()
        store = in_another_build(tmp_path)
        assert store.find("documents", [b"used"]) == {b"used": b"one"}
    assert store.find("bodies", [b"used", b"unused"]) == {b"used": b"one"}
    store.close()
