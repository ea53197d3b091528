"""Persons, accounts, posts, links, and the actors made of them."""

from zveno.people.models.credentials import actor_of
from zveno.people.models.links import Link, hashed, new_token
from zveno.people.models.persons import Account, Person, Post

__all__ = ["Account", "Link", "Person", "Post", "actor_of", "hashed", "new_token"]
