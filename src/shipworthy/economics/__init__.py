"""Money and time of a product: what building and buying cost and bring, and when work will be done.

Pure: ranges from product.yaml and estimates in, distributions out, the same for the same seed.
"""

from shipworthy.economics.bill import bill
from shipworthy.economics.forecast import forecast
from shipworthy.economics.sourcing import sourcing

__all__ = ["bill", "forecast", "sourcing"]
