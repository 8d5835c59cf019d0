"""The newsroom: pages on which the press can be read and the machine can be checked.

A FastAPI application over the warehouse, rendered on the server. It knows nothing of Airflow: who asks, and whether
they may write, comes in through `rasd.newsroom.app.create`; `plugins/rasd_newsroom.py` hands it Airflow's answer.
"""
