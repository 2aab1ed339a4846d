"""Photographs by path, under load and misuse, over mutual TLS."""

import os
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from gateway.config import Config, Tls
from senappen.embedded.certificates import Authority
from tests.factories.gateway import TOKEN, make_config, reader_url, serve
from tests.factories.ingestion import State
from tests.gateway.conftest import PRISONERS

COUNT = 300
HUGE = 512 * 1024 * 1024


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented images of many sizes, one of them larger than memory should ever hold (and empty on disk)."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(COUNT):
        (folder / f"{number % 7}").mkdir(exist_ok=True)
        (folder / f"{number % 7}" / f"{number}.jpg").write_bytes(os.urandom(1 + number * 997 % 200_000))
    with (folder / "enorme.jpg").open("wb") as file:
        file.truncate(HUGE)
    return folder


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def config(state: State, store: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Config:
    tls = Tls(**authority.write(tmp_path_factory.mktemp("tls")))
    return make_config(reader_url(state.name), {"vw_preso": PRISONERS}, photos=store, tls=tls)


@pytest.fixture(scope="module")
def caller(config: Config, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The national base as the gateway sees it: token, and a certificate of the agreed authority."""
    context = context_of(authority, tmp_path_factory.mktemp("ours"), authority)
    with serve(config), client_of(config, context) as client:
        yield client


def context_of(trusted: Authority, folder: Path, signer: Authority | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=trusted.pem)
    if signer:
        certificate, key = signer.issue()
        (folder / "pair.pem").write_text(certificate + key)
        context.load_cert_chain(folder / "pair.pem")
    return context


def client_of(config: Config, context: ssl.SSLContext, token: str = TOKEN) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"}
    address = f"https://127.0.0.1:{config.port}/v1"
    return httpx.Client(base_url=address, verify=context, headers=headers, trust_env=False)


def test_many_at_once_each_come_whole(caller: httpx.Client, store: Path) -> None:
    files = sorted(store.glob("*/*.jpg"))

    def come(file: Path) -> bool:
        answer = caller.get(f"photos/{file.relative_to(store)}")
        return answer.status_code == 200 and sha256(answer.content).digest() == sha256(file.read_bytes()).digest()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(come, files))
    assert len(files) == COUNT


def test_a_photo_cut_on_the_way_is_gone_on_with(caller: httpx.Client, store: Path) -> None:
    file = max(store.glob("*/*.jpg"), key=lambda path: path.stat().st_size)
    address, whole, come = f"photos/{file.relative_to(store)}", file.read_bytes(), b""
    while len(come) < len(whole):
        with caller.stream("GET", address, headers={"Range": f"bytes={len(come)}-"}) as answer:
            assert answer.status_code == 206
            assert answer.headers["content-range"] == f"bytes {len(come)}-{len(whole) - 1}/{len(whole)}"
            come += next(answer.iter_raw(16_384))  # and hang up
    assert come == whole


def test_parts_in_any_order_make_the_whole(caller: httpx.Client, store: Path) -> None:
    file = store / "1" / "57.jpg"
    whole, step = file.read_bytes(), 9_973

    def part(start: int) -> bytes:
        return caller.get("photos/1/57.jpg", headers={"Range": f"bytes={start}-{start + step - 1}"}).content

    with ThreadPoolExecutor(4) as pool:
        assert b"".join(pool.map(part, range(0, len(whole), step))) == whole


def test_a_huge_file_is_streamed_and_never_held(caller: httpx.Client) -> None:
    before = resident()
    with caller.stream("GET", "photos/enorme.jpg") as answer:
        assert answer.headers["content-length"] == str(HUGE)
        taken = 0
        for piece in answer.iter_raw():
            taken += len(piece)
            if taken > 64 * 1024 * 1024:
                break
    assert resident() - before < 32 * 1024 * 1024
    assert caller.get("photos/enorme.jpg", headers={"Range": "bytes=-1"}).content == b"\x00"


def resident() -> int:
    """Bytes of memory of this process, the gateway's threads in it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_missing_photo_is_told_and_the_gateway_stays_well(caller: httpx.Client) -> None:
    answer = caller.get("photos/1/inexistente.jpg")
    assert (answer.status_code, answer.json()["code"]) == (404, "photo")
    health = caller.get("health").json()
    assert (health["database"], health["photos"]) == (True, True)


def test_a_photo_that_grows_gives_what_was_promised(caller: httpx.Client, store: Path) -> None:
    file = store / "cresce.jpg"
    file.write_bytes(b"a" * 400_000)
    with caller.stream("GET", "photos/cresce.jpg") as answer:
        with file.open("ab") as more:
            more.write(b"b" * 400_000)
        assert answer.read() == b"a" * 400_000


def test_a_photo_that_shrinks_is_cut_and_not_padded(caller: httpx.Client, store: Path) -> None:
    file = store / "encolhe.jpg"
    with file.open("wb") as whole:
        whole.truncate(64 * 1024 * 1024)
    with caller.stream("GET", "photos/encolhe.jpg") as answer:
        os.truncate(file, 1)
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()


@pytest.mark.parametrize("signer", ["nobody", "another authority"])
def test_without_our_certificate_there_is_no_photo(
    caller: httpx.Client, config: Config, authority: Authority, tmp_path: Path, signer: str
) -> None:
    other = None if signer == "nobody" else Authority("Outra CA")
    with client_of(config, context_of(authority, tmp_path, other)) as stranger, pytest.raises(httpx.TransportError):
        stranger.get("photos/1/1.jpg")


def test_without_the_token_the_certificate_is_not_enough(
    caller: httpx.Client, config: Config, authority: Authority, tmp_path: Path
) -> None:
    with client_of(config, context_of(authority, tmp_path, authority), token="outro") as stranger:
        assert stranger.get("photos/1/1.jpg").status_code == 401
