"""One module for each subcommand of ``zhijian``, under the name of the subcommand."""
