from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.db.connection.addresses import DatabaseAddress, Server, parse_address, refuse_network_folder
from pos_app.domain.errors import CannotConnect


def test_a_server_is_named_with_user_port_and_database() -> None:
    address = parse_address("mysql://till@db.example.org:3307/foyer?ssl_ca=/etc/ca.pem")
    assert address == DatabaseAddress(
        (Server("db.example.org", 3307),), "till", "foyer", None, {"ssl_ca": "/etc/ca.pem"}
    )
    assert address.shown() == "till@db.example.org:3307/foyer"
    assert not address.embedded


def test_files_of_a_server_on_this_machine_are_named_in_the_address() -> None:
    address = parse_address("mysql://till@localhost/foyer?socket=/run/my%20sql.sock&server_key=/etc/key.pem")
    assert address.options == {"socket": "/run/my sql.sock", "server_key": "/etc/key.pem"}
    for place in ("db.example.org", "localhost,127.0.0.1", "[fe80::1]"):
        for option in ("socket", "server_key"):
            with pytest.raises(CannotConnect, match="on this computer"):
                parse_address(f"mysql://till@{place}/foyer?{option}=/run/file")


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("mariadb+pymysql://root@127.0.0.1/foyer", [("127.0.0.1", 3306)]),
        ("mysql://u@one,two:3307,three/foyer", [("one", 3306), ("two", 3307), ("three", 3306)]),
        ("mysql://u@[::1]/foyer", [("::1", 3306)]),
        ("mysql://u@[::1]:3307,[fe80::2]:3308/foyer", [("::1", 3307), ("fe80::2", 3308)]),
        ("mysql://u@one,[::1]:3307,two/foyer", [("one", 3306), ("::1", 3307), ("two", 3306)]),
        ("MySQL://u@one/foyer", [("one", 3306)]),
    ],
)
def test_several_servers_and_every_form_of_host_are_read(url: str, servers: list[tuple[str, int]]) -> None:
    assert [(server.host, server.port) for server in parse_address(url).servers] == servers


def test_names_may_be_escaped_and_a_user_may_be_missing() -> None:
    assert parse_address("mysql://t%40ill%3A1@h/box%20office").user == "t@ill:1"
    assert parse_address("mysql://t@h/box%20office").name == "box office"
    assert parse_address("mysql://h/foyer").user == "foyer"


def test_an_address_is_shown_so_that_it_can_be_read_again() -> None:
    for url in ("mysql://u@[::1]:3307,two:3308/foyer", "mysql://u@h:3306/foyer"):
        assert f"mysql://{parse_address(url).shown()}" == url


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:s3cret@h/foyer",
        "mysql://u:s3cret@h:3306,two/foyer",
        "mysql://:s3cret@h/foyer",
        "mysql://u:s3cret/more@h/foyer",
        "mysql://u:s3cret?@h/foyer",
        "mysql://u:s3cret#@h/foyer",
        "mysql://u:s3cret@more@h/foyer",
        "mysql://u@h/foyer?password=s3cret",
        "mysql://u@h/foyer?passwd=s3cret",
        "u:s3cret@h/foyer",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(CannotConnect, match="password") as refusal:
        parse_address(url)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "foyer",
        "://",
        "mysql://",
        "mysql:///foyer",
        "mysql://u@/foyer",
        "mysql://u@h",
        "mysql://u@h/",
        "mysql://u@h:port/foyer",
        "mysql://u@h:0/foyer",
        "mysql://u@h:65536/foyer",
        "mysql://u@h:-1/foyer",
        "mysql://u@h:3_306/foyer",
        "mysql://u@h:٣٣/foyer",
        "mysql://u@h,,two/foyer",
        "mysql://u@[::1/foyer",
        "mysql://u@::1/foyer",
        "mysql://u@[::1]x/foyer",
        "mysql://u@[]/foyer",
        "mysql://u@h/foyer?ssl_verify=off",
        "postgresql://u@h/foyer",
        "sqlite://",
        "sqlite:///",
        "https://example.org",
        "\x00\ud800",
        "mysql://u@h\x00/foyer",
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(CannotConnect) as refusal:
        parse_address(url)
    assert refusal.value.advice


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////srv/foyer.db", "/srv/foyer.db"),
        ("sqlite:///foyer.db", "foyer.db"),
        ("sqlite:////srv/a?b#c d%20e/foyer.db", "/srv/a?b#c d%20e/foyer.db"),
        ("/srv/foyer.db", "/srv/foyer.db"),
        ("foyer.sqlite3", "foyer.sqlite3"),
    ],
)
def test_an_embedded_database_is_a_file(url: str, path: str) -> None:
    address = parse_address(url)
    assert address.path == Path(path)
    assert address.embedded


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("LocalHost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("db.example.org", False),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_only_this_machine_is_local(host: str, *, local: bool) -> None:
    assert Server(host, 3306).is_local is local


def mounts(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "mounts"
    file.write_text("".join(f"{line}\n" for line in ("/dev/sda / ext4 rw 0 0", *lines)))
    return file


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_an_embedded_database_on_a_network_folder_is_refused(tmp_path: Path, kind: str) -> None:
    table = mounts(
        tmp_path, f"server:/x {tmp_path}/share {kind} rw 0 0", f"/dev/sdb {tmp_path}/share/local ext4 rw 0 0"
    )
    with pytest.raises(CannotConnect, match=kind):
        refuse_network_folder(tmp_path / "share" / "foyer.db", table)
    refuse_network_folder(tmp_path / "share" / "local" / "foyer.db", table)
    refuse_network_folder(tmp_path / "foyer.db", table)


def test_a_folder_mounted_when_it_is_asked_for_is_seen_through(tmp_path: Path) -> None:
    """An automounter's own line stands before that of the network folder, at the same place."""
    place = str(tmp_path / "the share").replace(" ", "\\040")
    table = mounts(tmp_path, f"systemd-1 {place} autofs rw 0 0", f"server:/x {place} nfs4 rw 0 0")
    with pytest.raises(CannotConnect):
        refuse_network_folder(tmp_path / "the share" / "foyer.db", table)


def test_a_machine_without_a_table_of_mounts_is_trusted(tmp_path: Path) -> None:
    refuse_network_folder(tmp_path / "foyer.db", tmp_path / "missing")


@pytest.mark.parametrize(
    "url",
    [
        f"sqlite:///{'a' * 300}.db",
        f"{'a' * 300}.db",
        f"sqlite:////tmp/{'b/' * 3000}x.db",
        "sqlite:///~nobodyxyz/x.db",
        "~nobodyxyz/x.db",
        "sqlite:///a\x00b.db",
        f"mysql://u@{'h' * 300}/foyer",
        f"mysql://u@{'h.' * 300}/foyer",
        "mysql://u@a..b/foyer",
    ],
    ids=range(9),
)
def test_a_name_that_no_disk_and_no_network_has_is_refused_in_a_short_sentence(url: str) -> None:
    with pytest.raises(CannotConnect) as raised:
        parse_address(url)
    assert len(str(raised.value)) < 300
    assert raised.value.advice
