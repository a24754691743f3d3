"""The steps that imports are made of, one file each; `importer.imports` puts them in order."""
