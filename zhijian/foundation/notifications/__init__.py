"""Telling people what happened, once and surely: on the site, by mail, in the groups of offices."""
