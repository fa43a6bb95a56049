"""The outermost room: settings, addresses, the command line and the server."""
