"""Rasd (رصد): pages of Arabic news in, a warehouse out."""

__version__ = "0.1.0"
