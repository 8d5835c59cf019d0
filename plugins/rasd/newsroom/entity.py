"""The room of one entity."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
