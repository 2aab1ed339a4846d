"""The conduct service of the demonstration: whoever's CPF ends in 9 has a note, everybody else none. Nobody is real."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

HOST: Final = "127.0.0.1"
NOTE: Final = "Apontamento fictício, da demonstração."
MOST_BYTES: Final = 10_000


class Conduct(BaseHTTPRequestHandler):
    """Answers as docs/operacao/credenciamento.md says a service does."""

    def do_POST(self) -> None:
        try:
            asked = json.loads(self.rfile.read(min(int(self.headers["Content-Length"]), MOST_BYTES)))
            noted = str(asked["cpf"]).endswith("9")
            told = {"request": asked["request"], "reference": f"DEMO-{str(asked['request'])[:8]}"}
        except (KeyError, TypeError, ValueError):
            self.send_error(400)
            return
        told |= {"outcome": "notes" if noted else "clear", "notes": [NOTE] if noted else []}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep no log of who was asked about."""


if __name__ == "__main__":
    ThreadingHTTPServer((HOST, int(sys.argv[1])), Conduct).serve_forever()
