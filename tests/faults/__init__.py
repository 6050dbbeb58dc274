"""Real processes killed in the middle of real work, and a checker that is no part of the system.

`rig.py` serves the playground in the test's own process, so that it survives; the hub's processes run in
process groups of their own and are killed as groups. `citizens.py` are the people, `checker.py` reads the
log of the playground and the database with its own SQL and counts what was lost, unexpected, duplicated and
recovered.
"""
