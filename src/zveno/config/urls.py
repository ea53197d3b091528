"""The whole address map: every room is mounted here and nowhere else."""

from django.urls import path

urlpatterns: list[path] = []
