"""What the server runs: the application with the settings of its process."""

from app.config import Settings
from app.factory import create_app

application = create_app(Settings.from_env())
