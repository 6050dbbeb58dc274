"""Every address of the public reception."""

from fastapi import APIRouter

from hub.web.public import agencies, appeal, ask, receipt, track, track_acts

router = APIRouter(include_in_schema=False)
for subject in (ask, appeal, receipt, track, track_acts, agencies):
    router.include_router(subject.router)
