"""The ways out of this site: mail, and the group robots of three makers."""
