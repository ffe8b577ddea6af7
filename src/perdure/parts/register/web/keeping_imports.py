"""Addresses of imports and links."""

from __future__ import annotations

from django.urls import URLPattern, path

from perdure.parts.register.web import imports, links, lists

urlpatterns: list[URLPattern] = [
    path("keep/imports/", imports.imports, name="imports"),
    path("keep/imports/<uuid:import_id>/", imports.one_import, name="import"),
    path("keep/imports/<uuid:import_id>/mapping/", imports.correct, name="import-mapping"),
    path("keep/imports/<uuid:import_id>/mapping.yaml", imports.mapping_file, name="import-mapping-file"),
    path("keep/imports/<uuid:import_id>/read/", imports.read_again, name="import-read"),
    path("keep/imports/<uuid:import_id>/begin/", imports.begin, name="import-begin"),
    path("keep/imports/<uuid:import_id>/stop/", imports.stop, name="import-stop"),
    path("keep/imports/<uuid:import_id>/undo/", imports.undo, name="import-undo"),
    path("keep/imports/<uuid:import_id>/drop/", imports.drop, name="import-drop"),
    path("keep/imports/<uuid:import_id>/rejects.csv", imports.rejects, name="import-rejects"),
    path("keep/lists/<slug:slug>/", lists.describe, name="list"),
    path("keep/links/", links.links, name="links"),
    path("keep/links/by-hand/", links.by_hand, name="links-by-hand"),
    path("keep/links/find/", links.find, name="links-find"),
    path("keep/links/<int:link_id>/", links.one_link, name="link"),
]
