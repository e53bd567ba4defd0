"""The pages for staff, in plain HTML beside Gradio: signing in, keeping documents, and pages of originals."""
