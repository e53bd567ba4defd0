"""The page. Importing anything here makes sure, before Gradio is, that Gradio keeps to this machine."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read once, while gradio is imported
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
