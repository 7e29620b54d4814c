"""The kernel listens on this machine only, so its word on open connections is left out."""

c = get_config()  # noqa: F821 - IPython puts it there
c.IPKernelApp.log_level = "ERROR"
