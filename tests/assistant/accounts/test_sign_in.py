"""Names and passwords → sessions; and what is not told to whoever guesses."""

from __future__ import annotations

import sqlite3
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from passphrases import GOOD

from assistant.accounts.door import Door, SignIn
from assistant.accounts.forgery import form_token, from_our_page, same_token
from assistant.accounts.passwords import objection
from assistant.accounts.people import Role
from assistant.accounts.settings import AccountSettings
from assistant.accounts.throttle import LONGEST_WAIT, network_of
from assistant.errors import AccountsError

HERE = "192.0.2.7"


def stored(door):
    with sqlite3.connect(door._database.path) as connection:
        return "\n".join(connection.iterdump())


def test_the_right_password_opens_a_session_of_the_account(door):
    token = door.sign_in("li", GOOD, HERE).token
    session = door.visitor(token)
    assert session.account.name == "li"
    assert session.account.groups == {"台州银行"}
    assert not session.account.administers
    assert door.visitor(door.sign_in("王芳", GOOD, HERE).token).account.administers


@pytest.mark.parametrize("name", ["LI", " li ", "ｌｉ"])
def test_a_name_may_be_typed_in_several_ways(door, name):
    assert door.visitor(door.sign_in(name, GOOD, HERE).token).account.key == "li"


@pytest.mark.parametrize(
    ("name", "password"),
    [("li", GOOD + " "), ("li", GOOD.upper()), ("li", ""), ("nobody", GOOD), ("", ""), ("li' OR 1=1 --", GOOD),
     ("\ud800", "\ud800"), ("x" * 100_000, "y" * 100_000), ("li", GOOD + "x" * 300)],
)  # fmt: skip
def test_everything_else_opens_none_and_is_told_alike(door, name, password):
    assert door.sign_in(name, password, HERE) == SignIn(None, 0.0)


@pytest.mark.parametrize("token", [None, "", "x", "\ud800", "%" * 10_000])
def test_a_token_that_was_never_given_is_nobody(door, token):
    assert door.visitor(token) is None


def test_neither_passwords_nor_tokens_are_stored(door):
    token = door.sign_in("li", GOOD, HERE).token
    door.sign_in("hunter-Passwort im Namen", "x" * 12, "203.0.113.9")
    text = stored(door)
    for secret in (GOOD, token, "hunter-Passwort", "203.0.113.9", HERE):
        assert secret not in text
    assert oct(door._database.path.stat().st_mode & 0o777) == "0o600"


def test_hashes_are_argon2id_as_the_library_recommends(door):
    kept = door._database.rows("SELECT password FROM accounts")[0]["password"]
    found, advised = extract_parameters(kept), PasswordHasher()
    assert found.type is Type.ID
    assert (found.time_cost, found.memory_cost, found.parallelism) == (
        advised.time_cost, advised.memory_cost, advised.parallelism,
    )  # fmt: skip
    assert found.memory_cost >= 19 * 1024  # KiB; the least OWASP advises


def test_a_hash_of_older_parameters_is_made_anew_at_sign_in(door):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD)
    with door._database.transaction() as connection:
        connection.execute("UPDATE accounts SET password = ? WHERE key = 'li'", (old,))
    assert door.sign_in("li", GOOD, HERE).token
    kept = door._database.rows("SELECT password FROM accounts WHERE key = 'li'")[0]["password"]
    assert extract_parameters(kept).memory_cost == PasswordHasher().memory_cost
    assert door.sign_in("li", GOOD, HERE).token


def test_a_name_nobody_has_takes_as_long_as_one_that_somebody_has(door):
    def spent(name):
        begun = time.process_time()  # argon2 works in threads of this process: machines are noisy, its work is not
        door._hasher.matches("wrong wrong wrong", door_hash.get(name))
        return time.process_time() - begun

    door_hash = {row["key"]: row["password"] for row in door._database.rows("SELECT key, password FROM accounts")}
    known, unknown = zip(*[(spent("li"), spent("nobody")) for _ in range(7)], strict=True)
    assert 0.6 < statistics.median(known) / statistics.median(unknown) < 1.7


def test_sessions_end_when_idle_and_in_any_case(door, clock):
    token = door.sign_in("li", GOOD, HERE).token
    for _ in range(13):  # used every 55 minutes
        clock.now += 55 * 60
        if door.visitor(token) is None:
            break
    assert 11 * 3600 < clock.now - 1_790_000_000 <= 13 * 3600  # the twelve hours were up
    token = door.sign_in("li", GOOD, HERE).token
    clock.now += 59 * 60
    assert door.visitor(token, used=False) is not None  # looking for news does not keep it open
    clock.now += 2 * 60
    assert door.visitor(token) is None


def test_signing_in_ends_the_session_the_browser_had(door):
    first = door.sign_in("li", GOOD, HERE).token
    second = door.sign_in("王芳", GOOD, HERE, instead_of=first).token
    assert first != second
    assert door.visitor(first) is None
    assert door.visitor(second).account.name == "王芳"


def test_a_token_somebody_else_chose_never_becomes_a_session(door):
    chosen = "A" * 43
    token = door.sign_in("li", GOOD, HERE, instead_of=chosen).token
    assert token != chosen
    assert door.visitor(chosen) is None


def test_another_password_and_signing_out_end_every_session(door):
    one, two = (door.sign_in("li", GOOD, HERE).token for _ in range(2))
    other = door.sign_in("王芳", GOOD, HERE).token
    door.sessions.end(one)
    assert door.visitor(one) is None
    assert door.visitor(two) is not None
    door.people.set_password("li", "another quiet pond")
    assert door.visitor(two) is None
    assert door.visitor(other) is not None
    assert door.sign_in("li", GOOD, HERE).token is None
    assert door.sessions.end_all(door.people.named("王芳")) == 1
    assert door.visitor(other) is None


