"""Many reports at once: `batch.code_batch` reads a record batch of reports, `run.Run` a folder of shards.

The journey itself is in pipeline.py; nothing here judges a text.
"""
