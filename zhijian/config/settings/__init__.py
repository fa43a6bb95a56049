"""Settings: ``dev`` on one machine, ``test`` for the suite, ``production`` behind HTTPS."""
