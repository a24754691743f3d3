"""Reads world-atlas's countries-50m.json and writes the map's world.json: script/map does both."""

import json
import sys

from tools.cartography.drawing import world


def main() -> None:
    json.dump(world(json.load(sys.stdin)), sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


main()
