import stat
import sys
import unicodedata

import pytest

from ingest.errors import NoSuchPath, Unreadable
from ingest.library import Library
from tutor.logins import checker, hash_password, home_of_login, read_logins


def test_passwords_do_not_stay_in_clear(tmp_path):
    path = tmp_path / "logins"
    path.write_text("# ours\nmina:비밀:번호\n\njun:pass\n", encoding="utf-8")
    logins = read_logins(path)
    text = path.read_text(encoding="utf-8")
    assert "비밀" not in text
    assert "pass" not in text
    assert text.startswith("# ours\nmina:scrypt$")
    assert read_logins(path) == logins
    assert path.read_text(encoding="utf-8") == text
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_may_enter(tmp_path):
    path = tmp_path / "logins"
    path.write_text("미나:비밀:번호\n", encoding="utf-8")
    may_enter = checker(read_logins(path))
    assert may_enter("미나", "비밀:번호")
    assert may_enter(*(unicodedata.normalize("NFD", text) for text in ("미나", "비밀:번호")))
    assert not may_enter("미나", "비밀")
    assert not may_enter("미나", "")
    assert not may_enter("jun", "비밀:번호")


def test_the_same_password_has_another_hash_each_time():
    assert hash_password("a") != hash_password("a")


@pytest.mark.parametrize("text", ["", "# nobody\n", "mina\n", ":x\n", "mina:\n"])
def test_what_is_no_list_of_logins(tmp_path, text):
    path = tmp_path / "logins"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        read_logins(path)
    assert path.read_text(encoding="utf-8") == text


def test_no_file(tmp_path):
    with pytest.raises(NoSuchPath):
        read_logins(tmp_path / "none")


def test_every_login_has_a_home_inside_and_none_leads_out(tmp_path):
    library = Library(tmp_path)
    names = ["mina", "jun", "../../etc", "a/b", "a%2Fb", ".", "미나"]
    homes = [home_of_login(library, name) for name in names]
    assert len(set(homes)) == len(names)
    assert {home.parent for home in homes} == {tmp_path / "logins"}
