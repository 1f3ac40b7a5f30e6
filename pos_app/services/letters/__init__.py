"""Letters: written in the transaction that they tell about, sent by one till each, and worded by the house."""
