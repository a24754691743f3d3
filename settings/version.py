"""Which release of the service this is: its CHANGELOG.md's newest entry."""

VERSION = "1.0.0"
