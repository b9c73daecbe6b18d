"""Link: packets become a graph of parties and relations.

It states what is there; it does not judge.
"""
