"""The reconciliation table: each figure by every source that states it, shown whether or not a rule
hits.
"""
