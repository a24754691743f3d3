"""Which films came, changed or left: recorded by whoever writes films, read from a cursor on."""
