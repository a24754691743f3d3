"""TCP ports of this machine: one that is free, and whether somebody listens at one."""

import socket


def free_port(host: str = "127.0.0.1") -> int:
    """One that nobody listens at, nor anybody else is given soon."""
    with socket.create_server((host, 0)) as server:
        return int(server.getsockname()[1])


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as client:
        return client.connect_ex((host, port)) == 0
