"""Measurements that compare with a floor in the same run."""
