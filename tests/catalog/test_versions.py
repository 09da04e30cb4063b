"""Versions of the catalogue from files and from a repository made for the test."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from cli.console import an_entry
from factories import DATA

from digiwegweiser.catalog import versions
from digiwegweiser.catalog.versions import Missing, NoVersion
from digiwegweiser.core.fault import FaultCode, FaultyData


def git(folder, *arguments):
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def write(folder, *entries):
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "programs.yaml").write_text(json.dumps(entries), encoding="utf-8")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Two commits: one entry, then two; and before both one without a catalogue."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "commit", "-q", "--allow-empty", "-m", "empty")
    git(folder, "tag", "v0")
    for tag, entries in (("v1", [an_entry(id="a")]), ("v2", [an_entry(id="a"), an_entry(id="b")])):
        write(folder, *entries)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", tag)
        git(folder, "tag", tag)
    monkeypatch.chdir(folder)
    return folder


def read_version(name):
    """The version, without a second repository to look into."""
    return versions.read_version(name, Path(os.devnull) / "data")


def why(name):
    with pytest.raises(NoVersion) as caught:
        read_version(name)
    return caught.value.why


def test_a_revision_is_read_by_tag_branch_or_distance(repository):
    assert list(read_version("v1")[0].offers) == ["a"]
    assert list(read_version("v2")[0].offers) == ["a", "b"]
    assert list(read_version("HEAD~1")[0].offers) == ["a"]


def test_a_revision_is_found_from_a_folder_within_the_repository(repository, monkeypatch):
    monkeypatch.chdir(repository / "data")
    assert list(read_version("v1")[0].offers) == ["a"]


def test_a_file_goes_before_a_revision_of_the_same_name(repository):
    (repository / "v1").write_text(json.dumps([an_entry(id="c")]), encoding="utf-8")
    assert list(read_version("v1")[0].offers) == ["c"]


def test_what_is_written_is_kept_beside_what_is_built(repository):
    version, _ = read_version("v1")
    assert version.entries["a"]["summary"] == version.offers["a"].summary == an_entry()["summary"]
    assert version.label == "v1:data/programs.yaml"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("v9", Missing.NO_REVISION),
        ("", Missing.NO_REVISION),
        ("--help", Missing.NO_REVISION),
        ("-p", Missing.NO_REVISION),
        ("v1:data/programs.yaml", Missing.NO_REVISION),
        ("missing.yaml", Missing.NO_REVISION),
        ("v0", Missing.NO_CATALOG),
    ],
)
def test_what_is_no_version_says_why(repository, name, reason):
    assert why(name) is reason


def test_without_a_repository_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert why("HEAD") is Missing.NO_REPOSITORY


def test_without_git_it_says_so_and_files_are_still_read(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert why("v1") is Missing.NO_GIT
    assert list(read_version("data/programs.yaml")[0].offers) == ["a", "b"]


def test_keys_and_words_that_are_unknown_today_are_left_out_and_told(tmp_path):
    path = tmp_path / "old.yaml"
    entry = an_entry(colour="red", area={"level": "bund", "size": 3}, network="former")
    path.write_text(json.dumps([entry]), encoding="utf-8")
    version, outdated = read_version(str(path))
    assert version.offers["eigener-eintrag"].network is None
    assert sorted(fault.key for fault in outdated) == ["area.size", "colour", "network"]


@pytest.mark.parametrize(
    ("entry", "code"), [({"kind": "circus"}, FaultCode.NOT_IN_LIST), ({"summary": None}, FaultCode.MISSING_KEY)]
)
def test_anything_else_that_is_wrong_is_a_fault(tmp_path, entry, code):
    path = tmp_path / "old.yaml"
    path.write_text(json.dumps([an_entry(colour="red", **entry)]), encoding="utf-8")
    with pytest.raises(FaultyData) as caught:
        read_version(str(path))
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_repository_of_the_data_is_asked_where_the_current_one_does_not_know(repository, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert list(versions.read_version("v1", repository / "data")[0].offers) == ["a"]
    assert why("v9") is Missing.NO_REPOSITORY


def test_the_shipped_catalogue_is_a_version():
    assert len(read_version(str(DATA / "programs.yaml"))[0].offers) > 400
