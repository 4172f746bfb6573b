"""The local pages: rendered here, for browsers on this machine. Their libraries are the extra `studio`."""
