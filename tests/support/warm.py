"""Everything a server imports, for the process that servers of tests are forked from; nothing is opened or started."""

from pathlib import Path

import granian.cli

from tests.support import servers

# An application imports its pages when it is built; this one is never asked for any.
servers.build(servers.settings_for_tests("sqlite://", Path("nowhere")))
serve = granian.cli.entrypoint
