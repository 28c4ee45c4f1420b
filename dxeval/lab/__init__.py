"""JupyterLab on copies of the notebooks, and a copy that was edited taken back as a template."""
