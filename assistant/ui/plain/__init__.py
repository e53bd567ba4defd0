"""What pages in plain HTML beside Gradio have in common: how they are framed, served, and who asks for them."""
