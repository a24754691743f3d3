"""Makes the map's geometry, pages/static/pages/world.json, from Natural Earth's countries.

Run by hand by script/map, when the map is to change; the site itself never needs it.
"""
