"""The steps that imports are made of, one file each; `importer.registry` puts them in order."""
