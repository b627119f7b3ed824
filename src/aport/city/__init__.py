"""The city as data: schema, tables, layers, quantities, sources, loading, checking and saving."""

from aport.city.container import City, city_from_rows
from aport.city.folder import init, open_city, read_city, save_city
from aport.city.quantity import Quantity

__all__ = ["City", "Quantity", "city_from_rows", "init", "open_city", "read_city", "save_city"]
