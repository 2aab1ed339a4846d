"""HTTP that reaches only what the source's rule permits, whatever address a mapping, token server or API names."""

from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
from cryptography import x509

from ingestion.models import CertificateKind, Source
from ingestion.network import reach
from ingestion.network.trust import Trust
from ingestion.problems import SourceProblem
from ingestion.services import certificates

SocketOptions = Iterable[Any]


class GuardedTransport(httpx.HTTPTransport):
    """Connections of one source: each checked address is the one dialled, and each certificate shown is noted."""

    def __init__(self, source: Source, trust: Trust, socket_options: SocketOptions | None = None) -> None:
        context = trust.context()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=_Backend(source), socket_options=socket_options
        )
        self._source = source
        self._shown: dict[str, bytes] = {}
        certificates.note_held(source, trust)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._source.server_name and request.url.host == self._source.host.lower():
            request.extensions = {**request.extensions, "sni_hostname": self._source.server_name}
        response = super().handle_request(request)
        if request.url.scheme == "https" and request.url.host not in self._shown:
            tls = response.extensions["network_stream"].get_extra_info("ssl_object")
            self._shown[request.url.host] = tls.getpeercert(True)
        return response

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Noted at the end, by whoever opened: a load reads in a thread that must not write."""
        super().close()
        for host, shown in self._shown.items():
            certificates.note(self._source, CertificateKind.SERVER, x509.load_der_x509_certificate(shown), host)
        self._shown.clear()


class _Backend(httpcore.NetworkBackend):
    """Dials the checked addresses of a host in turn."""

    def __init__(self, source: Source) -> None:
        self._source, self._inner = source, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception | None = None
        for address in self._addresses(host, port):
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(reach.UNKNOWN)

    def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            return reach.addresses(self._source, host, port)
        except SourceProblem as problem:
            if problem.passing:  # to be tried again as any other failure to connect
                raise httpcore.ConnectError(reach.UNKNOWN) from problem
            raise
