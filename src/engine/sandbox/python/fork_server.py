"""Starts the fork server of serving.py, which has all the rest: what Python imports, it may find
compiled already, but never the file that it is started with.

Usage: fork_server.py HARNESS.py SANDBOX_UID ("-" where the process keeps its user).
"""

from serving import main

main()
