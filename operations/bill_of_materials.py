"""What the service is made of, as CycloneDX's JSON: `python -m operations.bill_of_materials`."""

import json
import sys
from importlib.metadata import Distribution, distributions
from typing import Any

from settings.version import VERSION


def bill_of_materials() -> dict[str, Any]:
    found = {component["bom-ref"]: component for component in map(component, distributions())}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "world-in-movies", "version": VERSION}
        },
        "components": [found[name] for name in sorted(found)],
    }


def component(package: Distribution) -> dict[str, Any]:
    name = package.metadata["Name"].lower().replace("_", "-")
    address = f"pkg:pypi/{name}@{package.version}"
    licence = package.metadata.json.get("license_expression")
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": package.version,
        "purl": address,
    } | ({"licenses": [{"expression": licence}]} if licence else {})


if __name__ == "__main__":
    json.dump(bill_of_materials(), sys.stdout, indent=2)
