"""Where the frozen program starts: the same as .venv/bin/perfdesk."""

import sys

from perfdesk.__main__ import main

sys.exit(main())
