"""How fast the imports are, and how much they take: `script/bench` measures and reports it."""
