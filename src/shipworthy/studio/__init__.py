"""The local pages: server-rendered, for a browser on this machine."""
