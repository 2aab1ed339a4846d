"""Rule 2: the gateway that the state hosts (`gateway/`), over HTTPS inside the VPN."""

from ingestion.transports.gateway.connection import connect

__all__ = ["connect"]
