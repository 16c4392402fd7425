"""Where the frozen program without a console starts: the window, and the files to open in it."""

import sys

from ui.app import main

sys.exit(main())
