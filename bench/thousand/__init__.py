"""A thousand units that do not exist, each with a year of up to sixty forms: the same number and seed, the same bytes.

    made = unit(7)                       its filings, the mistakes planted in them, and what its amounts are in whole numbers
    package_of(made)                     what it hands in, as one zip
    write_all(folder, Size(1000, 60))    all packages, the list of units as a workbook, and what must come out

Nothing that is summed here went through the program: amounts are whole 分 from the start, and the filings are written from them.
"""

from bench.thousand.made import MadeFiling, MadeUnit, Planted, Size
from bench.thousand.units import department, unit

__all__ = ["MadeFiling", "MadeUnit", "Planted", "Size", "department", "unit"]
