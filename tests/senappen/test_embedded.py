"""Private servers start on first use, are shared, and stop with their last user."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from senappen.embedded import Postgres, Redis

HOLD = """
import sys
from pathlib import Path
from senappen.embedded import Postgres
server = Postgres(Path(sys.argv[1]))
server.start()
print("up", flush=True)
sys.stdin.readline()
"""


def _answers(server: Postgres) -> bool:
    try:
        with psycopg.connect(server.url()) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for parent in [tmp_path, tmp_path.parent, tmp_path.parent.parent]:
        parent.chmod(0o755)
    return tmp_path / "postgres"


def test_postgresql_starts_and_stops(folder: Path) -> None:
    server = Postgres(folder)
    server.start()
    assert _answers(server)
    server.stop()
    assert not _answers(server)


def test_the_last_user_stops_the_server(folder: Path) -> None:
    ours = Postgres(folder)
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "up\n"
        ours.start()
        other.communicate("\n")
    assert _answers(ours)
    ours.stop()
    assert not _answers(ours)


def test_a_killed_user_does_not_keep_the_server_alive(folder: Path) -> None:
    ours = Postgres(folder)
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    ours.start()
    ours.stop()
    assert not _answers(ours)


def test_a_loopback_port_asks_for_a_password(folder: Path) -> None:
    server = Postgres(folder, tcp=True)
    server.start()
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE ROLE leitor LOGIN PASSWORD 'segredo'")
        address = f"host=127.0.0.1 port={server.port} dbname=postgres user=leitor"
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"{address} password=errado")
        with psycopg.connect(f"{address} password=segredo") as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("leitor",)
    finally:
        server.stop()


def test_redis_starts_and_stops(tmp_path: Path) -> None:
    server = Redis(tmp_path / "redis")
    server.start()
    with redis.Redis.from_url(server.url) as client:
        assert client.ping() is True
    server.stop()
    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(server.url) as client:
        client.ping()
