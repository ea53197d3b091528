"""Zveno runs a network of education-industry clusters."""
