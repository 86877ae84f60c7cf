"""What the server runs: the application with the settings of its process."""

import gc

from app.config import Settings
from app.factory import create_app

application = create_app(Settings.from_env())
# What was loaded stays for good: looking through all of it again and again for garbage would cost every request.
gc.collect()
gc.freeze()
