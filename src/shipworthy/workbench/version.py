"""The version of the code that makes a record."""

from importlib.metadata import version

CODE_VERSION = version("shipworthy")
