"""What the server runs: the application with the settings of its process."""

import gc

from app.config import Settings
from app.factory import create_app
from app.web.logs import configure

settings = Settings.from_env()
configure(settings.log_level)
application = create_app(settings)
# What was loaded stays for good: looking through all of it again and again for garbage would cost every request.
gc.collect()
gc.freeze()