def test_a_session_cannot_be_opened_on_a_password_that_was_changed_meanwhile(door):
    kept = door._database.rows("SELECT password FROM accounts WHERE key = 'li'")[0]["password"]
    door.people.set_password("li", "another quiet pond")
    assert door.sessions.open("li", kept) is None


def test_an_account_removed_or_regrouped_is_so_in_open_sessions(door):
    token = door.sign_in("li", GOOD, HERE).token
    door.people.set_groups("li", ["信贷处", "台州银行"])
    assert door.visitor(token).account.groups == {"信贷处", "台州银行"}
    door.people.remove("LI")
    assert door.visitor(token) is None
    assert [account.name for account in door.people.all()] == ["王芳"]


# --- guessing -------------------------------------------------------------------------------------


def fail(door, name="li", address=HERE):
    return door.sign_in(name, "wrong wrong wrong", address).wait


def test_waits_grow_with_failures_to_a_limit_and_a_right_password_waits_too(door, clock):
    waits = []
    for _ in range(16):
        while (wait := fail(door)) > 0:
            waits.append(wait)
            clock.now += wait
    assert waits[:4] == [2.0, 4.0, 8.0, 16.0]
    assert max(waits) == LONGEST_WAIT
    assert fail(door) > 0
    assert door.sign_in("li", GOOD, HERE).token is None  # also from elsewhere:
    assert door.sign_in("li", GOOD, "198.51.100.1").wait > 0
    clock.now += LONGEST_WAIT
    assert door.sign_in("li", GOOD, HERE).token
    assert fail(door) == 0  # counted anew


def test_waiting_is_the_same_for_names_nobody_has(door):
    assert [fail(door, "nobody") for _ in range(6)] == [fail(door, "li", "198.51.100.1") for _ in range(6)]


def test_an_address_that_tries_many_names_waits_as_well(door, clock):
    tried = 0
    while fail(door, f"somebody{tried}") == 0:
        tried += 1
    assert tried == 20
    assert door.sign_in("li", GOOD, HERE).wait > 0
    assert door.sign_in("li", GOOD, "198.51.100.1").token


def test_a_right_password_does_not_clear_what_the_address_did(door, clock):
    for number in range(19):
        fail(door, f"somebody{number}")
    for _ in range(3):
        assert door.sign_in("li", GOOD, HERE).token
    assert fail(door, "x") == 0
    assert fail(door, "y") > 0


def test_a_restart_forgets_no_failure(tmp_path, door, clock):
    for _ in range(5):
        fail(door)
    door.close()
    again = Door(tmp_path, AccountSettings(), clock)
    assert again.sign_in("li", GOOD, HERE).wait == 2.0
    again.close()


def test_many_attempts_at_once_gain_nothing(door):
    with ThreadPoolExecutor(24) as crowd:
        results = list(crowd.map(lambda _: door.sign_in("li", "wrong wrong wrong", HERE), range(24)))
    assert sum(result.wait == 0 for result in results) == 5


def test_a_clock_put_back_does_not_lock_anybody_out_for_years(door, clock):
    clock.now += 10 * 365 * 86400
    for _ in range(6):
        fail(door)
    clock.now -= 10 * 365 * 86400
    assert 0 < fail(door) <= LONGEST_WAIT


def test_one_subscriber_of_ipv6_is_one_address():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7")
    assert network_of("testclient") == "testclient"


# --- what may be chosen ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    ["short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababab", "password1234", "P@ssw0rd12345", "administrator1",
     "qwertyuiop123", "1qaz2wsx1qaz2wsx", "123456789012", "wangxiaofang", "Wangxiaofang1", "woaini5201314", "密码密码密码密码密码密码",
     "admin-bank-123", "x" * 300],
)  # fmt: skip
def test_passwords_that_are_guessed_first_are_refused(password):
    assert objection(password, "wangxiaofang")


@pytest.mark.parametrize("password", [GOOD, "correct horse battery", "池塘边的芦苇在秋天里摇", "tR7#kk-2vQ!zm9", "secret garden of herbs"])
def test_passwords_of_unusual_words_are_taken(password):
    assert (len(password) < 12) == (objection(password, "li") is not None)


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "<b>", "x" * 65, "a\nb", "a\x00b"])
def test_a_name_that_cannot_be_is_refused(door, name):
    with pytest.raises(AccountsError, match="cannot be a name"):
        door.people.create(name, GOOD, Role.STAFF)


def test_nobody_takes_the_name_of_another(door):
    with pytest.raises(AccountsError, match="already an account"):
        door.people.create("LI", GOOD, Role.ADMINISTRATOR)
    assert not door.people.named("li").administers


# --- forms ----------------------------------------------------------------------------------------


def test_a_form_token_is_bound_to_its_session_and_does_not_tell_it():
    assert same_token("one", form_token("one"))
    assert not same_token("one", form_token("two"))
    assert not same_token("one", "")
    assert not same_token("one", "\ud800")
    assert "one" not in form_token("one")


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site", "origin": "https://a.example", "host": "a.example"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "https://a.example", "host": "a.example"}, True),
        ({"origin": "http://10.0.0.5:7860", "host": "10.0.0.5:7860"}, True),
        ({"origin": "http://10.0.0.5:7861", "host": "10.0.0.5:7860"}, False),
        ({"origin": "null", "host": "a.example"}, False),
        ({"origin": "https://a.example.evil", "host": "a.example"}, False),
        ({"host": "a.example"}, False),
        ({"origin": "", "host": ""}, False),
    ],
)
def test_where_a_form_comes_from(headers, ours):
    assert from_our_page(headers) is ours
