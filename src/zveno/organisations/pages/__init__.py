"""Web pages of the register of organisations and of tables brought into it."""
