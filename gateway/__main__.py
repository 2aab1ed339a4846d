"""`python -m gateway` is `senappen-gateway`."""

import sys

from gateway.cli import main

sys.exit(main())
