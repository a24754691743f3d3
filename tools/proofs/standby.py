"""A hot standby of a PostgreSQL, to try out what reads from a replica."""

from pathlib import Path

from tools.postgres import EmbeddedPostgres


class Standby(EmbeddedPostgres):
    """Streams from another server of this machine."""

    def __init__(self, home: Path, primary: EmbeddedPostgres) -> None:
        super().__init__(home)
        self.primary = primary

    def _make_cluster(self) -> None:
        host = str(self.primary.socket.parent)
        self._run(
            *("pg_basebackup", "--pgdata=data", "--write-recovery-conf", "--checkpoint=fast"),
            f"--dbname=host={host} user=postgres",
        )
