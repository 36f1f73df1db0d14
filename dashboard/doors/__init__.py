"""The pages before and beside the dashboard: sign in, own password, accounts. Plain forms that need no script.

One module a page, each with ``register(server, house)``; ``house`` draws them and knows the doors and the log of acts.
"""
