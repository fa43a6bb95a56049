"""Papers: the numbered forms that cases yield, from issue to closing."""
