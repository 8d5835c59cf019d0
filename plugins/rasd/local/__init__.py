"""Rasd on one machine: the embedded warehouse, and Airflow run as a program beside it."""
